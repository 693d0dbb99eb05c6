namespace QuantumNet.Paths;

/// <summary>The bridge of a physical network on a node, and how it hangs on br-int.</summary>
/// <param name="Name">The bridge.</param>
/// <param name="Near">The port of br-int that leads to it (<c>int-br-X</c>); null when absent.</param>
/// <param name="Far">The port of the bridge that leads to br-int (<c>phy-br-X</c>); null when absent.</param>
internal sealed record PhysicalBridge(string Name, OvsPort? Near, OvsPort? Far)
{
    /// <summary>Whether both ends are there and, being patch ports, name each other.</summary>
    public bool IsJoined => Near is { Error: "" } && Far is { Error: "" }
        && (Near.Type != "patch" || (Near.Peer == Far.Device && Far.Peer == Near.Device));

    /// <summary>The ports that lead out of the node: neither patch nor internal nor a veth to br-int.</summary>
    public IEnumerable<OvsPort> Uplinks(NodeView node) => node.PortsOf(Name)
        .Where(port => port.Type is not ("patch" or "internal") && port.Device != Far?.Device && port.Device != Name && port.Error.Length == 0);
}

/// <summary>Finds the bridges of VLAN and flat networks, and the flows that translate between their VLANs and the local ones
/// (ovs_quantum_agent.py and ovs_neutron_agent.py: provision_local_vlan, setup_physical_bridges).</summary>
internal static class PhysicalBridges
{
    /// <summary>The bridge of the leg's physical network on a node; null when the node has none.</summary>
    public static PhysicalBridge? Find(DhcpLeg leg, NodeView node)
    {
        string name = MappedBridge(leg, node);
        if (name.Length == 0)
            name = OnlyCandidate(node);
        return name.Length == 0 ? null : Describe(node, name);
    }

    /// <summary>Flows of br-int that turn the wire's VLAN into a local one; Segment is the wire's.</summary>
    public static IEnumerable<SegmentFlow> Inbound(DhcpLeg leg, NodeView node) => node.FlowsOf(node.IntegrationBridge).VlanToVlan
        .Where(flow => flow.Vlan == leg.Segment && MayComeFrom(flow.Flow, Find(leg, node)?.Near))
        .Select(flow => new SegmentFlow((int)flow.Segment, flow.Vlan, flow.Flow));

    /// <summary>Flows of the physical bridge that turn a local VLAN into the wire's.</summary>
    public static IEnumerable<SegmentFlow> Outbound(DhcpLeg leg, NodeView node) => Find(leg, node) is not { } bridge ? []
        : node.FlowsOf(bridge.Name).VlanToVlan.Where(flow => flow.Segment == leg.Segment && MayComeFrom(flow.Flow, bridge.Far));

    /// <summary>What the wire calls a local VLAN, by the flow of br-int that takes it in from a physical bridge: a VLAN, 0 for untagged; null when no flow tells.</summary>
    public static long? SegmentOf(NodeView node, int tag) =>
        node.FlowsOf(node.IntegrationBridge).VlanToVlan.Find(flow => flow.Segment == tag && flow.Flow.Find("in_port") is not null)?.Vlan;

    private static bool MayComeFrom(OvsFlow flow, OvsPort? port) =>
        flow.Find("in_port") is null || port is null or { OfPort: null } || FlowRoles.IsFrom(flow, port.Device, port.OfPort);

    private static string MappedBridge(DhcpLeg leg, NodeView node)
    {
        string network = leg.Network?.PhysicalNetwork ?? "";
        if (network.Length == 0)
            return "";
        IEnumerable<string> mappings = (node.Config("bridge_mappings")?.Value ?? "").Split(',')
            .Concat(leg.Cloud.Records.Agents.Where(agent => CloudView.SameHost(agent.ComputerName, node.Name)).SelectMany(agent => agent.BridgeMappings));
        foreach (string mapping in mappings)
        {
            string[] parts = mapping.Split(':');
            if (parts.Length == 2 && parts[0].Trim() == network)
                return parts[1].Trim();
        }
        return "";
    }

    private static string OnlyCandidate(NodeView node)
    {
        List<string> names = [.. node.State.OvsPorts.Where(port => port.Device.StartsWith("phy-", StringComparison.Ordinal)).Select(port => port.Bridge).Distinct()];
        return names.Count == 1 ? names[0] : "";
    }

    private static PhysicalBridge Describe(NodeView node, string name)
    {
        OvsPort? far = node.PortsOf(name).FirstOrDefault(port => port.Device == "phy-" + name)
            ?? node.PortsOf(name).FirstOrDefault(port => port.Type == "patch");
        OvsPort? near = node.PortsOf(node.IntegrationBridge).FirstOrDefault(port => port.Device == "int-" + name || (far is not null && port.Peer == far.Device));
        return new PhysicalBridge(name, near, far);
    }
}
