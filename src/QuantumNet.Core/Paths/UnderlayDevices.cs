using QuantumNet.Topology;

namespace QuantumNet.Paths;

/// <summary>The devices through which a node's tunnelled or VLAN traffic leaves it.</summary>
internal static class UnderlayDevices
{
    /// <summary>The devices of a node towards a peer; none when not to be told.</summary>
    public static IReadOnlyList<string> Of(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node)
            return [];
        if (IsPhysical(leg, end))
            return PhysicalBridges.Find(leg, node) is { } physical
                ? [.. physical.Uplinks(node).Select(port => port.Device)] : [];
        string address = TunnelAddress(leg, end, peer, node);
        NodeLink? holder = node.LinksOf("")
            .FirstOrDefault(link => Array.IndexOf(link.Flags, "LOOPBACK") < 0 && HasAddress(link, address));
        if (holder is null)
            return [];
        // The address may stand on a bridge's own port, as Open vSwitch's userspace tunnels need it:
        // then the wire is behind that bridge.
        string[] uplinks = [.. UplinksOf(node, holder.Device)];
        return uplinks.Length > 0 ? uplinks : [holder.Device];
    }

    /// <summary>Whether frames leave through a physical bridge; where no record tells the network's type,
    /// a node without tunnels does so.</summary>
    public static bool IsPhysical(DhcpLeg leg, LegEnd end) => leg.IsPhysical
        || (leg.NetworkType.Length == 0 && end.Node is { } node && !node.Tunnels.Any()
            && PhysicalBridges.Find(leg, node) is not null);

    private static string TunnelAddress(DhcpLeg leg, LegEnd end, LegEnd peer, NodeView node)
    {
        if (TunnelMesh.To(leg, end, peer) is { LocalIp.Length: > 0 } tunnel)
            return tunnel.LocalIp;
        if (TunnelMesh.Of(node, leg.NetworkType).FirstOrDefault(port => port.LocalIp.Length > 0) is { } other)
            return other.LocalIp;
        if (node.Config("local_ip") is { } setting)
            return setting.Value;
        // Grizzly's tunnels name no local address: then it is the one that the peer's tunnel leads to.
        if (TunnelMesh.To(leg, peer, end) is { RemoteIp: { Length: > 0 } remote } && node.Addresses.Contains(remote))
            return remote;
        return leg.Cloud.AgentsOf(end.NodeName).FirstOrDefault(agent => agent.TunnelIp.Length > 0)?.TunnelIp ?? "";
    }

    private static bool HasAddress(NodeLink link, string address) => address.Length > 0
        && Array.Exists(link.Addresses, one => one.Split('/')[0].Equals(address, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> UplinksOf(NodeView node, string device)
    {
        OvsPort? own = node.OvsPort(device);
        string bridge = own?.Bridge ?? (node.Bridge(device) is not null ? device : "");
        return bridge.Length == 0 ? [] : node.PortsOf(bridge)
            .Where(port => port.Type is not ("internal" or "patch") && !NodeView.IsTunnel(port) && port.Device != bridge
                && port.Device != device && port.Error.Length == 0)
            .Select(port => port.Device);
    }
}
