using QuantumNet.Topology;

namespace QuantumNet.Comparison;

/// <summary>Which network each local VLAN of a node stands for: by the flows that translate it, and where none does, by
/// the tags of the network's ports. A port whose tag is another's is told by that.</summary>
internal static class NetworkVlans
{
    /// <summary>A node's.</summary>
    public static Dictionary<int, string> Of(CloudView cloud, NodeView node, IEnumerable<LocalPort> ports)
    {
        Dictionary<int, string> known = [];
        ILookup<long, string> networks = cloud.Records.Networks.Where(one => one.SegmentationId is not null)
            .ToLookup(one => (long)one.SegmentationId!.Value, one => one.NetworkId);
        foreach ((int vlan, long segment) in Translations(node))
        {
            if (vlan > 0 && networks[segment].FirstOrDefault() is { } network)
                known.TryAdd(vlan, network);
        }
        HashSet<string> told = [.. known.Values];
        foreach (LocalPort port in ports)
        {
            if (port is { Tag: int tag, NetworkId.Length: > 0 } && !told.Contains(port.NetworkId))
                known.TryAdd(tag, port.NetworkId);
        }
        return known;
    }

    private static IEnumerable<(int Vlan, long Segment)> Translations(NodeView node)
    {
        BridgeFlows tunnels = node.FlowsOf(node.TunnelBridge);
        foreach (SegmentFlow flow in tunnels.FromTunnel.Concat(tunnels.ToTunnel))
            yield return (flow.Vlan, flow.Segment);
        // br-int takes in the wire's VLAN, the physical bridge lets it out.
        foreach (SegmentFlow flow in node.FlowsOf(node.IntegrationBridge).VlanToVlan)
            yield return ((int)flow.Segment, flow.Vlan);
        foreach (SegmentFlow flow in node.PhysicalBridges.SelectMany(bridge => node.FlowsOf(bridge.Name).VlanToVlan))
            yield return (flow.Vlan, flow.Segment);
    }
}
