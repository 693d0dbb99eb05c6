using QuantumNet.Topology;

namespace QuantumNet.Paths;

/// <summary>How a packet crosses one Open vSwitch bridge: from a port to a port.</summary>
/// <param name="Node">The bridge's node.</param>
/// <param name="Bridge">The bridge.</param>
/// <param name="From">The port it comes in by; null when the bridge has none such.</param>
/// <param name="To">The port it must leave by; null when the bridge has none such.</param>
internal sealed record BridgeCrossing(NodeView Node, string Bridge, OvsPort? From, OvsPort? To)
{
    /// <summary>VLAN it comes with; 0 for none.</summary>
    public int Vlan { get; init; }

    /// <summary>Tunnel key it comes with; 0 for none.</summary>
    public long Key { get; init; }

    /// <summary>VLAN it must leave with; null when any will do.</summary>
    public int? WantedVlan { get; init; }

    /// <summary>Tunnel key it must leave with; null when any will do.</summary>
    public long? WantedKey { get; init; }

    /// <summary>The integration bridge of an end, towards the other end or from there. Towards a tunnel, and towards a
    /// physical network, packets bear the local VLAN; from a physical network they come with the wire's. What is behind
    /// the end takes no tagged ones.</summary>
    public static BridgeCrossing Integration(DhcpLeg leg, LegEnd end, NodeView node, DhcpDirection direction)
    {
        OvsPort? exit = leg.IsOneNode ? end.Sends == DhcpDirection.Request ? leg.ServerPort : leg.ComputePort
            : leg.IsPhysical ? PhysicalBridges.Find(leg, node)?.Near
            : leg.IsTunnelled ? PatchToTunnels(node) : null;
        int? local = leg.IsOneNode ? null : LocalVlans.Expected(leg, end, node);
        return direction == end.Sends
            ? new(node, node.IntegrationBridge, end.Port, exit) { WantedVlan = local }
            : new(node, node.IntegrationBridge, exit, end.Port)
            {
                Vlan = leg.IsOneNode ? 0 : leg.IsPhysical ? (int)(leg.Segment ?? 0) : local ?? 0,
                WantedVlan = 0,
            };
    }

    /// <summary>The tunnel bridge of an end's node, from br-int to the tunnel to the peer or back.</summary>
    public static BridgeCrossing Tunnel(
        DhcpLeg leg, LegEnd end, LegEnd peer, NodeView node, DhcpDirection direction, long segment)
    {
        OvsPort? patch = PatchToTunnels(node) is { } near ? node.OvsPort(near.Peer) : null;
        OvsPort? tunnel = TunnelMesh.To(leg, end, peer);
        int? local = LocalVlans.Expected(leg, end, node);
        return direction == end.Sends
            ? new(node, node.TunnelBridge, patch, tunnel) { Vlan = local ?? 0, WantedKey = segment }
            : new(node, node.TunnelBridge, tunnel, patch) { Key = segment, WantedVlan = local };
    }

    /// <summary>The bridge of the leg's physical network on an end's node, from br-int to the wire or back.</summary>
    public static BridgeCrossing Physical(
        DhcpLeg leg, LegEnd end, PhysicalBridge bridge, NodeView node, DhcpDirection direction, long segment)
    {
        OvsPort? uplink = bridge.Uplinks(node).FirstOrDefault();
        return direction == end.Sends
            ? new(node, bridge.Name, bridge.Far, uplink)
            {
                Vlan = LocalVlans.Expected(leg, end, node) ?? 0, WantedVlan = (int)segment,
            }
            : new(node, bridge.Name, uplink, bridge.Far) { Vlan = (int)segment };
    }

    /// <summary>The port of br-int that leads to the tunnel bridge; null when there is none.</summary>
    public static OvsPort? PatchToTunnels(NodeView node) => node.PortsOf(node.IntegrationBridge)
        .FirstOrDefault(port => port.Type == "patch" && node.OvsPort(port.Peer)?.Bridge == node.TunnelBridge);
}
