namespace QuantumNet.Observations.Counters;

/// <summary>What makes a counter of one sample the same as one of another: never its position,
/// which rules added before it move.</summary>
/// <param name="ComputerName">The node.</param>
/// <param name="Kind">What counts.</param>
/// <param name="Place">Chain, bridge or device, with its namespace.</param>
/// <param name="Identity">The rule or match, and which of several equal ones it is.</param>
internal readonly record struct CounterKey(string ComputerName, CounterKind Kind, string Place, string Identity);

/// <summary>One counter in one sample.</summary>
internal sealed record CounterReading
{
    /// <summary>Which counter.</summary>
    public required CounterKey Key { get; init; }
    /// <summary>What kind of hop it belongs to.</summary>
    public required HopComponent Component { get; init; }
    /// <summary>Device, chain or bridge, for people.</summary>
    public required string Object { get; init; }
    /// <summary>Packets.</summary>
    public required long Packets { get; init; }
    /// <summary>Bytes; null when it counts none.</summary>
    public long? Bytes { get; init; }
    /// <summary>Its age in seconds; null when not told.</summary>
    public double? AgeSeconds { get; init; }
    /// <summary>What it belongs to when that can be created again under the same name:
    /// a device's index; 0 otherwise.</summary>
    public int Incarnation { get; init; }
    /// <summary>The record it was read from.</summary>
    public required NodeRecord Source { get; init; }
}
