using System.Text;

namespace QuantumNet.Parsing.Links;

/// <summary>Reads <c>brctl show</c> (brctl(8); bridge-utils brctl/brctl_cmd.c):
/// a bridge's line holds its first interface, the others stand alone on indented lines. Era bridges of Open vSwitch's
/// brcompat stand in it like any other. <c>qbr1408934f-93 8000.22e398fb508a no qvb1408934f-93</c>.</summary>
public static class BrctlShowParser
{
    /// <summary>All bridges of a text; never throws, reports what it does not know.</summary>
    public static List<LinuxBridge> ParseAll(string text, TextSource source)
    {
        Reader reader = new(source);
        var lines = new TextLines(text);
        while (lines.Next())
        {
            ReadOnlySpan<char> line = lines.Line;
            if (line.Trim().IsEmpty || line.StartsWith("bridge name", StringComparison.Ordinal))
                continue;
            if (!char.IsWhiteSpace(line[0]))
                reader.Bridge(line, lines.Number);
            else
                reader.Interface(line, lines.Number);
        }
        return reader.Finish();
    }

    /// <summary>Gathers the rows of one bridge after another.</summary>
    private sealed class Reader(TextSource source)
    {
        private readonly List<LinuxBridge> _bridges = [];
        private readonly List<string> _interfaces = [];
        private readonly StringBuilder _rows = new();
        private LinuxBridge? _open;

        public List<LinuxBridge> Finish()
        {
            if (_open is not null)
                _bridges.Add(_open with { Interfaces = [.. _interfaces], RawText = _rows.ToString() });
            _interfaces.Clear();
            _rows.Clear();
            _open = null;
            return _bridges;
        }

        public void Bridge(ReadOnlySpan<char> line, int number)
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
            Finish();
            if (words.Next())
                _interfaces.Add(words.Word.ToString());
            if (!words.Rest.IsEmpty)
                source.Report(number, words.Column + words.Word.Length + 1, "Unexpected word", words.Rest);
            _rows.Append(line.TrimEnd());
            _open = new LinuxBridge
            {
                ComputerName = source.ComputerName, Command = source.Command, LineNumber = number,
                Bridge = bridge, BridgeId = id, StpEnabled = stp,
            };
        }

        public void Interface(ReadOnlySpan<char> line, int number)
        {
            var words = new TextWords(line);
            words.Next();
            if (_open is null || !words.Rest.IsEmpty)
            {
                source.Report(number, words.Column, "Not an interface", line);
                return;
            }
            _interfaces.Add(words.Word.ToString());
            _rows.Append('\n').Append(line.TrimEnd());
        }
    }
}
