namespace QuantumNet.Parsing.Links;

/// <summary>Reads <c>brctl show</c> (brctl(8); bridge-utils brctl/brctl_cmd.c):
/// a bridge's line holds its first interface, the others stand alone on indented lines. Era bridges of Open vSwitch's
/// brcompat stand in it like any other. <c>qbr1408934f-93 8000.22e398fb508a no qvb1408934f-93</c>.</summary>
public static class BrctlShowParser
{
    /// <summary>All bridges of a text; never throws, reports what it does not know.</summary>
    public static List<LinuxBridge> ParseAll(string text, TextSource source)
    {
        List<LinuxBridge> bridges = [];
        var lines = new TextLines(text);
        while (lines.Next())
        {
            ReadOnlySpan<char> line = lines.Line;
            if (line.Trim().IsEmpty || line.StartsWith("bridge name", StringComparison.Ordinal))
                continue;
            if (!char.IsWhiteSpace(line[0]))
                ReadBridge(line, lines.Number, source, bridges);
            else
                ReadInterface(line, lines.Number, source, bridges);
        }
        return bridges;
    }

    private static void ReadBridge(ReadOnlySpan<char> line, int number, TextSource source, List<LinuxBridge> bridges)
    {
        var words = new TextWords(line);
        words.Next();
        string bridge = words.Word.ToString();
        words.Next();
        string id = words.Word.ToString();
        words.Next();
        bool? stp = words.Word switch { "yes" => true, "no" => false, _ => null };
        if (stp == null || !id.Contains('.', StringComparison.Ordinal))
        {
            source.Report(number, words.Column, "Not a bridge", line);   // "can't get info Operation not supported"
            return;
        }
        string[] interfaces = words.Next() ? [words.Word.ToString()] : [];
        if (!words.Rest.IsEmpty)
            source.Report(number, words.Column + words.Word.Length + 1, "Unexpected word", words.Rest);
        bridges.Add(new LinuxBridge
        {
            ComputerName = source.ComputerName, Command = source.Command, LineNumber = number,
            RawText = line.TrimEnd().ToString(), Bridge = bridge, BridgeId = id,
            StpEnabled = stp, Interfaces = interfaces,
        });
    }

    private static void ReadInterface(ReadOnlySpan<char> line, int number, TextSource source, List<LinuxBridge> bridges)
    {
        var words = new TextWords(line);
        words.Next();
        if (bridges.Count == 0 || !words.Rest.IsEmpty)
        {
            source.Report(number, words.Column, "Not an interface", line);
            return;
        }
        LinuxBridge last = bridges[^1];
        bridges[^1] = last with
        {
            Interfaces = [.. last.Interfaces, words.Word.ToString()],
            RawText = $"{last.RawText}\n{line.TrimEnd()}",
        };
    }
}
