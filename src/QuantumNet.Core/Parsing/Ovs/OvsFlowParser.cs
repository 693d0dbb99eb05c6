using System.Text;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Reads <c>ovs-ofctl dump-flows</c> of Open vSwitch 1.4 to 3.x in OpenFlow 1.0 to 1.5,
/// with port numbers or names (ovs-ofctl(8), ovs-fields(7), ovs-actions(7)):
/// <code> cookie=0x0, duration=6845.074s, table=0, n_packets=55, n_bytes=4950, priority=3,tun_id=0x1
/// actions=mod_vlan_vid:2,output:1</code>
/// Every word is looked at once; what a flow does not need to be found and counted is taken apart when
/// it is asked for.</summary>
public static class OvsFlowParser
{
    /// <summary>Reads a whole dump.</summary>
    public static List<OvsFlow> ParseAll(string text, TextSource source) =>
        ParseAll(Encoding.UTF8.GetBytes(text), source);

    /// <summary>Reads a whole dump, UTF-8. The flows keep the memory and read their texts from it:
    /// leave it unchanged.</summary>
    public static List<OvsFlow> ParseAll(ReadOnlyMemory<byte> text, TextSource source)
    {
        const int usualLineLength = 180;
        var flows = new List<OvsFlow>((text.Length / usualLineLength) + 1);
        foreach (OvsFlow flow in Read(text, source))
            flows.Add(flow);
        return flows;
    }

    /// <summary>Reads a dump, UTF-8, flow by flow as the caller goes on. The flows keep the memory:
    /// leave it unchanged.</summary>
    public static IEnumerable<OvsFlow> Read(ReadOnlyMemory<byte> text, TextSource source)
    {
        var dump = new OvsFlowDump(text);
        int number = 0;
        for (int start = 0; start < text.Length;)
        {
            int length = text.Span[start..].IndexOf((byte)'\n');
            int next = length < 0 ? text.Length : start + length + 1;
            if (ReadLine(dump, start, length < 0 ? text.Length - start : length, ++number, source) is OvsFlow flow)
                yield return flow;
            start = next;
        }
    }

    /// <summary>Reads one line; false when it is not a flow.</summary>
    public static bool TryParse(ReadOnlySpan<char> line, TextSource source, out OvsFlow flow)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(line)];
        Encoding.UTF8.GetBytes(line, bytes);
        OvsFlow? found = ReadLine(new OvsFlowDump(bytes), 0, bytes.Length, 1, source);
        flow = found ?? new OvsFlow();
        return found is not null;
    }

    private static OvsFlow? ReadLine(OvsFlowDump dump, int start, int length, int number, TextSource source)
    {
        ReadOnlySpan<byte> line = dump.Bytes.Slice(start, length).TrimEnd("\r \t"u8);
        if (line.IsEmpty || IsHeader(line))
            return null;

        var reader = new FlowLineReader(line, number, source);
        if (line.IndexOf("actions="u8) < 0 || !reader.Read())
        {
            source.Report(number, 1, "Not a flow", Encoding.UTF8.GetString(line));
            return null;
        }
        OvsActionScan.Check(line, reader.ActionsStart, number, source);

        var span = new OvsFlowSpan(start, line.Length, start + reader.MatchStart, reader.MatchLength,
            start + reader.ActionsStart);
        return new OvsFlow(dump, span)
        {
            ComputerName = source.ComputerName,
            Command = source.Command,
            LineNumber = number,
            Bridge = source.Bridge,
            Table = reader.Table,
            TableName = reader.TableName,
            Priority = reader.Priority,
            Cookie = reader.Cookie,
            DurationSeconds = reader.Duration,
            PacketCount = reader.PacketCount,
            ByteCount = reader.ByteCount,
            IdleAgeSeconds = reader.IdleAge,
            IdleTimeoutSeconds = reader.IdleTimeout,
            HardTimeoutSeconds = reader.HardTimeout,
        };
    }

    /// <summary><c>NXST_FLOW reply (xid=0x4):</c>, <c>OFPST_FLOW reply (OF1.3) (xid=0x2): flags=[more]</c>.</summary>
    private static bool IsHeader(ReadOnlySpan<byte> line) =>
        line[0] != (byte)' ' && (line.StartsWith("NXST_FLOW reply"u8) || line.StartsWith("OFPST_FLOW reply"u8));
}
