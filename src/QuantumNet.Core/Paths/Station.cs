namespace QuantumNet.Paths;

/// <summary>A station of a path: a place that the packets of one direction pass. Hops, capture points and counters are
/// all laid out along the stations.</summary>
/// <param name="Direction">Whose packets.</param>
/// <param name="Place">Where.</param>
internal sealed record Station(DhcpDirection Direction, Place Place)
{
    /// <summary>Its number in its direction, from 1; 0 for one that is only assumed.</summary>
    public int Sequence { get; init; }

    /// <summary>The end of the leg that it belongs to; null for the wire between two nodes.</summary>
    public LegEnd? End { get; init; }

    /// <summary>How the packet crosses it; null for all but bridges of Open vSwitch, and for those of which too little
    /// is known.</summary>
    public BridgeCrossing? Crossing { get; init; }

    /// <summary>Whether nothing that was gathered shows it: a node that was not collected, a network of unknown type.
    /// By its usual name packets may be looked for there; in a verdict it has no part.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>The devices at which its packets can be seen, in the order in which a request meets them; none inside
    /// Open vSwitch.</summary>
    public IReadOnlyList<Place> Devices { get; init; } = [];
}
