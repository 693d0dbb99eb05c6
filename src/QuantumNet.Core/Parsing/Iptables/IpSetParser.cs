namespace QuantumNet.Parsing.Iptables;

/// <summary>Reads <c>ipset save</c> (also <c>ipset list -o save</c>) and <c>ipset list</c> (ipset(8)):
/// <code>
/// create NIPv4a1b2 hash:net family inet hashsize 1024 maxelem 65536
/// add NIPv4a1b2 10.0.0.0/24
/// add NIPv4a1b2 10.0.0.9 nomatch
///
/// Name: NIPv4a1b2
/// Type: hash:net
/// Header: family inet hashsize 1024 maxelem 65536
/// Members:
/// 10.0.0.0/24
/// </code></summary>
internal static class IpSetParser
{
    private static readonly string[] s_silent = ["Revision", "Size in memory", "References", "Number of entries"];

    private static readonly string[] s_settings =
        ["nomatch", "timeout", "packets", "bytes", "skbmark", "skbprio", "skbqueue"];

    /// <summary>Reads the whole output.</summary>
    public static List<IpSet> ParseAll(string text, TextSource source)
    {
        var sets = new List<IpSet>();
        var lines = new TextLines(text);
        bool isAmongMembers = false;
        while (lines.Next())
        {
            string line = lines.Line.Trim().ToString();
            bool isRead = line.Length == 0 || (isAmongMembers && TryMember(sets[^1], WordsOf(line)))
                || TrySaved(line, lines.Number, source, sets) || TryListed(line, lines.Number, source, sets);
            if (!isRead)
                source.Report(lines.Number, 1, "Not understood", line);
            isAmongMembers = line.Length > 0 && sets.Count > 0 && (isAmongMembers || line == "Members:");
        }
        return sets;
    }

    private static bool TrySaved(string line, int number, TextSource source, List<IpSet> sets)
    {
        string[] words = WordsOf(line);
        if (words is ["create", var made, var type, .. var options])
        {
            sets.Add(Stamped(made, line, number, source) with { Type = type, Options = options, IsListed = true });
            return true;
        }
        return words is ["add", var filled, .. var member] && sets.FindLast(one => one.Name == filled) is { } set
            && TryMember(set, member);
    }

    private static bool TryListed(string line, int number, TextSource source, List<IpSet> sets)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        string name = colon < 0 ? "" : line[..colon], value = colon < 0 ? "" : line[(colon + 2)..];
        if (name == "Name")
        {
            sets.Add(Stamped(value, line, number, source));
            return true;
        }
        if (sets is not [.., { IsListed: false } set])
            return false;
        if (line == "Members:")
            sets[^1] = set with { IsListed = true };
        else if (name == "Type")
            sets[^1] = set with { Type = value };
        else if (name == "Header")
            sets[^1] = set with { Options = WordsOf(value) };
        else
            return Array.IndexOf(s_silent, name) >= 0;
        return true;
    }

    private static bool TryMember(IpSet set, string[] words)
    {
        if (words is not [var member, .. var settings]
            || (settings.Length > 0 && Array.IndexOf(s_settings, settings[0]) < 0))
            return false;
        set.Members.Add(new(member, settings.Contains("nomatch")));
        return true;
    }

    // A comment stands last, and may hold any word.
    private static string[] WordsOf(string line)
    {
        int comment = line.IndexOf(" comment \"", StringComparison.Ordinal);
        return (comment < 0 ? line : line[..comment]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IpSet Stamped(string name, string line, int number, TextSource source) => new()
    {
        ComputerName = source.ComputerName, Command = source.Command, LineNumber = number, RawText = line,
        Name = name, Type = "",
    };
}
