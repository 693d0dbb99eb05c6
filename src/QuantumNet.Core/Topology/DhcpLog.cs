namespace QuantumNet.Topology;

/// <summary>What dnsmasq's log on a node says, by whom it is about: a log of a day has lines of thousands of
/// clients.</summary>
internal sealed class DhcpLog
{
    private static readonly NodeMemo<DhcpLog> s_known = new(node => new DhcpLog(node.State.DhcpEvents));

    private static readonly Line s_none = new(-1, new DhcpEvent());

    private readonly ILookup<string, Line> _ofMac, _messagesOfAddress;
    private readonly ILookup<int, Line> _reads;
    private readonly Dictionary<int, DhcpEvent> _starts = [];

    private readonly record struct Line(int Number, DhcpEvent Event);

    private DhcpLog(List<DhcpEvent> events)
    {
        Line[] lines = [.. events.Select((one, number) => new Line(number, one))];
        _ofMac = lines.Where(line => line.Event.Mac.Length > 0).ToLookup(line => line.Event.Mac);
        _messagesOfAddress = lines.Where(line => line.Event is { Type: "message", IpAddress.Length: > 0 })
            .ToLookup(line => line.Event.IpAddress);
        _reads = lines.Where(line => line.Event.Type == "read").ToLookup(line => line.Event.ProcessId ?? 0);
        foreach (DhcpEvent start in events.Where(line => line is { Type: "started", ProcessId: not null }))
            _starts[start.ProcessId!.Value] = start;
        End = events.Max(line => line.Time);
    }

    /// <summary>The time of its last line that tells one; null when none does.</summary>
    public DateTime? End { get; }

    /// <summary>A node's.</summary>
    public static DhcpLog Of(NodeView node) => s_known.Of(node);

    /// <summary>What a process said of its version as it started: <c>started, version 2.85 cachesize 150</c>; null when
    /// nothing tells.</summary>
    public DhcpEvent? StartOf(DhcpServer process) => _starts.GetValueOrDefault(process.ProcessId);

    /// <summary>The lines that name a MAC.</summary>
    public IEnumerable<DhcpEvent> LinesOf(string mac) => _ofMac[mac].Select(line => line.Event);

    /// <summary>What a process said of a client since it last read its host file: lines that name its MAC, and messages
    /// that name its address.</summary>
    public IEnumerable<DhcpEvent> SaidSinceRead(DhcpServer process, string mac, string address)
    {
        int read = _reads[process.ProcessId].LastOrDefault(
            line => line.Event.Message.Contains(process.HostsFile, StringComparison.Ordinal), s_none).Number;
        IEnumerable<Line> ofAddress = address.Length > 0 ? _messagesOfAddress[address] : [];
        return (mac.Length > 0 ? ofAddress.Concat(_ofMac[mac].Where(line => line.Event.Type != "message")) : ofAddress)
            .Where(line => line.Number > read && line.Event.ProcessId == process.ProcessId)
            .OrderBy(line => line.Number).Select(line => line.Event);
    }
}
