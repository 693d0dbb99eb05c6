namespace QuantumNet;

/// <summary>Ports with the same verdict, by the same cause on the same node: a line of Test-DhcpPath -Summary.
/// </summary>
public sealed record DhcpPathSummary
{
    /// <summary>Their verdict.</summary>
    public DhcpPathStatus Status { get; init; }
    /// <summary>Code of the root cause; null when Ok.</summary>
    public string? Cause { get; init; }
    /// <summary>The cause's title; null when Ok.</summary>
    public string? Title { get; init; }
    /// <summary>The node it sits on; null where it sits on none.</summary>
    public string? ComputerName { get; init; }
    /// <summary>What it sits on: three names at most; null where there is none.</summary>
    public string? Object { get; init; }
    /// <summary>How many ports.</summary>
    public int PortCount { get; init; }
    /// <summary>How many networks they are in.</summary>
    public int NetworkCount { get; init; }
    /// <summary>The ports.</summary>
    public string[] PortId { get; init; } = [];
    /// <summary>The names of their instances, as far as they are known.</summary>
    public string[] InstanceName { get; init; } = [];
    /// <summary>What to do; null when Ok.</summary>
    public string? Remedy { get; init; }
    /// <inheritdoc/>
    public override string ToString() => $"{PortCount} {Status} {Cause} {ComputerName}".TrimEnd();
}
