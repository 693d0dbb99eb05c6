using System.Collections.Concurrent;

namespace QuantumNet.Pipeline;

/// <summary>What a session remembers: its default connection, and the names it has seen, for completion.</summary>
internal sealed class ConnectionStore
{
    private volatile QuantumConnection? _default;

    /// <summary>The connection that <c>Connect-Quantum</c> made; null before. Another one forgets the names of the last.</summary>
    public QuantumConnection? Default
    {
        get => _default;
        set
        {
            _default = value;
            foreach (ConcurrentDictionary<string, string> names in (ConcurrentDictionary<string, string>[])[Nodes, Bridges, Ports, Networks])
                names.Clear();
        }
    }

    /// <summary>Nodes, with their roles.</summary>
    public ConcurrentDictionary<string, string> Nodes { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Open vSwitch bridges.</summary>
    public ConcurrentDictionary<string, string> Bridges { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids of ports, with what tells them apart.</summary>
    public ConcurrentDictionary<string, string> Ports { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids of networks, with their names.</summary>
    public ConcurrentDictionary<string, string> Networks { get; } = new(StringComparer.Ordinal);

    /// <summary>Remembers the names in a cloud, not the cloud.</summary>
    public void Remember(Cloud cloud)
    {
        foreach (NodeState node in cloud.Nodes.Values)
        {
            Nodes[node.ComputerName] = string.Join(", ", node.Roles);
            foreach (OvsBridge bridge in node.OvsBridges)
                Bridges[bridge.Bridge] = "Open vSwitch bridge";
            foreach (OvsFlow flow in node.OvsFlows)
                Bridges.TryAdd(flow.Bridge, "Open vSwitch bridge");
        }
        foreach (QuantumPort port in cloud.Records.Ports)
            Ports[port.PortId] = $"{port.IpAddress} {port.Mac} {port.DeviceOwner} {port.ComputerName}";
        foreach (QuantumNetwork network in cloud.Records.Networks)
            Networks[network.NetworkId] = network.Name;
    }
}
