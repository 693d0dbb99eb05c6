namespace QuantumNet;

/// <summary>What counts.</summary>
public enum CounterKind
{
    /// <summary>A rule of <c>iptables-save -c</c>.</summary>
    IptablesRule,
    /// <summary>A built-in chain's policy.</summary>
    IptablesPolicy,
    /// <summary>A flow of <c>ovs-ofctl dump-flows</c>.</summary>
    Flow,
    /// <summary>Packets a device received.</summary>
    LinkReceived,
    /// <summary>Packets a device sent.</summary>
    LinkSent,
    /// <summary>Packets a device received and dropped.</summary>
    LinkReceiveDropped,
    /// <summary>Packets a device dropped on sending.</summary>
    LinkSendDropped,
    /// <summary>Receive errors of a device.</summary>
    LinkReceiveErrors,
    /// <summary>Send errors of a device.</summary>
    LinkSendErrors,
    /// <summary>An entry of an Open vSwitch MAC table.</summary>
    FdbEntry,
    /// <summary>A line of dnsmasq's log.</summary>
    DhcpEvent,
    /// <summary>A line of dnsmasq's lease file.</summary>
    DhcpLease,
}

/// <summary>What became of a counter between two samples.</summary>
public enum CounterChange
{
    /// <summary>It counted.</summary>
    Moved,
    /// <summary>It stands on the path and did not count.</summary>
    Still,
    /// <summary>It started again in between (flow added again, rules restored, device created again):
    /// what it counted before that is lost.</summary>
    Restarted,
    /// <summary>It was not there before.</summary>
    Appeared,
    /// <summary>It is not there any more.</summary>
    Gone,
}

/// <summary>One counter and what it did between two samples.</summary>
public sealed record DhcpCounterChange
{
    /// <summary>The node.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>What kind of hop it belongs to.</summary>
    public HopComponent Component { get; init; }
    /// <summary>Device, chain, bridge or process.</summary>
    public string Object { get; init; } = "";
    /// <summary>What counts.</summary>
    public CounterKind Kind { get; init; }
    /// <summary>What it did.</summary>
    public CounterChange Change { get; init; }
    /// <summary>The port whose path it stands on; empty off the path.</summary>
    public string PortId { get; init; } = "";
    /// <summary>Position of its hop in the direction, from 1; null off the path.</summary>
    public int? Sequence { get; init; }
    /// <summary>The direction whose packets it counts; null off the path.</summary>
    public DhcpDirection? Direction { get; init; }
    /// <summary>Whether it stands on the port's path.</summary>
    public bool IsOnPath { get; init; }
    /// <summary>Whether it counts this direction's packets only, so that its moving proves that some came by.</summary>
    public bool IsDecisive { get; init; }
    /// <summary>Whether it counts this port's DHCP packets of that direction, and no ARP or other traffic.</summary>
    public bool IsExclusive { get; init; }
    /// <summary>Packets in the first sample; null when it was not there or does not count packets.</summary>
    public long? PacketsBefore { get; init; }
    /// <summary>Packets in the second sample; null when it is not there or does not count packets.</summary>
    public long? PacketsAfter { get; init; }
    /// <summary>Packets in between; at least so many when it started again.</summary>
    public long PacketDelta { get; init; }
    /// <summary>Bytes in between; null when it counts none.</summary>
    public long? ByteDelta { get; init; }
    /// <summary>What it would have counted anyway, by a quiet sample stretched to the same time;
    /// null without one.</summary>
    public long? BackgroundDelta { get; init; }
    /// <summary>Seconds between the samples.</summary>
    public double IntervalSeconds { get; init; }
    /// <summary>What there is to say about it; empty when nothing.</summary>
    public string Note { get; init; } = "";
    /// <summary>How far the port's packets got by the counters of its path, in one sentence, the same for each of
    /// them; off the path, the node. Empty where nobody asked for it.</summary>
    public string Summary { get; init; } = "";
    /// <summary>The command whose output it stands in.</summary>
    public string Command { get; init; } = "";
    /// <summary>The line of the second sample (of the first when gone), verbatim.</summary>
    public string RawText { get; init; } = "";

    /// <summary>Direction and position of its hop, in one; empty off the path.</summary>
    public string Hop => Direction is { } direction ? $"{direction} {Sequence}" : "";

    /// <summary>What there is to say about it and its line, in one.</summary>
    public string Detail => Note.Length > 0 ? $"{Note}: {RawText}" : RawText;

    /// <summary>Whether it counted more than it would have anyway.</summary>
    public bool IsAboveBackground => Change == CounterChange.Appeared || PacketDelta > (BackgroundDelta ?? 0);

    /// <summary>The line as evidence.</summary>
    public Evidence ToEvidence() => new() { ComputerName = ComputerName, Command = Command, Text = RawText };

    /// <inheritdoc/>
    public override string ToString() => $"{ComputerName} {Object} {Kind} {Change} +{PacketDelta}";
}
