namespace QuantumNet.Parsing.Links;

/// <summary>Reads <c>bridge link</c> and <c>bridge -d link</c>, as text and with <c>-j</c> (bridge(8);
/// iproute2 bridge/link.c): <c>11: qvb1@qvo1: &lt;BROADCAST,UP&gt; mtu 1458 master qbr1 state forwarding priority 32
/// cost 2</c>, before iproute2 4.17 <c>11: qvb1 state UP @qvo1: &lt;BROADCAST,UP&gt; mtu ...</c>.</summary>
public static class BridgeLinkParser
{
    /// <summary>All ports of a text; never throws, reports what it does not know.</summary>
    public static List<LinuxBridgePort> ParseAll(string text, TextSource source)
    {
        if (text.AsSpan().TrimStart() is ['[', ..])
        {
            List<LinuxBridgePort> read = JsonOutput.ReadAll(text, source, (element, raw, line) => Create(
                JsonOutput.Text(element, "ifname"), JsonOutput.Text(element, "master"),
                JsonOutput.Text(element, "state"), raw, line, source));
            read.RemoveAll(port => port.Device == port.Bridge);
            return read;
        }

        List<LinuxBridgePort> ports = [];
        var lines = new TextLines(text);
        while (lines.Next())
        {
            ReadOnlySpan<char> line = lines.Line;
            if (line.Trim().IsEmpty || IsDetail(line))
                continue;
            if (Read(line, lines.Number, source) is { } port)
            {
                // With -d the bridge itself stands in the list as its own master (iproute2 5.x): it is not a member.
                if (port.Device != port.Bridge)
                    ports.Add(port);
            }
            else
                source.Report(lines.Number, 1, "Not a bridge port", line);
        }
        return ports;
    }

    /// <summary>The indented line of <c>-d</c>: <c>hairpin off guard off root_block off ...</c>.</summary>
    private static bool IsDetail(ReadOnlySpan<char> line) =>
        char.IsWhiteSpace(line[0]) && line.TrimStart() is var text
        && (text.StartsWith("hairpin ", StringComparison.Ordinal)
            || text.StartsWith("hwmode ", StringComparison.Ordinal)
            || text.StartsWith("mcast_", StringComparison.Ordinal));

    private static LinuxBridgePort? Read(ReadOnlySpan<char> line, int number, TextSource source)
    {
        int flagsEnd = line.IndexOf('>');
        var words = new TextWords(line);
        if (flagsEnd < 0 || !char.IsAsciiDigit(line[0]) || !words.Skip(2))
            return null;

        LinkHeader.SplitName(words.Word.TrimEnd(':'), out string device, out _);
        string bridge = "", state = "";
        var rest = new TextWords(line[(flagsEnd + 1)..]);
        while (rest.Next())
        {
            if (rest.Word is "master" && rest.Next())
                bridge = rest.Word.ToString();
            else if (rest.Word is "state" && rest.Next())
                state = rest.Word.ToString();
        }
        return Create(device, bridge, state, line.TrimEnd().ToString(), number, source);
    }

    private static LinuxBridgePort? Create(
        string device, string bridge, string state, string raw, int line, TextSource source) =>
        device.Length == 0 || bridge.Length == 0 ? null : new LinuxBridgePort
        {
            ComputerName = source.ComputerName, Command = source.Command, LineNumber = line, RawText = raw,
            Bridge = bridge, Device = device, State = state,
        };
}
