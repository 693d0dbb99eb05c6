using QuantumNet.Topology;

namespace QuantumNet.Paths;

/// <summary>The flows that tie a leg's segment to a local VLAN on a node.</summary>
internal static class LocalVlans
{
    /// <summary>The bridges that hold them.</summary>
    public static IEnumerable<string> BridgesOf(DhcpLeg leg, NodeView node) =>
        leg.IsTunnelled ? node.TunnelBridge.Length > 0 ? [node.TunnelBridge] : []
        : PhysicalBridges.Find(leg, node) is { } physical ? [node.IntegrationBridge, physical.Name]
        : [node.IntegrationBridge];

    /// <summary>Those flows, both ways; Vlan is the local one.</summary>
    public static IEnumerable<SegmentFlow> Of(DhcpLeg leg, NodeView node)
    {
        if (leg.IsPhysical)
            return PhysicalBridges.Inbound(leg, node).Concat(PhysicalBridges.Outbound(leg, node));
        BridgeFlows flows = node.FlowsOf(node.TunnelBridge);
        return flows.FromTunnel.Concat(flows.ToTunnel).Where(flow => flow.Segment == leg.Segment);
    }

    /// <summary>The local VLAN that a node maps the leg's segment to: the end's own where a flow agrees, else the one
    /// that the flows tell. Where they tell none, the end's own; null where it has none either.</summary>
    public static int? Expected(DhcpLeg leg, LegEnd end, NodeView node)
    {
        int? own = end.Port?.Tag;
        SegmentFlow? other = null;
        foreach (SegmentFlow flow in leg.Segment is null ? [] : Of(leg, node))
        {
            if (flow.Vlan == own)
                return own;
            other ??= flow;
        }
        return other?.Vlan ?? own;
    }
}
