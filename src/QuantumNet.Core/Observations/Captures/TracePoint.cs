using QuantumNet.Paths;

namespace QuantumNet.Observations.Captures;

/// <summary>A hop of a path as the trace sees it: a device to capture on, or a place where nothing
/// can be captured.</summary>
internal sealed record TracePoint
{
    /// <summary>Its number among the points of a trace.</summary>
    public int Id { get; init; }
    public required string ComputerName { get; init; }
    public required string Device { get; init; }
    public string Namespace { get; init; } = "";
    public required HopComponent Component { get; init; }

    /// <summary>Why nothing can be captured here; empty when it can.</summary>
    public string Obstacle { get; init; } = "";

    /// <summary>Whether the device must be promiscuous to show all that passes:
    /// a Linux bridge shows its own traffic only.</summary>
    public bool NeedsPromiscuity => Component == HopComponent.LinuxBridge;

    /// <summary>What to accept, as tcpdump's filter.</summary>
    public string Filter { get; init; } = TraceFilter.Plain;

    public bool CanCapture => Obstacle.Length == 0;

    public string Hop => $"{ComputerName}/{Device}";
}

/// <summary>One way, from the instance to one DHCP server.</summary>
/// <param name="Stations">Its stations.</param>
/// <param name="Points">Its points, each with the index of its station.</param>
/// <param name="ServerNode">The server's node; empty when the network has no server.</param>
/// <param name="ComputeAddresses">Addresses at which tunnels reach the instance's node; empty when not known.</param>
/// <param name="ServerAddresses">Addresses at which tunnels reach the server's node; empty when not known.</param>
internal sealed record TraceLeg(
    IReadOnlyList<Station> Stations, IReadOnlyList<(TracePoint Point, int Station)> Points, string ServerNode,
    IReadOnlySet<string> ComputeAddresses, IReadOnlySet<string> ServerAddresses)
{
    /// <summary>Whether a packet on the wire is on this way: a flooded one leaves to every other node, too.</summary>
    public bool Carries(DhcpPacketObservation one)
    {
        if (one.Component != HopComponent.Underlay || one.OuterDestination.Length == 0)
            return true;
        IReadOnlySet<string> ends = one.Direction == DhcpDirection.Request ? ServerAddresses : ComputeAddresses;
        return ends.Count == 0 || ends.Contains(one.OuterDestination);
    }
}
