using QuantumNet.Topology;

namespace QuantumNet.Paths;

/// <summary>A physical network and the bridge that an agent maps it to.</summary>
internal readonly record struct BridgeMapping(string Network, string Bridge);

/// <summary>Finds the bridges of VLAN and flat networks, and the flows that translate between their VLANs and the local
/// ones (ovs_quantum_agent.py and ovs_neutron_agent.py: provision_local_vlan, setup_physical_bridges).</summary>
internal static class PhysicalBridges
{
    /// <summary>The bridge of the leg's physical network on a node:
    /// the one whose flows carry the network's segment, else the one that is mapped, else the only one there is;
    /// null when the node has none, or none of these tells which.</summary>
    public static PhysicalBridge? Find(DhcpLeg leg, NodeView node)
    {
        List<PhysicalBridge> carrying = Carrying(leg, node);
        if (carrying.Count == 1)
            return carrying[0];
        string network = leg.Network?.PhysicalNetwork ?? "";
        if (MappingsOf(leg, node.Name)
            ?.Find(mapping => network.Length > 0 && mapping.Network == network) is { Bridge: { Length: > 0 } name })
            return node.PhysicalBridges.FirstOrDefault(bridge => bridge.Name == name)
                ?? new PhysicalBridge(name, null, null);
        return node.PhysicalBridges.Count == 1 ? node.PhysicalBridges[0] : null;
    }

    /// <summary>Flows of br-int that turn the wire's VLAN into a local one; Segment is the wire's.</summary>
    public static IEnumerable<SegmentFlow> Inbound(DhcpLeg leg, NodeView node) =>
        Inbound(leg, node, Find(leg, node)?.Near);

    /// <summary>Flows of the physical bridge that turn a local VLAN into the wire's.</summary>
    public static IEnumerable<SegmentFlow> Outbound(DhcpLeg leg, NodeView node) =>
        Find(leg, node) is { } bridge ? Outbound(leg, node, bridge) : [];

    /// <summary>Which bridge a node's agent maps each physical network to, by its file or its record;
    /// null when neither was read.</summary>
    public static List<BridgeMapping>? MappingsOf(DhcpLeg leg, string nodeName)
    {
        string? setting = leg.Cloud.Node(nodeName)?.Config("bridge_mappings")?.Value;
        string[] records = [.. leg.Cloud.AgentsOf(nodeName).SelectMany(agent => agent.BridgeMappings)];
        if (setting is null && records.Length == 0)
            return null;
        List<BridgeMapping> mappings = [];
        foreach (string mapping in (setting ?? "").Split(',').Concat(records))
        {
            if (mapping.Split(':') is [var network, var bridge])
                mappings.Add(new(network.Trim(), bridge.Trim()));
        }
        return mappings;
    }

    private static List<PhysicalBridge> Carrying(DhcpLeg leg, NodeView node)
    {
        if (leg.Segment is null || node.PhysicalBridges.Count == 0)
            return [];
        List<PhysicalBridge> carrying = [.. node.PhysicalBridges.Where(bridge => Flows(leg, node, bridge).Any())];
        // Two flat networks are both untagged on their wires: then the local VLAN tells.
        return carrying.Count < 2 || TagOn(leg, node) is not int tag ? carrying
            : carrying.FindAll(bridge => Flows(leg, node, bridge).Any(flow => flow.Vlan == tag));
    }

    // A number that nothing resolves may be any bridge's port: only a flow of the bridge itself,
    // or one that names or numbers its port, tells.
    private static IEnumerable<SegmentFlow> Flows(DhcpLeg leg, NodeView node, PhysicalBridge bridge) =>
        Outbound(leg, node, bridge)
            .Concat(bridge.Near is not { } near ? []
                : Inbound(leg, node, near).Where(flow => FlowRoles.IsFrom(flow.Flow, near.Device, near.OfPort)));

    private static int? TagOn(DhcpLeg leg, NodeView node) =>
        node == leg.Compute ? leg.ComputePort?.Tag : leg.ServerPort?.Tag;

    private static IEnumerable<SegmentFlow> Inbound(DhcpLeg leg, NodeView node, OvsPort? near) =>
        node.FlowsOf(node.IntegrationBridge).VlanToVlan
            .Where(flow => flow.Vlan == leg.Segment && MayComeFrom(flow.Flow, near))
            .Select(flow => new SegmentFlow((int)flow.Segment, flow.Vlan, flow.Flow));

    private static IEnumerable<SegmentFlow> Outbound(DhcpLeg leg, NodeView node, PhysicalBridge bridge) =>
        node.FlowsOf(bridge.Name).VlanToVlan
            .Where(flow => flow.Segment == leg.Segment && MayComeFrom(flow.Flow, bridge.Far));

    // A flow may name the port as well as number it; where no number is known, a number may be the port's.
    private static bool MayComeFrom(OvsFlow flow, OvsPort? port) =>
        port is null || flow.Find("in_port") is not { } input
        || FlowRoles.IsFrom(flow, port.Device, port.OfPort)
        || (port.OfPort is null && FlowRoles.Number(input.Value) is not null);
}
