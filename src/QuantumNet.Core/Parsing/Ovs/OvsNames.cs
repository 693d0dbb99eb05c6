using System.Collections.Concurrent;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Names as flows print them.</summary>
internal static class OvsNames
{
    private static readonly ConcurrentDictionary<string, string> s_shared = new();

    /// <summary>One string for every occurrence of a known field or action name.</summary>
    public static string Shared(ReadOnlySpan<char> name)
    {
        if (OvsVocabulary.Match.Find(name) == FlowWord.Unknown && OvsVocabulary.Actions.Find(name) == FlowWord.Unknown)
            return name.ToString();
        string known = name.ToString();
        return s_shared.GetOrAdd(known, known);
    }

    /// <summary>A port's name without the quotes it may have, escapes resolved.</summary>
    public static string Unquoted(ReadOnlySpan<char> name) =>
        name.StartsWith("\"") ? OvsdbText.Atom(name) : name.ToString();
}
