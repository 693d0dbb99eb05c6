namespace QuantumNet.Faults;

/// <summary>The faults of the DHCP server and its namespace.</summary>
internal static class DhcpServerFaults
{
    public static CheckInfo NamespaceMissing { get; } = new()
    {
        Code = "QN6001",
        Title = "DHCP namespace is missing or unusable",
        Layer = "DhcpServer",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["NetworkNamespace"],
        Explains = ["QN2004", "QN6002", "QN6003", "QN6004", "QN6005", "QN6008", "QN5006", "QN5008"],
        Remedy = "Restart the DHCP agent on the node; delete the leftover file of an unusable namespace first (ip "
            + "netns delete NAME).",
        Reference = "LP#1561695, LP#1728642",
    };

    public static CheckInfo PortNotPlugged { get; } = new()
    {
        Code = "QN6002",
        Title = "DHCP server's port is not plugged right",
        Layer = "DhcpServer",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort", "OvsFlow", "NodeLink"],
        Explains = ["QN6004", "QN6005", "QN5006", "QN5008", "QN5018"],
        Remedy = "Restart the DHCP agent (device missing or down) or the OVS agent (tag) on the node.",
        Reference = "LP#1302312",
    };

    public static CheckInfo StaleDevice { get; } = new()
    {
        Code = "QN6003",
        Title = "Stale device in the DHCP namespace",
        Layer = "DhcpServer",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Needs = ["NodeLink"],
        Remedy = "Delete the stale port (ovs-vsctl del-port br-int DEVICE), then restart the DHCP agent.",
        Reference = "rcbops/chef-cookbooks#790, LP#2130885",
    };

    public static CheckInfo WrongAddress { get; } = new()
    {
        Code = "QN6004",
        Title = "DHCP server's address or MAC is wrong",
        Layer = "DhcpServer",
        Scope = FaultScope.Network,
        Severity = CheckSeverity.Error,
        Needs = ["NodeLink", "record:port"],
        Explains = ["QN3002", "QN6005"],
        Remedy = "Restart the DHCP agent on the node: it sets the address and MAC of its port again.",
        Reference = "LP#1841636, LP#1742355",
    };

    public static CheckInfo DnsmasqAbsent { get; } = new()
    {
        Code = "QN6005",
        Title = "dnsmasq does not run",
        Layer = "DhcpServer",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["Process", "Socket"],
        Remedy = "Read the DHCP agent's log and syslog on the node for why it ended, then restart the DHCP agent.",
        Reference = "LP#1849502, LP#1811126, LP#1538386",
    };

    public static CheckInfo DnsmasqRespawns { get; } = new()
    {
        Code = "QN6006",
        Title = "dnsmasq is started again and again",
        Layer = "DhcpServer",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Needs = ["DhcpServer"],
        // A look may fall between an end and a start.
        Explains = ["QN6005"],
        Remedy = "Read dnsmasq's last lines in syslog and the DHCP agent's log: they say why it ends.",
        Reference = "LP#1080846, LP#1155748",
    };

    public static CheckInfo DnsmasqTwice { get; } = new()
    {
        Code = "QN6007",
        Title = "Two dnsmasq serve one network on one node",
        Layer = "DhcpServer",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Needs = ["Process"],
        Remedy = "Kill the older one, then restart the DHCP agent so that its pid file is right.",
        Reference = "LP#1998621",
    };

    public static CheckInfo HostFileLacksPort { get; } = new()
    {
        Code = "QN6008",
        Title = "dnsmasq's host file lacks the port",
        Layer = "DhcpServer",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["DhcpHost"],
        Remedy = "Restart the DHCP agent on the node: it rewrites the file from all ports. Then read its log for lost "
            + "notifications.",
        Reference = "LP#1192381, LP#1645835",
    };

    public static CheckInfo AddressTwiceInHostFile { get; } = new()
    {
        Code = "QN6009",
        Title = "dnsmasq's host file has two lines for one address",
        Layer = "DhcpServer",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["DhcpHost"],
        Remedy = "Restart the DHCP agent on the node; if the line comes back, two ports have that address.",
        Reference = "LP#1732456, LP#1862315, LP#1913723",
    };

    public static CheckInfo HostFileNotRead { get; } = new()
    {
        Code = "QN6010",
        Title = "Host file is right, but dnsmasq has not read it",
        Layer = "DhcpServer",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["DhcpHost", "DhcpEvent"],
        Remedy = "Send dnsmasq the HUP signal (kill -HUP PID), or restart the DHCP agent.",
        Reference = "LP#1410982",
    };

    public static CheckInfo AddressRefused { get; } = new()
    {
        Code = "QN6011",
        Title = "The DHCP server refuses the address the instance asks for",
        Layer = "DhcpServer",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["DhcpLease", "DhcpHost", "DhcpEvent"],
        // dnsmasq refuses in the same words, whether it has not read the port's line or cannot use it.
        Explains = ["QN6010"],
        Remedy = "Compare the server's leases and hosts files with the port's address, MAC and client id.",
        Reference = "LP#1345947, LP#1806770",
    };

    public static CheckInfo RefusedBySecond { get; } = new()
    {
        Code = "QN6012",
        Title = "A second DHCP server refuses what the first one gave",
        Layer = "DhcpServer",
        Scope = FaultScope.Network,
        Severity = CheckSeverity.Error,
        Needs = ["Process", "DhcpEvent", "Trace"],
        Remedy = "Run dnsmasq without --dhcp-authoritative where two agents serve one network, or serve it with one.",
        Reference = "LP#1457900",
    };

    public static CheckInfo SystemFileRead { get; } = new()
    {
        Code = "QN6014",
        Title = "dnsmasq reads the system's dnsmasq.conf",
        Layer = "DhcpServer",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["Process", "DhcpConfig"],
        Remedy = "Set dnsmasq_config_file = /dev/null in dhcp_agent.ini and restart the DHCP agent, or take the quoted "
            + "settings out of /etc/dnsmasq.conf.",
        Reference = "LP#1896945",
    };

    public static CheckInfo TagOfNoRange { get; } = new()
    {
        Code = "QN6015",
        Title = "Options carry a tag that nothing sets",
        Layer = "DhcpServer",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Needs = ["Process", "DhcpOption", "DhcpHost"],
        Remedy = "Restart the DHCP agent on the node: it starts dnsmasq and writes the options file with the same "
            + "tags.",
        Reference = "LP#1848738",
    };

    public static CheckInfo DnsmasqTooOld { get; } = new()
    {
        Code = "QN6017",
        Title = "dnsmasq is older than the DHCP agent needs",
        Layer = "DhcpServer",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Needs = ["Process", "DhcpEvent", "AgentLog"],
        // Since Icehouse the agent ends, and nobody starts dnsmasq; an old one refuses newer arguments.
        Explains = ["QN6005"],
        Remedy = "Install a newer dnsmasq on the node (dnsmasq --version tells which there is), then restart the DHCP "
            + "agent.",
        Reference = "LP#1170793, LP#1233339",
    };

    public static CheckInfo BadChecksum { get; } = new()
    {
        Code = "QN6020",
        Title = "Replies reach the instance with a bad UDP checksum",
        Layer = "DhcpServer",
        Scope = FaultScope.Path,
        Severity = CheckSeverity.Error,
        Needs = ["Trace"],
        Remedy = "Fill it in: 'iptables -t mangle -A POSTROUTING -p udp --dport 68 -j CHECKSUM --checksum-fill' in "
            + "the DHCP namespace, or switch tx offload off on the DHCP device.",
    };

    public static CheckInfo UnicastReply { get; } = new()
    {
        Code = "QN6021",
        Title = "The client wants a broadcast reply and gets a unicast one",
        Layer = "DhcpServer",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["Trace"],
        Remedy = "Run dnsmasq with --dhcp-broadcast for such clients (dhcp_broadcast_reply in dhcp_agent.ini).",
    };

    public static CheckInfo NamespaceDropsRequests { get; } = new()
    {
        Code = "QN6022",
        Title = "iptables in the DHCP namespace drops requests",
        Layer = "DhcpServer",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["Iptables"],
        Remedy = "Delete the rule in the namespace (ip netns exec NAMESPACE iptables ...) and find who put it there.",
    };

    public static CheckInfo OtherFilesRead { get; } = new()
    {
        Code = "QN6025",
        Title = "dnsmasq reads other files than the agent writes",
        Layer = "DhcpServer",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["Process", "DhcpHost"],
        // What dnsmasq does not read it does not know.
        Explains = ["QN6005", "QN6008", "QN6009", "QN6010"],
        Remedy = "Kill the process that the old release left behind, then restart the DHCP agent: it starts one that "
            + "reads its own files.",
        Reference = "rcbops/chef-cookbooks#761",
    };

    public static CheckInfo ArgumentsDiffer { get; } = new()
    {
        Code = "QN6026",
        Title = "dnsmasq was started with other settings than the network's",
        Layer = "DhcpServer",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["Process", "record:subnet", "NodeLink"],
        Remedy = "Restart the DHCP agent on the node: it starts dnsmasq with the network's ranges and its own "
            + "settings.",
        Reference = "agent/linux/dhcp.py: Dnsmasq._build_cmdline_callback",
    };

    public static CheckInfo StaleHostLine { get; } = new()
    {
        Code = "QN6027",
        Title = "dnsmasq's host file has a line for no port",
        Layer = "DhcpServer",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Needs = ["DhcpHost", "record:port"],
        Remedy = "Restart the DHCP agent on the node: it rewrites the file from all ports. Then read its log for lost "
            + "notifications.",
        Reference = "LP#1192381, LP#1862315",
    };

    public static CheckInfo PortHeldByOther { get; } = new()
    {
        Code = "QN6028",
        Title = "Another program holds the DHCP server's UDP port",
        Layer = "DhcpServer",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["Socket", "Process"],
        Explains = ["QN6005"],
        Remedy = "Find who started the program in the namespace (ps -fp PID) and end it, then restart the DHCP agent.",
        Reference = "LP#1849502",
    };

    public static IReadOnlyList<CheckInfo> All { get; } =
    [
        NamespaceMissing, PortNotPlugged, StaleDevice, WrongAddress, DnsmasqAbsent, DnsmasqRespawns,
        DnsmasqTwice, HostFileLacksPort, AddressTwiceInHostFile, HostFileNotRead, AddressRefused,
        RefusedBySecond, SystemFileRead, TagOfNoRange, DnsmasqTooOld, BadChecksum, UnicastReply, NamespaceDropsRequests,
        OtherFilesRead, ArgumentsDiffer, StaleHostLine, PortHeldByOther,
    ];
}
