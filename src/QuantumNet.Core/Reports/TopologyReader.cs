
using QuantumNet.Topology;

namespace QuantumNet.Reports;

/// <summary>Reads one node's bridges, ports and patches.</summary>
internal static class TopologyReader
{
    /// <summary>The node as it is to be drawn.</summary>
    /// <param name="state">The node.</param>
    /// <param name="owners">Whose ports are.</param>
    public static TopologyNode Read(NodeState state, PortOwners owners)
    {
        var node = new NodeView(state);
        string[] bridges = [.. state.OvsBridges.Select(bridge => bridge.Bridge)
            .Concat(state.OvsPorts.Select(port => port.Bridge))
            .Where(name => name.Length > 0).Distinct().OrderBy(name => Rank(node, name))
            .ThenBy(name => name, StringComparer.Ordinal)];
        return new TopologyNode
        {
            ComputerName = state.ComputerName,
            Roles = state.Roles,
            Bridges = [.. bridges.Select(bridge => Bridge(node, bridge, owners))],
            Patches = [.. Patches(node)],
        };
    }

    private static int Rank(NodeView node, string bridge) =>
        bridge == node.IntegrationBridge ? 0 : bridge == node.TunnelBridge ? 1 : 2;

    private static TopologyBridge Bridge(NodeView node, string bridge, PortOwners owners)
    {
        OvsPort[] ports = [.. node.PortsOf(bridge).OrderBy(port => port.Device, StringComparer.Ordinal)];
        return new TopologyBridge
        {
            Bridge = bridge,
            Ports = [.. ports.Where(port => port.Type != "patch" && !NodeView.IsTunnel(port) && port.Device != bridge)
                .Select(port => Port(node, port) with { Owner = owners.Of(port) })],
            Tunnels = [.. ports.Where(NodeView.IsTunnel).Select(port => port.Device)],
        };
    }

    private static TopologyPort Port(NodeView node, OvsPort port) => new()
    {
        Device = port.Device,
        Tag = port.Tag,
        Behind = [.. Behind(node, port)],
        IsUntagged = port.Bridge == node.IntegrationBridge && IsPlugged(port)
            && port.Tag is null or LocalVlanMap.DeadVlan,
    };

    private static bool IsPlugged(OvsPort port) =>
        port.PortId.Length > 0 || port.Device.StartsWith("qvo", StringComparison.Ordinal)
        || port.Device.StartsWith("tap", StringComparison.Ordinal);

    private static IEnumerable<string> Behind(NodeView node, OvsPort port)
    {
        if (port.Device.StartsWith("qvo", StringComparison.Ordinal))
        {
            string suffix = port.Device[3..];
            string bridge = node.LinuxBridgeOf("qvb" + suffix);
            if (bridge.Length > 0)
                yield return bridge;
            foreach (string tap in node.State.Links.Where(link => link.Device.StartsWith("tap",
                    StringComparison.Ordinal) && bridge.Length > 0 && node.LinuxBridgeOf(link.Device) == bridge)
                .Select(link => link.Device))
                yield return tap;
            yield break;
        }
        string inner = port.Device.StartsWith("tap", StringComparison.Ordinal) ? "ns-" + port.Device[3..] : port.Device;
        if (node.State.Links.Find(link =>
            link.Namespace.Length > 0 && (link.Device == port.Device || link.Device == inner)) is not { } device)
            yield break;
        yield return device.Namespace;
        foreach (DhcpServer server in node.State.DhcpServers.Where(server => server.Namespace == device.Namespace))
            yield return FormattableString.Invariant($"dnsmasq {server.ProcessId}");
    }

    private static IEnumerable<TopologyPatch> Patches(NodeView node)
    {
        HashSet<string> seen = [];
        foreach (OvsPort port in node.State.OvsPorts.Where(port => port.Type == "patch")
            .OrderBy(port => Rank(node, port.Bridge)).ThenBy(port => port.Device, StringComparer.Ordinal))
        {
            if (!seen.Add(port.Device))
                continue;
            OvsPort? peer = port.Peer.Length > 0 ? node.OvsPort(port.Peer) : null;
            if (peer is not null && peer.Peer == port.Device)
                seen.Add(peer.Device);
            yield return new TopologyPatch { Bridge = port.Bridge, Device = port.Device,
                PeerBridge = peer?.Bridge ?? "", Peer = port.Peer };
        }
    }
}
