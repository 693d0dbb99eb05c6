namespace QuantumNet;

/// <summary>An entry of the catalogue of checks: one fault code.</summary>
public sealed record CheckInfo
{
    /// <summary>Fault code, <c>QN4001</c>.</summary>
    public string Code { get; init; } = "";
    /// <summary>The fault's name.</summary>
    public string Title { get; init; } = "";
    /// <summary>Where it lies: <c>ControlPlane</c>, <c>Devices</c>, <c>Iptables</c>, <c>Integration</c>, <c>Tunnel</c>,
    /// <c>DhcpServer</c>, <c>Guest</c>, <c>Gathering</c>.</summary>
    public string Layer { get; init; } = "";
    /// <summary>What it is a fault of: a cloud, node, network, port or path.</summary>
    public FaultScope Scope { get; init; }
    /// <summary>How bad it is.</summary>
    public CheckSeverity Severity { get; init; }
    /// <summary>Collectors and records it needs: <c>OvsPort</c>, <c>record:port</c>.</summary>
    public string[] Needs { get; init; } = [];
    /// <summary>Codes of the faults that it brings about, as far as its scope reaches: they are symptoms where it is
    /// found.</summary>
    public string[] Explains { get; init; } = [];
    /// <summary>What to do.</summary>
    public string Remedy { get; init; } = "";
    /// <summary>Where the fault is described: bug numbers, files.</summary>
    public string Reference { get; init; } = "";
}
