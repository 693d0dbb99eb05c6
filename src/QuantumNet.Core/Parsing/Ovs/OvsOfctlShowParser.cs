using System.Globalization;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Reads the ports of <c>ovs-ofctl show BRIDGE</c> and <c>dump-ports-desc</c> in OpenFlow 1.0 to 1.5
/// (ovs-ofctl(8); lib/ofp-port.c):
/// <code>
///  1(patch-tun): addr:22:29:a4:f9:45:8b
///      config:     PORT_DOWN
///      state:      LINK_DOWN
/// </code></summary>
public static class OvsOfctlShowParser
{
    /// <summary>OpenFlow number of a bridge's own port.</summary>
    public const int Local = 65534;

    /// <summary>Reads the whole output.</summary>
    public static List<OpenFlowPort> ParseAll(string text, TextSource source)
    {
        var ports = new List<OpenFlowPort>();
        var lines = new TextLines(text);
        while (lines.Next())
        {
            ReadOnlySpan<char> line = lines.Line.TrimEnd();
            if (line.IsEmpty)
                continue;
            if (TryPort(line, lines.Number, source, out OpenFlowPort port))
                ports.Add(port);
            else if (ports.Count == 0 || !TrySetting(line, ports))
            {
                if (!IsKnown(line.TrimStart()))
                    source.Report(lines.Number, line.Length - line.TrimStart().Length + 1,
                        "Not understood", line.TrimStart());
            }
        }
        return ports;
    }

    /// <summary>A port's first line: number or <c>LOCAL</c>, name in brackets (which may hold
    /// brackets), address.</summary>
    private static bool TryPort(ReadOnlySpan<char> line, int number, TextSource source, out OpenFlowPort port)
    {
        port = new OpenFlowPort();
        ReadOnlySpan<char> content = line.TrimStart();
        int open = content.IndexOf('(');
        int close = content.LastIndexOf("): addr:");
        if (open <= 0 || close < open || !TryNumber(content[..open], out int ofPort))
            return false;
        port = new OpenFlowPort
        {
            ComputerName = source.ComputerName,
            Command = source.Command,
            LineNumber = number,
            RawText = line.ToString(),
            Bridge = source.Bridge,
            OfPort = ofPort,
            Device = content[(open + 1)..close].ToString(),
            Mac = content[(close + "): addr:".Length)..].Trim().ToString().ToLowerInvariant(),
        };
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out int number)
    {
        number = Local;
        return text is "LOCAL" || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool TrySetting(ReadOnlySpan<char> line, List<OpenFlowPort> ports)
    {
        ReadOnlySpan<char> content = line.TrimStart();
        int colon = content.IndexOf(':');
        if (content.Length == line.Length || colon < 0)
            return false;
        OpenFlowPort port = ports[^1];
        string[] flags = Flags(content[(colon + 1)..]);
        switch (content[..colon])
        {
            case "config":
                ports[^1] = port with { Config = flags, RawText = $"{port.RawText}\n{line}" };
                return true;
            case "state":
                ports[^1] = port with { State = flags, RawText = $"{port.RawText}\n{line}" };
                return true;
            default:
                return content[..colon] is "current" or "advertised" or "supported" or "peer" or "speed";
        }
    }

    private static string[] Flags(ReadOnlySpan<char> text)
    {
        var flags = new List<string>();
        var words = new TextWords(text);
        while (words.Next())
        {
            if (words.Word is not "0")
                flags.Add(words.Word.ToString());
        }
        return [.. flags];
    }

    private static bool IsKnown(ReadOnlySpan<char> line) =>
        line.StartsWith("OFPT_FEATURES_REPLY") || line.StartsWith("OFPT_GET_CONFIG_REPLY")
        || line.StartsWith("OFPST_PORT_DESC") || line.StartsWith("n_tables:") || line.StartsWith("capabilities:")
        || line.StartsWith("actions:") || line.StartsWith("features:");
}
