namespace QuantumNet.Core.Tests.Growth;

/// <summary>Shapes of text that cost much where a reader looks at the same place again and again.</summary>
internal static class HostileText
{
    /// <summary>What is repeated, by a name for the shape.</summary>
    private static readonly (string Name, string Unit)[] s_units =
    [
        ("one word", "a-"), ("blanks", " "), ("lines", "x\n"), ("indented lines", "  y: z\n"), ("open brackets", "[{("),
        ("open quotes", "\"a' "), ("empty values", "token=,"), ("colons", "1:2:"), ("addresses", "://a@b"),
        ("keys", "-----BEGIN PRIVATE KEY "), ("bars", "| a | b |\n"), ("empty lines", "\n"),
    ];

    /// <summary>Texts of some length: shapes of no grammar at all, and what a real output gives when its parts come
    /// again and again.</summary>
    public static IEnumerable<(string Name, Func<int, string> Of)> Shapes(string real)
    {
        foreach ((string name, string unit) in s_units)
            yield return (name, length => Repeat(unit, length));
        string[] lines = [.. real.Split('\n').Where(line => line.Length > 0).Take(400)];
        if (lines.Length == 0)
            yield break;
        foreach ((string name, string unit) in s_units)
            yield return ($"its first lines and {name}", length => string.Join('\n', lines.Take(3)) + "\n"
                + Repeat(unit, length));
        yield return ("all of it", length => Repeat(real, length));
        yield return ("its first line", length => Repeat(lines[0] + "\n", length));
        yield return ("its last line", length => lines[0] + "\n" + Repeat(lines[^1] + "\n", length));
        yield return ("its second line", length => lines[0] + "\n" + Repeat(lines[Math.Min(1, lines.Length - 1)] + "\n",
            length));
        yield return ("all in one line", length => Repeat(string.Join(' ', lines) + " ", length));
        yield return ("its first line without an end", length => Repeat(lines[0] + ",", length));
    }

    /// <summary>A text of some length that is one part over and over.</summary>
    public static string Repeat(string unit, int length) =>
        string.Concat(Enumerable.Repeat(unit, (length / unit.Length) + 1))[..length];
}
