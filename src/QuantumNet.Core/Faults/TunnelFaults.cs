namespace QuantumNet.Faults;

/// <summary>The faults of tunnels and physical networks.</summary>
internal static class TunnelFaults
{
    public static CheckInfo TunnelMissing { get; } = new()
    {
        Code = "QN5001",
        Title = "Tunnel to the other node is missing",
        Layer = "Tunnel",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort", "NodeLink"],
        Explains = ["QN5009", "QN5010"],
        Remedy = "Restart the OVS agent on the node: it sets up its tunnel ports again.",
        Reference = "LP#1460164",
    };

    public static CheckInfo TunnelHasWrongAddress { get; } = new()
    {
        Code = "QN5002",
        Title = "Tunnel has a wrong address",
        Layer = "Tunnel",
        Scope = FaultScope.Path,
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort", "NodeLink"],
        Explains = ["QN5001", "QN5003", "QN5010"],
        Remedy = "Correct local_ip in the OVS agent's file on the node whose address is wrong, and restart its agent.",
        Reference = "LP#1408603, LP#1464178",
    };

    public static CheckInfo TunnelStale { get; } = new()
    {
        Code = "QN5003",
        Title = "Tunnel leads to no other node, or twice to one",
        Layer = "Tunnel",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Needs = ["OvsPort", "NodeLink", "record:agent"],
        Remedy = "Delete the port (ovs-vsctl del-port br-tun DEVICE); where it comes back, delete the address that the "
            + "server keeps of a node that is gone (its ml2_*_endpoints tables).",
        Reference = "LP#1179223, LP#1381071, LP#1276629, LP#2084446",
    };

    public static CheckInfo InboundFlowMissing { get; } = new()
    {
        Code = "QN5006",
        Title = "Inbound flow for the network is missing",
        Layer = "Tunnel",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["OvsFlow", "OvsPort"],
        Remedy = "Restart the OVS agent on the node: it reinstalls the network's flows.",
        Reference = "agent: provision_local_vlan",
    };

    public static CheckInfo UnicastFlowMissing { get; } = new()
    {
        Code = "QN5007",
        Title = "Inbound unicast flow for the MAC is missing",
        Layer = "Tunnel",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["OvsFlow", "OvsPort"],
        Remedy = "Restart the OVS agent on the node: it reinstalls the flow for each MAC.",
        Reference = "LP#1044565",
    };

    public static CheckInfo WrongKey { get; } = new()
    {
        Code = "QN5008",
        Title = "Outbound flow is missing or sets a wrong tunnel key",
        Layer = "Tunnel",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["OvsFlow", "OvsPort"],
        Remedy = "Restart the OVS agent on the node: it reinstalls the network's flows.",
        Reference = "agent: provision_local_vlan",
    };

    public static CheckInfo KeyNotFromFlows { get; } = new()
    {
        Code = "QN5009",
        Title = "Tunnel key does not come from flows",
        Layer = "Tunnel",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort"],
        Remedy = "Set it (ovs-vsctl set interface DEVICE options:in_key=flow options:out_key=flow), or delete the "
            + "port and restart the OVS agent.",
    };

    public static CheckInfo FloodListLacksPeer { get; } = new()
    {
        Code = "QN5010",
        Title = "Flood list lacks the other node",
        Layer = "Tunnel",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["OvsFlow", "OvsPort"],
        Remedy = "Restart the OVS agent on the node; with l2population, check that the server knows the other node's "
            + "tunnel address.",
        Reference = "LP#1853613, LP#1789846",
    };

    public static CheckInfo UnicastLeadsElsewhere { get; } = new()
    {
        Code = "QN5012",
        Title = "Unicast flow leads to another node",
        Layer = "Tunnel",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["OvsFlow", "OvsPort"],
        Remedy = "Delete the flow (ovs-ofctl del-flows br-tun table=TABLE,dl_dst=MAC): the MAC is then learned again. "
            + "With l2population, restart the OVS agent on the node.",
        Reference = "LP#2123911, LP#1237841",
    };

    public static CheckInfo PhysicalNetworkUnwired { get; } = new()
    {
        Code = "QN5018",
        Title = "Physical network is not wired",
        Layer = "Tunnel",
        Scope = FaultScope.Path,
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort", "OvsFlow", "NodeLink"],
        Remedy = "Check bridge_mappings and the bridge's uplink on the node, then restart the OVS agent.",
        Reference = "agent: 'Cannot provision VLAN network ... no bridge for physical_network'",
    };

    /// <summary>QN5018 where an uplink carries nothing.</summary>
    public static CheckInfo UplinkDown { get; } = PhysicalNetworkUnwired with
    {
        Needs = ["OvsPort", "NodeLink"],
        Remedy = "Set the uplink up (ip link set DEVICE up); "
            + "where it has no carrier, look at cable, bond and switch port. Errors: ethtool -S DEVICE.",
    };

    /// <summary>QN5018 where a switch between the nodes drops the VLAN.</summary>
    public static CheckInfo WireUntrunked { get; } = PhysicalNetworkUnwired with
    {
        Needs = ["Trace"],
        Remedy = "Trunk the VLAN on the switch ports of both nodes; "
            + "where the nodes are virtual machines, allow promiscuous mode as well (QN2007).",
    };

    public static CheckInfo UnderlayLost { get; } = new()
    {
        Code = "QN5019",
        Title = "Underlay does not reach the other node",
        Layer = "Tunnel",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["NodeLink"],
        Explains = ["QN5020"],
        Remedy = "Set the device up (ip link set DEVICE up); look at the route to the other node (ip route get "
            + "ADDRESS), at cable, bond and switch, and at firewalls between.",
    };

    public static CheckInfo WireDrops { get; } = new()
    {
        Code = "QN5020",
        Title = "The network between the nodes drops tunnelled packets",
        Layer = "Tunnel",
        Scope = FaultScope.Path,
        Severity = CheckSeverity.Error,
        Needs = ["Trace"],
        Remedy = "Let protocol 47 (GRE), UDP 4789 or 8472 (VXLAN) or 6081 (Geneve) pass between the nodes' tunnel "
            + "addresses: switches, firewalls, the cloud beneath.",
    };

    public static CheckInfo MtuTooSmall { get; } = new()
    {
        Code = "QN5021",
        Title = "MTU is too small for full packets of the network",
        Layer = "Tunnel",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Needs = ["NodeLink", "record:network"],
        Remedy = "Raise the MTU of the device (ip link set DEVICE mtu ..., and of the underlay's switches), or lower "
            + "that of the networks (global_physnet_mtu, path_mtu) and restart their instances.",
        Reference = "LP#1671634, LP#1649845, LP#1590397",
    };

    public static CheckInfo DatapathDisagrees { get; } = new()
    {
        Code = "QN5023",
        Title = "Open vSwitch loses what its flows let pass",
        Layer = "Tunnel",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["Trace"],
        Remedy = "Look at 'ovs-appctl dpctl/show' (lost), 'ovs-appctl dpctl/dump-flows' and offload settings; "
            + "restarting openvswitch-switch clears stale datapath flows.",
    };

    public static CheckInfo FloodTooLong { get; } = new()
    {
        Code = "QN5024",
        Title = "Flood flow is too long for the datapath",
        Layer = "Tunnel",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Needs = ["OvsFlow", "AgentLog"],
        Remedy = "Let l2population keep the flood list to the nodes that hold the network, or split the mesh; see "
            + "'ovs-appctl coverage/show' and the kernel's log for 'Flow action size'.",
        Reference = "net/openvswitch/flow_netlink.c: 'Flow action size %u bytes exceeds max'",
    };

    public static IReadOnlyList<CheckInfo> All { get; } =
    [
        TunnelMissing, TunnelHasWrongAddress, TunnelStale, InboundFlowMissing, UnicastFlowMissing, WrongKey,
        KeyNotFromFlows, FloodListLacksPeer, UnicastLeadsElsewhere, PhysicalNetworkUnwired, UnderlayLost, WireDrops,
        MtuTooSmall, DatapathDisagrees, FloodTooLong,
    ];
}
