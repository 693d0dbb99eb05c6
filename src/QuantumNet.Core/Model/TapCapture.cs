namespace QuantumNet;

/// <summary>What one tcpdump of a trace saw, and when it listened. Moments are seconds since the trace began, by the
/// clock of who traced: the nodes' own clocks may differ.</summary>
internal sealed record TapCapture
{
    /// <summary>The node.</summary>
    public string ComputerName { get; init; } = "";

    /// <summary>The network namespace of the device; empty for the node's own.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The device.</summary>
    public string Device { get; init; } = "";

    /// <summary>What it accepted (pcap-filter(7)), as it ran.</summary>
    public string Filter { get; init; } = "";

    /// <summary>When the trace began, UTC.</summary>
    public DateTime TraceStartedAt { get; init; }

    /// <summary>How long the trace took, in seconds.</summary>
    public double TraceSeconds { get; init; }

    /// <summary>Whether it listened, for a while at least.</summary>
    public bool IsListening { get; init; }

    /// <summary>When it began to listen, or was known not to.</summary>
    public double From { get; init; }

    /// <summary>When it ended by itself; null when the trace ended it.</summary>
    public double? Until { get; init; }

    /// <summary>Why it ended before its time; empty when it did not.</summary>
    public string EndReason { get; init; } = "";

    /// <summary>Why it did not listen, or how its node was lost; empty otherwise.</summary>
    public string Obstacle { get; init; } = "";

    /// <summary>The DHCP messages, as they came.</summary>
    public IReadOnlyList<TappedPacket> Packets { get; init; } = [];
}

/// <summary>A message that a tap saw.</summary>
/// <param name="Arrival">When it came to who traced, in seconds since the trace began.</param>
/// <param name="Packet">The message; its time is the node's.</param>
internal readonly record struct TappedPacket(double Arrival, DhcpPacket Packet);
