using System.Globalization;

namespace QuantumNet.Topology;

/// <summary>What carries a network between nodes.</summary>
/// <param name="Type"><c>gre</c>, <c>vxlan</c>, <c>geneve</c>, <c>vlan</c>, <c>flat</c>; empty when not known.</param>
/// <param name="Id">Tunnel key, or VLAN on the wire, 0 for untagged; null when not known.</param>
internal readonly record struct NetworkSegment(string Type, long? Id);

/// <summary>Which segment a local VLAN of a node stands for: the one home of that relation. Told by what Neutron's
/// agent notes in Port.other_config (<c>tag, net_uuid, network_type, physical_network, segmentation_id</c>;
/// ovs_neutron_agent.py, port_bound), and by the flows that translate between VLAN and segment.</summary>
internal static class LocalVlanMap
{
    /// <summary>Neutron's placeholder for ports that it could not wire (DEAD_VLAN_TAG).</summary>
    public const int DeadVlan = 4095;

    /// <summary>The port's local VLAN: its tag, or the tag that Neutron noted; not the dead VLAN,
    /// which is nobody's.</summary>
    public static int? TagOf(OvsPort port)
    {
        int? tag = port.Tag is null or DeadVlan ? Number(Note(port, "tag")) : port.Tag;
        return tag is DeadVlan ? null : tag;
    }

    /// <summary>A note of other_config; empty when there is none. Python's <c>None</c> is not a value.</summary>
    public static string Note(OvsPort port, string name)
    {
        foreach (string pair in port.OtherConfig)
        {
            if (pair.Length > name.Length && pair[name.Length] == '='
                && pair.StartsWith(name, StringComparison.Ordinal))
                return pair[(name.Length + 1)..] is var value && value != "None" ? value : "";
        }
        return "";
    }

    /// <summary>The segment that Neutron noted for a port.</summary>
    public static NetworkSegment Noted(OvsPort port) =>
        new(Note(port, "network_type"), Number(Note(port, "segmentation_id")));

    /// <summary>The segment that the flows of a node carry a local VLAN by.</summary>
    public static NetworkSegment ByFlows(NodeView node, int vlan)
    {
        SegmentFlow? tunnelled = node.TunnelBridge.Length == 0 ? null
            : node.FlowsOf(node.TunnelBridge).ToTunnel.Find(flow => flow.Vlan == vlan);
        if (tunnelled is not null)
            return new(node.Tunnels is [var tunnel, ..] ? tunnel.Type : "", tunnelled.Segment);
        return PhysicalBridge.SegmentOf(node, vlan) is long segment
            ? new(segment == 0 ? "flat" : "vlan", segment) : new("", null);
    }

    /// <summary>Which network each local VLAN of a node stands for, by the flows that translate it, whichever way;
    /// where two networks would have one VLAN, the first that is told.</summary>
    public static Dictionary<int, string> NetworksByFlows(CloudView cloud, NodeView node)
    {
        Dictionary<int, string> known = [];
        ILookup<(bool IsTunnelled, long Id), string> networks = cloud.Records.Networks
            .Where(one => one.SegmentationId is not null)
            .ToLookup(one => (TunnelTypes.IsOfNetwork(one.NetworkType), (long)one.SegmentationId!.Value),
                one => one.NetworkId);
        foreach ((int vlan, bool isTunnelled, long segment) in Translations(node))
        {
            if (vlan > 0 && networks[(isTunnelled, segment)].FirstOrDefault() is { } network)
                known.TryAdd(vlan, network);
        }
        return known;
    }

    private static IEnumerable<(int Vlan, bool IsTunnelled, long Segment)> Translations(NodeView node)
    {
        BridgeFlows tunnels = node.FlowsOf(node.TunnelBridge);
        foreach (SegmentFlow flow in tunnels.FromTunnel.Concat(tunnels.ToTunnel))
            yield return (flow.Vlan, true, flow.Segment);
        // br-int accepts the wire's VLAN, the physical bridge lets it out.
        foreach (SegmentFlow flow in node.FlowsOf(node.IntegrationBridge).VlanToVlan)
            yield return ((int)flow.Segment, false, flow.Vlan);
        foreach (SegmentFlow flow in node.PhysicalBridges.SelectMany(bridge => node.FlowsOf(bridge.Name).VlanToVlan))
            yield return (flow.Vlan, false, flow.Segment);
    }

    /// <summary>The local VLAN and the tunnel key that a flow translates between, whichever way;
    /// null when it does not.</summary>
    public static (int Vlan, int Key)? Translates(OvsFlow flow)
    {
        (int? vlan, long? key) = FlowRoles.TunnelKeyMatched(flow) is long from ? (FlowRoles.VlanSet(flow), from)
            : (FlowRoles.VlanMatched(flow), FlowRoles.TunnelKeySet(flow));
        return vlan is > 0 and int local && key is >= 0 and <= int.MaxValue and long id ? (local, (int)id) : null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
