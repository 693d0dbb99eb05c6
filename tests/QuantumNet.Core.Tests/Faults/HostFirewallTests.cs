namespace QuantumNet.Core.Tests.Faults;

/// <summary>The firewall of the node itself stands before its tunnels.</summary>
public sealed class HostFirewallTests
{
    private const string Mac = "fa:16:3e:02:ea:33";
    private const string RejectRest = "-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT\n"
        + "-A INPUT -i lo -j ACCEPT\n-A INPUT -p tcp -m state --state NEW -m tcp --dport 22 -j ACCEPT\n"
        + "-A INPUT -j REJECT --reject-with icmp-host-prohibited";
    private const string Ufw = ":ufw-before-input - [0:0]\n:ufw-not-local - [0:0]\n:ufw-user-input - [0:0]\n"
        + "-A INPUT -j ufw-before-input\n"
        + "-A ufw-before-input -i lo -j ACCEPT\n-A ufw-before-input -m conntrack --ctstate RELATED,ESTABLISHED -j "
        + "ACCEPT\n-A ufw-before-input -m conntrack --ctstate INVALID -j DROP\n"
        + "-A ufw-before-input -p udp -m udp --sport 67 --dport 68 -j ACCEPT\n-A ufw-before-input -j ufw-not-local\n"
        + "-A ufw-before-input -j ufw-user-input\n"
        + "-A ufw-not-local -m addrtype --dst-type LOCAL -j RETURN\n"
        + "-A ufw-not-local -m addrtype --dst-type MULTICAST -j RETURN\n-A ufw-not-local -j DROP\n";
    private const string Firewalld = ":INPUT_ZONES - [0:0]\n:IN_public - [0:0]\n:IN_public_allow - [0:0]\n"
        + "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED,DNAT -j ACCEPT\n-A INPUT -i lo -j ACCEPT\n"
        + "-A INPUT -j INPUT_ZONES\n-A INPUT -m conntrack --ctstate INVALID -j DROP\n-A INPUT -j REJECT --reject-with "
        + "icmp-host-prohibited\n-A INPUT_ZONES -i br-phy -g IN_public\n-A INPUT_ZONES -g IN_public\n"
        + "-A IN_public -j IN_public_allow\n-A IN_public -p icmp -j ACCEPT\n"
        + "-A IN_public_allow -p tcp -m tcp --dport 22 -m conntrack --ctstate NEW,UNTRACKED -j ACCEPT";

    [Theory]
    [InlineData(RejectRest, DhcpPathStatus.Broken)]
    [InlineData("-A INPUT -s 10.47.62.0/24 -p udp -m udp --dport 4789 -j ACCEPT\n" + RejectRest, DhcpPathStatus.Ok)]
    [InlineData("-A INPUT -p udp -m multiport --dports 4789,8472 -j ACCEPT\n" + RejectRest, DhcpPathStatus.Ok)]
    [InlineData("-A INPUT -p udp -m udp --dport 8472 -j ACCEPT\n" + RejectRest, DhcpPathStatus.Broken)]
    [InlineData("-A INPUT -p gre -j ACCEPT\n" + RejectRest, DhcpPathStatus.Broken)]
    [InlineData("-A INPUT -i br-phy -j ACCEPT\n" + RejectRest, DhcpPathStatus.Ok)]
    [InlineData("-A INPUT -i eth9 -j ACCEPT\n" + RejectRest, DhcpPathStatus.Broken)]
    [InlineData("-A INPUT -m set --match-set nodes src -j ACCEPT\n" + RejectRest, DhcpPathStatus.Unknown)]
    [InlineData("-A INPUT -p udp -m udp --dport 4789 -j DROP", DhcpPathStatus.Broken)]
    [InlineData(Ufw + "-A ufw-user-input -p tcp -m tcp --dport 22 -j ACCEPT\n-A INPUT -j DROP", DhcpPathStatus.Broken)]
    [InlineData(Ufw + "-A ufw-user-input -p udp -m udp --dport 4789 -j ACCEPT\n-A INPUT -j DROP", DhcpPathStatus.Ok)]
    [InlineData(Firewalld, DhcpPathStatus.Broken)]
    [InlineData(Firewalld + "\n-A IN_public_allow -p udp -m udp --dport 4789 -m conntrack --ctstate "
        + "NEW,UNTRACKED -j ACCEPT", DhcpPathStatus.Ok)]
    public void Input_decides_over_the_tunnel(string rules, DhcpPathStatus expected)
    {
        DhcpPathResult result = Guarded(rules, userSpace: false).Test(Mac);
        Assert.Equal((expected, expected == DhcpPathStatus.Ok ? null : "QN3009"), (result.Status, result.Cause));
    }

    [Theory]
    [InlineData("raw", "PREROUTING", "-p udp -m udp --dport 4789 -j DROP", DhcpPathStatus.Broken)]
    [InlineData("mangle", "PREROUTING", "-p udp -m udp --dport 4789 -j DROP", DhcpPathStatus.Broken)]
    [InlineData("mangle", "INPUT", "-p udp -m udp --dport 4789 -j DROP", DhcpPathStatus.Broken)]
    [InlineData("mangle", "PREROUTING", "-p tcp -j DROP", DhcpPathStatus.Ok)]
    [InlineData("mangle", "FORWARD", "-j DROP", DhcpPathStatus.Ok)]
    [InlineData("raw", "PREROUTING", "-m rpfilter --invert -j DROP", DhcpPathStatus.Ok)]
    public void Tables_before_filter_decide_over_the_tunnel_too(
        string table, string chain, string rule, DhcpPathStatus expected)
    {
        DhcpPathResult result = WithEarlier(Guarded("", userSpace: false), table, chain, rule).Test(Mac);
        Assert.Equal((expected, expected == DhcpPathStatus.Ok ? null : "QN3009"), (result.Status, result.Cause));
        if (result.Cause is not null)
            Assert.Equal(("netnode", chain), (result.ComputerName, result.Object));
    }

    [Theory]
    [InlineData("-j CT --notrack", DhcpPathStatus.Ok)]
    [InlineData("-p tcp -j CT --notrack", DhcpPathStatus.Broken)]
    [InlineData("-j CT --zone 1\n-A PREROUTING -j CT --notrack", DhcpPathStatus.Broken)]
    public void Tunnel_that_raw_leaves_untracked_is_of_no_state(string rule, DhcpPathStatus expected) =>
        Assert.Equal(expected, WithEarlier(Guarded("-A INPUT -m conntrack --ctstate UNTRACKED -j ACCEPT\n" + RejectRest,
            userSpace: false), "raw", "PREROUTING", rule).Test(Mac).Status);

    [Theory]
    [InlineData("ESTABLISHED", DhcpPathStatus.Unknown)]
    [InlineData("INVALID", DhcpPathStatus.Broken)]
    public void Gre_that_only_answers_is_in_doubt(string states, DhcpPathStatus expected)
    {
        string rules = $"-A INPUT -p gre -m state --state {states} -j ACCEPT\n-A INPUT -p gre -j REJECT\n";
        DhcpPathResult result = new SampleCloud("healthy-grizzly-gre")
            .With("netnode", "iptables-save", text => text.Replace("*filter\n", $"*filter\n{rules}",
                StringComparison.Ordinal))
            .With("netnode", "ovs-vsctl", text => text.Replace("netdev", "system", StringComparison.Ordinal))
            .Test("fa:16:3e:7b:04:be");
        Assert.Equal((expected, "QN3009"), (result.Status, result.Cause));
    }

    [Fact]
    public void Rule_that_drops_is_quoted_with_the_node_and_direction()
    {
        DhcpPathResult result = Guarded(RejectRest, userSpace: false).Test(Mac);
        Assert.Equal(("netnode", "INPUT", DhcpDirection.Request),
            (result.ComputerName, result.Object, result.Direction));
        Assert.Contains("-A INPUT -j REJECT", result.Findings[0].Evidence[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create nodes hash:net family inet\nadd nodes 10.47.62.0/24\n", DhcpPathStatus.Ok)]
    [InlineData("create nodes hash:net family inet\nadd nodes 10.47.63.0/24\n", DhcpPathStatus.Broken)]
    [InlineData("create nodes hash:net,iface family inet\n", DhcpPathStatus.Unknown)]
    public void Members_of_a_set_decide_over_the_tunnel(string sets, DhcpPathStatus expected) => Assert.Equal(expected,
        Guarded("-A INPUT -m set --match-set nodes src -j ACCEPT\n" + RejectRest, userSpace: false)
            .Printing("netnode", "ipset save", sets).Test(Mac).Status);

    [Fact]
    public void Datapath_in_user_space_does_not_pass_it() =>
        Assert.Equal((DhcpPathStatus.Degraded, "QN3009"), Verdict(Guarded(RejectRest, userSpace: true)));

    [Fact]
    public void Rules_that_were_not_collected_are_unknown() => Assert.Equal((DhcpPathStatus.Unknown, "QN9008"),
        Verdict(Guarded("", userSpace: false).Without("netnode", "iptables-save")));

    [Theory]
    [InlineData("udp dport 4789 accept", DhcpPathStatus.Ok)]
    [InlineData("udp dport { 4789, 8472 } accept", DhcpPathStatus.Ok)]
    [InlineData("iifname \"br-phy\" accept", DhcpPathStatus.Ok)]
    [InlineData("tcp dport 22 accept", DhcpPathStatus.Broken)]
    [InlineData("ip dscp cs1 accept", DhcpPathStatus.Unknown)]
    public void Own_tables_of_nftables_decide_too(string rule, DhcpPathStatus expected)
    {
        DhcpPathResult result = WithTable(Guarded("", userSpace: false), rule).Test(Mac);
        Assert.Equal((expected, expected == DhcpPathStatus.Ok ? null : "QN3009"), (result.Status, result.Cause));
    }

    [Fact]
    public void Rule_of_nftables_is_quoted_with_its_table()
    {
        Finding finding = WithTable(Guarded("", userSpace: false), "ip protocol udp drop").Test(Mac).Findings[0];
        Assert.Equal(("QN3009", "netnode", "input"), (finding.Code, finding.ComputerName, finding.Object));
        Assert.Contains("nftables' table inet guard on netnode drops VXLAN (UDP 4789)", finding.Message,
            StringComparison.Ordinal);
        Assert.Equal(("nft list table inet guard", "ip protocol udp drop"),
            (finding.Evidence[0].Command, finding.Evidence[0].Text));
    }

    [Fact]
    public void Table_of_which_only_the_chains_were_collected_is_unknown()
    {
        DhcpPathResult result = Guarded("", userSpace: false).With("netnode", "nft list chains", WithChain).Test(Mac);
        Assert.Equal((DhcpPathStatus.Unknown, "QN9008"), (result.Status, result.Cause));
        Assert.Contains("run `nft list table inet guard` on netnode", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Chains_that_were_not_collected_are_unknown()
    {
        DhcpPathResult result = Guarded("", userSpace: false).Without("netnode", "nft list").Test(Mac);
        Assert.Equal((DhcpPathStatus.Unknown, "QN9008"), (result.Status, result.Cause));
        Assert.Contains("run `nft list chains` on netnode", result.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "", DhcpPathStatus.Unknown)]
    [InlineData(127, "sh: 1: nft: not found", DhcpPathStatus.Ok)]
    [InlineData(1, "Operation not permitted (you must be root)", DhcpPathStatus.Unknown)]
    public void Node_without_nft_has_no_such_tables_but_one_whose_answer_cannot_be_read_is_unknown(
        int exitStatus, string said, DhcpPathStatus expected) => Assert.Equal(expected, Guarded("", userSpace: false)
            .Failing("netnode", "nft list", exitStatus, said, "~~ zorp\n").Test(Mac).Status);

    [Theory]
    [InlineData("-A INPUT -p udp -m udp --dport 4789 -j ACCEPT", DhcpPathStatus.Ok)]
    [InlineData("-A INPUT -s fd47::/64 -p udp -m udp --dport 4789 -j ACCEPT", DhcpPathStatus.Ok)]
    [InlineData("-A INPUT -s fd48::/64 -p udp -m udp --dport 4789 -j ACCEPT", DhcpPathStatus.Broken)]
    [InlineData("-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT", DhcpPathStatus.Broken)]
    public void Tunnel_over_ipv6_meets_ip6tables(string rule, DhcpPathStatus expected)
    {
        DhcpPathResult result = OverSix(rule).Test(Mac);
        Assert.Equal((expected, expected == DhcpPathStatus.Ok ? null : "QN3009"), (result.Status, result.Cause));
    }

    [Fact]
    public void Rules_of_ip6tables_that_were_not_collected_are_unknown()
    {
        DhcpPathResult result = OverSix("").Without("netnode", "ip6tables-save").Test(Mac);
        Assert.Equal((DhcpPathStatus.Unknown, "QN9008"), (result.Status, result.Cause));
        Assert.Contains("run `ip6tables-save -c` on netnode", result.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-A FORWARD -p udp -m udp --dport 4789 -j ACCEPT", DhcpPathStatus.Ok)]
    [InlineData("-A FORWARD -i eth0 -o eth1 -j ACCEPT\n-A FORWARD -i eth1 -o eth0 -j ACCEPT", DhcpPathStatus.Ok)]
    [InlineData("-A FORWARD -p tcp -j ACCEPT", DhcpPathStatus.Broken)]
    public void Node_that_routes_between_the_tunnels_ends_must_forward(string rule, DhcpPathStatus expected)
    {
        DhcpPathResult result = Routed(rule).Test(Mac);
        Assert.Equal((expected, expected == DhcpPathStatus.Ok ? null : "QN3009"), (result.Status, result.Cause));
        if (result.Cause is not null)
            Assert.Equal(("router", "FORWARD"), (result.ComputerName, result.Object));
    }

    private static SampleCloud OverSix(string rule)
    {
        static string Six(string text) => text.Replace("inet 10.47.62.", "inet6 fd47::", StringComparison.Ordinal)
            .Replace("10.47.62.", "fd47::", StringComparison.Ordinal);
        return Guarded("", userSpace: false).With("compute1", "", Six).With("netnode", "", Six)
            .WithRecords((_, text) => Six(text))
            .With("netnode", "ip6tables-save", _ => Rules("INPUT", rule));
    }

    // The network node's tunnel address moves to a subnet of its own, and a router joins the two.
    private static SampleCloud Routed(string rule)
    {
        static string Moved(string text) => text.Replace("10.47.62.62", "10.48.0.62", StringComparison.Ordinal);
        return Guarded("", userSpace: false).With("compute1", "", Moved).With("netnode", "", Moved)
            .WithRecords((_, text) => Moved(text))
            .Printing("router", "ip address show",
                Device(2, "eth0", "10.47.62.1/24") + Device(3, "eth1", "10.48.0.1/24"))
            .Printing("router", "iptables-save -c", Rules("FORWARD", rule))
            .Printing("router", "ip6tables-save -c", "")
            .Printing("router", "nft list chains", "");
    }

    private static string Device(int number, string name, string address) =>
        $"{number}: {name}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq state UP group default qlen 1000\n"
        + $"    link/ether 52:54:00:00:00:0{number} brd ff:ff:ff:ff:ff:ff\n"
        + $"    inet {address} scope global {name}\n";

    private static string Rules(string dropping, string rule)
    {
        IEnumerable<string> chains = ((string[])["INPUT", "FORWARD", "OUTPUT"])
            .Select(chain => $":{chain} {(chain == dropping ? "DROP" : "ACCEPT")} [0:0]");
        return $"*filter\n{string.Join('\n', chains)}\n{rule}\nCOMMIT\n";
    }

    private static SampleCloud WithEarlier(SampleCloud cloud, string table, string chain, string rule) =>
        cloud.With("netnode", "iptables-save", text => !text.StartsWith("# Generated", StringComparison.Ordinal) ? text
            : text.Contains($"*{table}\n", StringComparison.Ordinal)
            ? text.Replace($"*{table}\n", $"*{table}\n-A {chain} {rule}\n", StringComparison.Ordinal)
            : $"{text}*{table}\n:{chain} ACCEPT [0:0]\n-A {chain} {rule}\nCOMMIT\n");

    private static SampleCloud WithTable(SampleCloud cloud, string rule) => cloud
        .With("netnode", "nft list chains", WithChain)
        .Adding("netnode", "nft list chains", ["nft", "list", "table", "inet", "guard"],
            "table inet guard {\n\tchain input {\n\t\ttype filter hook input priority filter; policy drop;\n"
                + $"\t\tct state established,related accept\n\t\t{rule}\n\t}}\n}}\n");

    private static string WithChain(string chains) => chains + "table inet guard {\n\tchain input {\n"
        + "\t\ttype filter hook input priority filter; policy drop;\n\t}\n}\n";

    private static SampleCloud Guarded(string rules, bool userSpace)
    {
        SampleCloud cloud = new SampleCloud().With("netnode", "iptables-save",
            text => text.StartsWith("# Generated", StringComparison.Ordinal)
                ? text.Replace("-A INPUT -j neutron-openvswi-INPUT\n", $"-A INPUT -j neutron-openvswi-INPUT\n{rules}\n",
                    StringComparison.Ordinal) : text);
        return userSpace ? cloud
            : cloud.With("netnode", "ovs-vsctl", text => text.Replace("netdev", "system", StringComparison.Ordinal));
    }

    private static (DhcpPathStatus Status, string? Cause) Verdict(SampleCloud cloud)
    {
        DhcpPathResult result = cloud.Test(Mac);
        return (result.Status, result.Cause);
    }
}
