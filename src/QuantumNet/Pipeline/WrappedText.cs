namespace QuantumNet;

/// <summary>Breaks lines between words, for lists: Format-List itself cuts a word in two.</summary>
public static class WrappedText
{
    private const int UsualColumns = 80;
    private const int FewestColumns = 40;
    private const int Label = 18;       // the longest label of the lists, and " : "

    /// <summary>A value of a list as it stands beside its label.</summary>
    /// <param name="text">The value; null for none.</param>
    /// <param name="columns">Columns of the window; 0 where there is none.</param>
    public static string Beside(string? text, int columns)
    {
        int room = (columns >= FewestColumns ? columns : UsualColumns) - Label - 1;
        return string.Join('\n', (text ?? "").ReplaceLineEndings("\n").Split('\n')
            .SelectMany(line => Lines(line, room)));
    }

    /// <summary>The lines that a line becomes; those that go on are indented as it is.</summary>
    /// <param name="line">The line.</param>
    /// <param name="room">Characters of a line at most; a longer word is cut.</param>
    public static IEnumerable<string> Lines(string line, int room)
    {
        ArgumentNullException.ThrowIfNull(line);
        string indent = new(' ', Math.Min(line.Length - line.TrimStart().Length, room / 2));
        while (line.Length > room)
        {
            int cut = line.LastIndexOf(' ', room, room - indent.Length);
            cut = cut <= indent.Length ? room : cut;
            yield return line[..cut].TrimEnd();
            line = indent + line[cut..].TrimStart();
        }
        yield return line;
    }
}
