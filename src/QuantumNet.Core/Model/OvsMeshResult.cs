namespace QuantumNet;

/// <summary>The result of Test-OvsTunnel: the verdict on the tunnels of one type between all nodes.</summary>
public sealed record OvsMeshResult : IVerdict
{
    /// <summary><c>gre</c>, <c>vxlan</c>, <c>geneve</c>.</summary>
    public string Type { get; init; } = "";
    /// <summary>UUID of the network that it was narrowed to; empty for all.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>The verdict: Ok only where each pair of nodes is shown to have its tunnels.</summary>
    public DhcpPathStatus Status { get; init; }
    /// <summary>Code of the root cause; null when Ok.</summary>
    public string? Cause { get; init; }
    /// <summary>Its name.</summary>
    public string? Title { get; init; }
    /// <summary>The node at fault; null when Ok.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The tunnel port, device or chain at fault.</summary>
    public string? Object { get; init; }
    /// <summary>The verdict in a sentence.</summary>
    public string Summary { get; init; } = "";
    /// <summary>What to do.</summary>
    public string? Remedy { get; init; }
    /// <summary>The nodes, reached or not, in order.</summary>
    public string[] Nodes { get; init; } = [];
    /// <summary>Each pair of nodes that should have tunnels.</summary>
    public OvsTunnelPair[] Pairs { get; init; } = [];
    /// <summary>What does not pass, root causes first.</summary>
    public Finding[] Findings { get; init; } = [];
    /// <summary>When gathering began, UTC.</summary>
    public DateTime CollectedAt { get; init; }
    /// <summary>How long it took, in seconds.</summary>
    public double DurationSeconds { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Summary;
}

/// <summary>Two nodes that should have a tunnel to each other.</summary>
public sealed record OvsTunnelPair
{
    /// <summary>The one node.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>The other.</summary>
    public string RemoteComputerName { get; init; } = "";
    /// <summary><c>gre</c>, <c>vxlan</c>, <c>geneve</c>.</summary>
    public string Type { get; init; } = "";
    /// <summary>The verdict on this pair alone.</summary>
    public DhcpPathStatus Status { get; init; }
    /// <summary>Code of the root cause; null when Ok.</summary>
    public string? Cause { get; init; }
    /// <summary>The one node's tunnel port to the other; empty when it has none.</summary>
    public string Device { get; init; } = "";
    /// <summary>The other node's tunnel port; empty when it has none.</summary>
    public string RemoteDevice { get; init; } = "";
    /// <summary>What does not pass.</summary>
    public Finding[] Findings { get; init; } = [];
    /// <summary>What pings of the underlay showed, where -Live sent them.</summary>
    public OvsTunnelPing[] Pings { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{ComputerName} - {RemoteComputerName}: {Status} {Cause}".TrimEnd();
}

/// <summary>A ping of the underlay, from one tunnel address to another.</summary>
public sealed record OvsTunnelPing
{
    /// <summary>The node that sent it.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>The node that should answer.</summary>
    public string RemoteComputerName { get; init; } = "";
    /// <summary>The address that it went to.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>Bytes of the IP packet, which no router may cut into pieces; null where it may.</summary>
    public int? Size { get; init; }
    /// <summary>Whether it was answered; null when ping could not run.</summary>
    public bool? IsAnswered { get; init; }
    /// <summary>The command that sent it.</summary>
    public string Command { get; init; } = "";
    /// <summary>What ping said, in one line.</summary>
    public string Text { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() =>
        $"{ComputerName} to {IpAddress}{(Size is { } size ? $", {size} bytes in one piece" : "")}: "
            + (IsAnswered switch { true => "answered", false => "no answer", null => "not sent" })
            + (Text.Length > 0 ? $" ({Text})" : "");
}
