using System.Text;
using QuantumNet.Pipeline;
using QuantumNet.Simulation.Assumptions;

namespace QuantumNet.Binding;

/// <summary>The changes that <c>-Assume</c> names: <c>NODE: COMMAND</c>, the command as an administrator would type it
/// there. Nothing is run.</summary>
internal static class AssumedChanges
{
    /// <summary>Reads them.</summary>
    /// <exception cref="QuantumException">One is not written so.</exception>
    public static IReadOnlyList<Assumption> Read(IEnumerable<string> texts) => [.. texts.Select(Read)];

    /// <summary>The cloud as it would be after them.</summary>
    /// <exception cref="QuantumException">One cannot be made in what was gathered.</exception>
    public static Cloud Apply(Cloud cloud, IReadOnlyList<Assumption> changes)
    {
        Cloud changed = AssumedCloud.Of(cloud, changes, out IReadOnlyList<(Assumption Change, string Why)> problems);
        return problems.Count == 0 ? changed
            : throw Errors.AssumptionImpossible(problems[0].Change.ToString(), problems[0].Why, AssumedCloud.Forms)
                .ToException();
    }

    private static Assumption Read(string text)
    {
        int colon = text.IndexOf(": ", StringComparison.Ordinal);
        string[] argv = colon > 0 ? [.. Words(text[(colon + 2)..])] : [];
        return argv.Length > 0 ? new Assumption(text[..colon].Trim(), argv)
            : throw Errors.AssumptionUnclear(text).ToException();
    }

    // No shell reads the command: only blanks part its words, and quotes keep them together.
    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        char quote = '\0';
        foreach (char one in text + " ")
        {
            if (quote == '\0' ? one is '\'' or '"' : one == quote)
            {
                quote = quote == '\0' ? one : '\0';
            }
            else if (quote != '\0' || !char.IsWhiteSpace(one))
            {
                word.Append(one);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }
}
