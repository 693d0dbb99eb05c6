namespace QuantumNet.Faults;

/// <summary>The codes that only packets show, or that packets show best.</summary>
internal static class TraceFaults
{
    public static CheckInfo ForeignMac { get; } = Info("QN1014",
        "The instance asks with another MAC than its port has", "ControlPlane",
        "Give the port the guest's MAC, or the guest its own back; "
            + "see the port's MAC in the control plane and 'ip link' in the guest.");

    public static CheckInfo NicSecurity { get; } = Info("QN2007",
        "The NIC or virtual switch drops the instances' MACs", "Devices",
        "Allow promiscuous mode and forged transmits on the NIC's port where the nodes are virtual machines.");

    public static CheckInfo RogueServer { get; } = Info("QN3005",
        "A DHCP server answers that is none of the network's", "Iptables",
        "Find whose MAC the answers come from, and block it: port security keeps instances from answering DHCP.");

    public static CheckInfo WrongKey { get; } = Info("QN5008",
        "Outbound flow is missing or sets a wrong tunnel key", "Tunnel",
        "Restart the OVS agent on the sending node, and compare its flow's key with the network's segmentation id.");

    public static CheckInfo WireUntrunked { get; } = Info("QN5018", "Physical network is not wired", "Tunnel",
        "Trunk the VLAN on the switch ports of both nodes; "
            + "where the nodes are virtual machines, allow promiscuous mode as well (QN2007).");

    public static CheckInfo WireDrops { get; } = Info("QN5020",
        "The network between the nodes drops tunnelled packets", "Tunnel",
        "Let protocol 47 (GRE), UDP 4789 or 8472 (VXLAN) or 6081 (Geneve) pass between the nodes' tunnel addresses: "
            + "switches, firewalls, the cloud beneath.");

    public static CheckInfo DatapathDisagrees { get; } = Info("QN5023",
        "Open vSwitch loses what its flows let pass", "Tunnel",
        "Look at 'ovs-appctl dpctl/show' (lost), 'ovs-appctl dpctl/dump-flows' and offload settings; "
            + "restarting openvswitch-switch clears stale datapath flows.");

    public static CheckInfo Refused { get; } = Info("QN6011",
        "The DHCP server refuses the address the instance asks for", "DhcpServer",
        "Compare the server's leases and hosts files with the port's address, MAC and client id.");

    public static CheckInfo RefusedBySecond { get; } = Info("QN6012",
        "A second DHCP server refuses what the first one gave", "DhcpServer",
        "Run dnsmasq without --dhcp-authoritative where two agents serve one network, or serve it with one.");

    public static CheckInfo BadChecksum { get; } = Info("QN6020",
        "Replies reach the instance with a bad UDP checksum", "DhcpServer",
        "Fill it in: 'iptables -t mangle -A POSTROUTING -p udp --dport 68 -j CHECKSUM --checksum-fill' in the DHCP "
            + "namespace, or switch tx offload off on the DHCP device.");

    public static CheckInfo UnicastReply { get; } = Info("QN6021",
        "The client wants a broadcast reply and gets a unicast one", "DhcpServer",
        "Run dnsmasq with --dhcp-broadcast for such clients (dhcp_broadcast_reply in dhcp_agent.ini).");

    public static CheckInfo AsksAgain { get; } = Info("QN7002", "The guest gets its lease and asks again",
        "Guest", CheckSeverity.Warning,
        "Read the guest's console and its client's log: "
            + "it does not keep the address (cloud-init, persistent device names, a second client).");

    public static CheckInfo IgnoresReply { get; } = Info("QN7003", "The guest ignores good replies", "Guest",
        "Replies reach the tap unharmed: look inside the guest, at its firewall, its client's log and its interface.");

    public static IReadOnlyList<CheckInfo> All { get; } =
    [
        ForeignMac, NicSecurity, RogueServer, WrongKey, WireUntrunked, WireDrops, DatapathDisagrees,
        Refused, RefusedBySecond, BadChecksum, UnicastReply, AsksAgain, IgnoresReply,
    ];

    private static CheckInfo Info(string code, string title, string layer, string remedy) =>
        Info(code, title, layer, CheckSeverity.Error, remedy);

    private static CheckInfo Info(string code, string title, string layer, CheckSeverity severity, string remedy) =>
        new() { Code = code, Title = title, Layer = layer, Severity = severity, Remedy = remedy, Needs = ["Trace"] };
}
