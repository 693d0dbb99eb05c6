namespace QuantumNet.Faults;

/// <summary>The faults of filters of packets.</summary>
internal static class IptablesFaults
{
    public static CheckInfo PortChainsMissing { get; } = new()
    {
        Code = "QN3001",
        Title = "Security group chains of the port are missing",
        Layer = "Iptables",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["Iptables"],
        Explains = ["QN3002", "QN3003"],
        Remedy = "Restart the OVS agent on the node: it reinstalls all chains. Then find what flushed them "
            + "(firewalld, iptables -F).",
        Reference = "firewalld/firewalld#863, #779",
    };

    public static CheckInfo InputChainDrops { get; } = new()
    {
        Code = "QN3002",
        Title = "The port's input chain drops DHCP replies",
        Layer = "Iptables",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["Iptables"],
        Remedy = "Restart the OVS agent on the node: it reinstalls the rule for each DHCP server's address.",
        Reference = "LP#1103840, LP#1431248",
    };

    public static CheckInfo OutputChainDrops { get; } = new()
    {
        Code = "QN3003",
        Title = "The port's output chain drops DHCP requests",
        Layer = "Iptables",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["Iptables"],
        Remedy = "Restart the OVS agent on the node: 'udp 68 to 67 RETURN' must stand before the anti-spoofing DROP.",
        Reference = "LP#1558658",
    };

    public static CheckInfo ConnectionFiltered { get; } = new()
    {
        Code = "QN3014",
        Title = "The port's filter drops connections to the instance",
        Layer = "Iptables",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["Iptables", "OvsFlow"],
        Remedy = "Allow it: 'openstack security group rule create --ingress --protocol tcp --dst-port PORT GROUP'. "
            + "Where a rule allows it already, restart the OVS agent on the node: it reinstalls the rules.",
    };

    public static CheckInfo RogueServer { get; } = new()
    {
        Code = "QN3005",
        Title = "A DHCP server answers that is none of the network's",
        Layer = "Iptables",
        Scope = FaultScope.Network,
        Severity = CheckSeverity.Error,
        Needs = ["Trace"],
        Remedy = "Find whose MAC the answers come from, and block it: port security keeps instances from answering "
            + "DHCP.",
    };

    public static CheckInfo WrongFirewallDriver { get; } = new()
    {
        Code = "QN3006",
        Title = "Wrong firewall driver",
        Layer = "Iptables",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Needs = ["AgentConfig", "Iptables"],
        Explains = ["QN3001"],
        Remedy = "Correct firewall_driver in the OVS agent's file on the node and restart the agent.",
        Reference = "LP#1669074",
    };

    public static CheckInfo HostFirewallDropsTunnel { get; } = new()
    {
        Code = "QN3009",
        Title = "Host firewall drops tunnelled packets",
        Layer = "Iptables",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["Iptables", "Ip6tables", "Nftables", "OvsPort"],
        Remedy = "Accept the tunnel's protocol from the other nodes in INPUT before the quoted line (GRE: protocol "
            + "47; VXLAN: UDP 4789 or 8472; Geneve: UDP 6081; IPsec: UDP 500 and 4500, protocol 50), in the "
            + "firewall's own settings, so that it lasts.",
        Reference = "redhat-openstack/astapor#260",
    };

    public static IReadOnlyList<CheckInfo> All { get; } =
    [
        PortChainsMissing, InputChainDrops, OutputChainDrops, ConnectionFiltered, RogueServer, WrongFirewallDriver,
        HostFirewallDropsTunnel,
    ];
}
