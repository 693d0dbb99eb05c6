namespace QuantumNet.Topology;

/// <summary>The bridge of a physical network on a node, and how it hangs on br-int.</summary>
/// <param name="Name">The bridge.</param>
/// <param name="Near">The port of br-int that leads to it (<c>int-br-X</c>); null when absent.</param>
/// <param name="Far">The port of the bridge that leads to br-int (<c>phy-br-X</c>); null when absent.</param>
internal sealed record PhysicalBridge(string Name, OvsPort? Near, OvsPort? Far)
{
    /// <summary>Whether both ends are there and, being patch ports, name each other.</summary>
    public bool IsJoined => Near is { Error: "" } && Far is { Error: "" }
        && (Near.Type != "patch" || (Near.Peer == Far.Device && Far.Peer == Near.Device));

    /// <summary>The ports that lead out of the node: neither patch nor internal, nor a veth to br-int,
    /// nor an instance's.</summary>
    public IEnumerable<OvsPort> Uplinks(NodeView node) =>
        node.PortsOf(Name).Where(port => port.Type is not ("patch" or "internal")
            && !NodeView.IsTunnel(port) && port.PortId.Length == 0 && port.Device != Far?.Device && port.Device != Name
            && port.Error.Length == 0);

    /// <summary>The other end of the veth pair that joins a physical bridge to br-int, where they are joined so; null
    /// for any other port.</summary>
    public static OvsPort? VethPeer(NodeView node, OvsPort port)
    {
        foreach (PhysicalBridge bridge in node.PhysicalBridges.Where(one => one is { IsJoined: true,
            Near.Type: not "patch" }))
        {
            if (port.Device == bridge.Near!.Device || port.Device == bridge.Far!.Device)
                return port.Device == bridge.Near.Device ? bridge.Far : bridge.Near;
        }
        return null;
    }

    /// <summary>The bridges that hang on br-int and are not the tunnels'.</summary>
    public static IReadOnlyList<PhysicalBridge> AllOf(NodeView node)
    {
        List<PhysicalBridge> found = [];
        foreach (OvsPort near in node.PortsOf(node.IntegrationBridge))
        {
            if (FarEnd(node, near) is { } far && far.Bridge != node.IntegrationBridge && far.Bridge != node.TunnelBridge
                && !found.Exists(bridge => bridge.Name == far.Bridge))
                found.Add(new PhysicalBridge(far.Bridge, near, far));
        }
        foreach (OvsPort far in node.State.OvsPorts)
        {
            // A pair of which one end is gone.
            bool alone = far.Bridge != node.IntegrationBridge && far.Bridge != node.TunnelBridge
                && far.Bridge.Length > 0 && !found.Exists(bridge => bridge.Name == far.Bridge)
                && (far.Type == "patch" || far.Device == "phy-" + far.Bridge);
            if (alone)
                found.Add(new PhysicalBridge(far.Bridge, node.PortsOf(node.IntegrationBridge)
                    .FirstOrDefault(port => port.Peer == far.Device || port.Device == "int-" + far.Bridge), far));
        }
        return found;
    }

    /// <summary>The other end of a port of br-int: the patch port that it names or that names it,
    /// the other end of its veth pair; where no device tells the pair, the names that the agent gives both ends
    /// (setup_physical_bridges).</summary>
    private static OvsPort? FarEnd(NodeView node, OvsPort near)
    {
        if (near.Type == "patch")
            return node.OvsPort(near.Peer)
                ?? node.State.OvsPorts.Find(port => port.Type == "patch" && port.Peer == near.Device);
        if (near.Type.Length > 0)
            return null;
        if (node.Link(near.Device) is { Parent.Length: > 0 } link && node.OvsPort(link.Parent) is { } peer)
            return peer;
        return near.Device.Split('-', 2) is ["int", var bridge] && node.OvsPort("phy-" + bridge) is { } named
            && named.Bridge == bridge ? named : null;
    }

    /// <summary>What the wire calls a local VLAN, by the flow of br-int that takes it in from a physical bridge:
    /// a VLAN, 0 for untagged; null when no flow tells.</summary>
    public static long? SegmentOf(NodeView node, int tag) =>
        node.FlowsOf(node.IntegrationBridge).VlanToVlan
            .Find(flow => flow.Segment == tag && flow.Flow.Find("in_port") is not null)?.Vlan;
}
