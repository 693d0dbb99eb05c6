namespace QuantumNet;

/// <summary>What became of a probe.</summary>
public enum DhcpProbeStatus
{
    /// <summary>Nothing that counts could tell.</summary>
    Unknown,
    /// <summary>A server answered, and the answer reached the instance's tap.</summary>
    Answered,
    /// <summary>It was lost on the way to a server.</summary>
    RequestLost,
    /// <summary>It reached a server, and the answer did not reach the instance's tap.</summary>
    ReplyLost,
    /// <summary>It could not be sent.</summary>
    NotSent,
}

/// <summary>A DISCOVER that Send-DhcpProbe injected at an instance's port, and what became of it.</summary>
public sealed record DhcpProbeResult
{
    /// <summary>The port.</summary>
    public string PortId { get; init; } = "";
    /// <summary>Its MAC, in whose name the probe asked.</summary>
    public string Mac { get; init; } = "";
    /// <summary>The probe's transaction id, <c>0xed2f1d2d</c>.</summary>
    public string TransactionId { get; init; } = "";
    /// <summary>The node where it was injected.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>The bridge where it was injected.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>The device of that bridge from which it seemed to come.</summary>
    public string Object { get; init; } = "";
    /// <summary>When, UTC.</summary>
    public DateTime SentAt { get; init; }
    /// <summary>What became of it.</summary>
    public DhcpProbeStatus Status { get; init; }
    /// <summary>The address that a server offered, by its log; empty when none is told.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>One sentence.</summary>
    public string Summary { get; init; } = "";
    /// <summary>What the probe cannot say anything about.</summary>
    public string[] NotExercised { get; init; } = [];
    /// <summary>Lines of dnsmasq's log about that MAC since it was sent.</summary>
    public DhcpEvent[] Events { get; init; } = [];
    /// <summary>The probe and its answer at every hop that saw them, by its transaction id;
    /// null when no captured hop did.</summary>
    public DhcpTraceTransaction? Transaction { get; init; }
    /// <summary>Where was captured meanwhile, and where not and why.</summary>
    public DhcpTracePoint[] Points { get; init; } = [];
    /// <summary>The counters along the path from where it was injected, and MAC table entries that are new.</summary>
    public DhcpCounterChange[] Counters { get; init; } = [];
    /// <summary>The command that injected it.</summary>
    public string Command { get; init; } = "";
    /// <inheritdoc/>
    public override string ToString() => Summary;
}
