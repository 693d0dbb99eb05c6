namespace QuantumNet;

/// <summary>Where an instance is asked from.</summary>
public enum ReachabilityOrigin
{
    /// <summary>The DHCP server's namespace of its network.</summary>
    Dhcp,
    /// <summary>The namespace of a router of its network.</summary>
    Router,
}

/// <summary>How an instance is asked whether it is there.</summary>
public enum ReachabilityKind
{
    /// <summary>Who has its address (RFC 826).</summary>
    Arp,
    /// <summary>An echo (RFC 792).</summary>
    Ping,
    /// <summary>A connection to a port of TCP.</summary>
    Tcp,
}

/// <summary>What came back.</summary>
public enum ReachabilityAnswer
{
    /// <summary>It was not asked, or the tool could not run.</summary>
    NotAsked,
    /// <summary>The answer that was wanted.</summary>
    Answered,
    /// <summary>The instance, or a filter before it, says no.</summary>
    Refused,
    /// <summary>Nothing.</summary>
    Silent,
}

/// <summary>One question to an instance: its answer, and what the nodes do with its packets both ways.</summary>
public sealed record ReachabilityProbe
{
    /// <summary>The question.</summary>
    public ReachabilityKind Kind { get; init; }
    /// <summary>What came back.</summary>
    public ReachabilityAnswer Answer { get; init; }
    /// <summary>How long the answer took, in milliseconds; null where the tool does not tell.</summary>
    public double? Milliseconds { get; init; }
    /// <summary>The command that asked; empty when none did.</summary>
    public string Command { get; init; } = "";
    /// <summary>What it said, in one line.</summary>
    public string Text { get; init; } = "";
    /// <summary>What becomes of the packet and of its answer by what the nodes hold: Forwarded when both arrive,
    /// Dropped, or Unknown.</summary>
    public HopAction Simulated { get; init; } = HopAction.Unknown;
    /// <summary>Where the nodes lose it, or where that cannot be determined, <c>node/object</c>; empty when it
    /// arrives.</summary>
    public string LostAt { get; init; } = "";
    /// <summary>The line that decides; null where none does.</summary>
    public string? Rule { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}: {Answer}{(Milliseconds is { } time
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" in {time:0.##} ms") : "")}";
}

/// <summary>The result of Test-InstanceReachability: whether an instance is reached from its network's DHCP
/// namespace or router, and why not.</summary>
public sealed record InstanceReachabilityResult : IVerdict
{
    /// <summary>The port.</summary>
    public string PortId { get; init; } = "";
    /// <summary>Its network.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>Its MAC.</summary>
    public string Mac { get; init; } = "";
    /// <summary>Its first IPv4 address.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>The node the instance runs on.</summary>
    public string ComputeNode { get; init; } = "";
    /// <summary>The node it was asked from.</summary>
    public string FromNode { get; init; } = "";
    /// <summary>The network namespace it was asked from.</summary>
    public string FromNamespace { get; init; } = "";
    /// <summary>The port of TCP.</summary>
    public int TcpPort { get; init; }
    /// <summary>The verdict: Ok only where the connection was made.</summary>
    public DhcpPathStatus Status { get; init; }
    /// <summary>Code of the root cause; null when Ok.</summary>
    public string? Cause { get; init; }
    /// <summary>Its name.</summary>
    public string? Title { get; init; }
    /// <summary>The node at fault; null when Ok.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The device, bridge or chain at fault.</summary>
    public string? Object { get; init; }
    /// <summary>The verdict in a sentence.</summary>
    public string Summary { get; init; } = "";
    /// <summary>What to do; null when Ok.</summary>
    public string? Remedy { get; init; }
    /// <summary>The questions, in the order in which they were asked.</summary>
    public ReachabilityProbe[] Probes { get; init; } = [];
    /// <summary>What does not pass, root causes first.</summary>
    public Finding[] Findings { get; init; } = [];
    /// <summary>When gathering began, UTC.</summary>
    public DateTime CollectedAt { get; init; }
    /// <summary>How long it took, in seconds.</summary>
    public double DurationSeconds { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Summary;
}
