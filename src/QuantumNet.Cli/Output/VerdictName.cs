namespace QuantumNet.Cli.Output;

/// <summary>What a verdict is called where others count verdicts: in JUnit's XML and as a metric.</summary>
/// <param name="Subject">What it is about: a port, a network's server, a mesh, a connection.</param>
/// <param name="Group">Its node, or the kind of what was reached; empty for none.</param>
internal readonly record struct VerdictName(string Subject, string Group)
{
    /// <summary>The name of a result; null where it is not a verdict.</summary>
    public static VerdictName? Of(object result) => result switch
    {
        DhcpPathResult path => new(path.InstanceName.Length > 0 ? $"{path.InstanceName} ({path.PortId})"
            : path.PortId, path.ComputeNode ?? ""),
        DhcpServerResult server => new($"{server.NetworkName} {server.NetworkId}".Trim(), server.ComputerName),
        OvsMeshResult mesh => new($"{mesh.Type} mesh {mesh.NetworkId}".TrimEnd(), mesh.ComputerName ?? ""),
        QuantumConnectionResult connection => new($"{connection.ComputerName} ({connection.Transport})",
            connection.Kind.ToString()),
        InstanceReachabilityResult reach => new($"{reach.PortId} {reach.IpAddress}:{reach.TcpPort}",
            reach.ComputerName ?? ""),
        _ => null,
    };
}
