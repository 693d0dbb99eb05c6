namespace QuantumNet.Topology;

/// <summary>A flow that maps between a local VLAN and a segment (tunnel key or provider VLAN).</summary>
/// <param name="Vlan">Local VLAN.</param>
/// <param name="Segment">Tunnel key, or VLAN on the wire; 0 for untagged.</param>
/// <param name="Flow">The flow.</param>
internal sealed record SegmentFlow(int Vlan, long Segment, OvsFlow Flow);

/// <summary>One bridge's flows, sorted by what they do to VLANs and tunnel keys.</summary>
internal sealed class BridgeFlows
{
    private readonly Dictionary<string, List<OvsFlow>> _toMac = new(StringComparer.OrdinalIgnoreCase);

    public BridgeFlows(IEnumerable<OvsFlow> flows)
    {
        foreach (OvsFlow flow in flows)
            Sort(flow);
    }

    /// <summary>How many flows there are.</summary>
    public int Count { get; private set; }

    /// <summary>VLAN to tunnel key: what leaves the node.</summary>
    public List<SegmentFlow> ToTunnel { get; } = [];

    /// <summary>Tunnel key to VLAN: what comes in.</summary>
    public List<SegmentFlow> FromTunnel { get; } = [];

    /// <summary>VLAN to VLAN, or to and from untagged: what bridges of physical networks do;
    /// Vlan is matched, Segment is set.</summary>
    public List<SegmentFlow> VlanToVlan { get; } = [];

    /// <summary>Flows that hand DHCP requests to the agent (its <c>dhcp</c> extension;
    /// br-int table 77 today).</summary>
    public List<OvsFlow> DhcpToController { get; } = [];

    /// <summary>Flows that drop everything from one port.</summary>
    public List<OvsFlow> PortDrops { get; } = [];

    /// <summary>Flows that send one MAC's frames out with a tunnel key: learned, or written by l2population.</summary>
    public IReadOnlyList<OvsFlow> ToMac(string mac) => _toMac.TryGetValue(mac, out List<OvsFlow>? flows) ? flows : [];

    private void Sort(OvsFlow flow)
    {
        Count++;
        if (!MayHaveRole(flow))
            return;
        int? vlan = FlowRoles.VlanMatched(flow);
        long? key = FlowRoles.TunnelKeyMatched(flow);
        if (key is long inKey && FlowRoles.VlanSet(flow) is int inVlan)
            FromTunnel.Add(new SegmentFlow(inVlan, inKey, flow));
        else if (vlan is int outVlan && FlowRoles.TunnelKeySet(flow) is long outKey)
            ToTunnel.Add(new SegmentFlow(outVlan, outKey, flow));
        else if (vlan is int from)
            AddVlanChange(flow, from);
        if (FlowRoles.Drops(flow) && flow.Find("in_port") is not null)
            PortDrops.Add(flow);
        if (IsDhcpToController(flow))
            DhcpToController.Add(flow);
        if (flow.Find("dl_dst") is { Mask.Length: 0 } destination && FlowRoles.TunnelKeySet(flow) is not null)
            AddToMac(flow, destination.Value);
    }

    // Most flows of a big bridge have none, and taking a flow apart costs more than these looks at its text.
    private static bool MayHaveRole(OvsFlow flow) => flow.MayHold("vlan"u8) || flow.MayHold("VLAN"u8)
        || flow.MayHold("tun"u8) || flow.MayHold("TUN"u8) || flow.MayDrop
        || flow.MayHold("controller"u8) || flow.MayHold("CONTROLLER"u8);

    private void AddToMac(OvsFlow flow, string mac)
    {
        if (!_toMac.TryGetValue(mac, out List<OvsFlow>? flows))
            _toMac[mac] = flows = [];
        flows.Add(flow);
    }

    private void AddVlanChange(OvsFlow flow, int from)
    {
        if (FlowRoles.VlanSet(flow) is int to)
            VlanToVlan.Add(new SegmentFlow(from, to, flow));
        else if (Array.Exists(flow.ActionList, action => action.Name is "strip_vlan" or "pop_vlan"))
            VlanToVlan.Add(new SegmentFlow(from, 0, flow));
    }

    private static bool IsDhcpToController(OvsFlow flow) =>
        (flow.Find("tp_dst") ?? flow.Find("udp_dst")) is { Value: "67" or "0x43" }
        && Array.Exists(flow.ActionList,
            action => action.Name.Equals("controller", StringComparison.OrdinalIgnoreCase));
}
