using System.Net;
using QuantumNet.Simulation.Nftables;
using QuantumNet.Parsing;
using QuantumNet.Parsing.Nftables;
using QuantumNet.Simulation.Iptables;

namespace QuantumNet.Core.Tests.Simulation.Nftables;

/// <summary>What a tunnel's packet meets in rules as firewalld and administrators write them.</summary>
public sealed class NftWalkTests
{
    private static readonly NftPacket s_vxlan = new()
    {
        Protocol = 17, DestinationPort = 4789, Source = IPAddress.Parse("192.0.2.5"),
        Destination = IPAddress.Parse("192.0.2.11"), InputDevice = "eth0", IsFromNeighbour = true,
    };

    private static readonly NftPacket s_gre = s_vxlan with { Protocol = 47, DestinationPort = 0 };

    [Theory]
    [InlineData("firewalld-1.3-default.txt", "Dropped")]
    [InlineData("firewalld-1.3-open.txt", "Accepted")]
    public void Firewalld_decides_by_the_ports_and_protocols_of_the_zone(string file, string expected)
    {
        List<NftTable> tables = Tables(Samples.Text($"nftables-1.0.6/{file}"));
        Assert.Equal(expected, Verdict(tables, s_vxlan));
        Assert.Equal(expected, Verdict(tables, s_gre));
    }

    [Fact]
    public void Firewalld_chooses_the_zone_by_source_before_the_device()
    {
        NftResult result = NftWalk.Through(Tables(Samples.Text("nftables-1.0.6/firewalld-1.3-open.txt")),
            s_vxlan with { Source = IPAddress.Parse("198.51.100.9") })!;
        Assert.Equal((IptablesOutcome.Dropped, "inet firewalld", "filter_IN_internal"),
            (result.Verdict, result.Table, result.Chains[^1]));
        Assert.Equal("reject with icmpx admin-prohibited", result.Line.RawText);
    }

    [Theory]
    [InlineData("192.0.2.5", 4789, "eth0", "Accepted")]
    [InlineData("192.0.2.70", 8472, "eth0", "Accepted")]
    [InlineData("192.0.2.50", 4789, "eth0", "Dropped")]
    [InlineData("192.0.2.25", 6082, "eth0", "Accepted")]
    [InlineData("192.0.2.5", 4789, "eth1", "Dropped")]
    [InlineData("192.0.2.5", 4789, "lo", "Accepted")]
    public void Maps_sets_and_ranges_are_followed(string source, int port, string device, string expected) =>
        Assert.Equal(expected, Verdict(Tables(Samples.Text("nftables-1.0.6/hand-written.txt")),
            s_vxlan with { Source = IPAddress.Parse(source), DestinationPort = port, InputDevice = device }));

    [Theory]
    [InlineData("udp dport 4789 accept", "drop", "Accepted")]
    [InlineData("udp dport { 4000-4788, 4789 } counter packets 1 bytes 2 accept", "drop", "Accepted")]
    [InlineData("udp dport != 4789 accept", "drop", "Dropped")]
    [InlineData("tcp dport != 4789 accept", "drop", "Dropped")]
    [InlineData("meta l4proto udp ip saddr 192.0.2.0/24 accept", "drop", "Accepted")]
    [InlineData("ip saddr != 192.0.2.0/24 drop", "accept", "Accepted")]
    [InlineData("iifname \"eth*\" accept", "drop", "Accepted")]
    [InlineData("oifname != \"eth1\" accept", "drop", "Dropped")]
    [InlineData("ct state established,related accept", "drop", "Dropped")]
    [InlineData("ct state new udp dport 4789 accept", "drop", "Accepted")]
    [InlineData("fib saddr . iif oif missing drop", "accept", "Accepted")]
    [InlineData("fib daddr type != local drop", "accept", "Accepted")]
    [InlineData("meta mark & 0x000000ff == 0x00000010 accept", "drop", "Dropped")]
    [InlineData("limit rate 10/second accept", "drop", "Unknown")]
    [InlineData("limit rate 10/second log prefix \"x\"", "drop", "Dropped")]
    [InlineData("ip dscp cs1 accept", "accept", "Accepted")]
    [InlineData("ip dscp cs1 drop", "accept", "Unknown")]
    [InlineData("ip saddr @gone accept", "drop", "Unknown")]
    [InlineData("ip dscp cs1 jump aside", "accept", "Accepted")]
    [InlineData("ip dscp cs1 jump deny", "accept", "Unknown")]
    [InlineData("goto aside", "drop", "Dropped")]
    [InlineData("queue to 1", "accept", "Unknown")]
    [InlineData("ip6 saddr ::/0 drop", "accept", "Accepted")]
    public void One_rule_and_the_policy_decide(string rule, string policy, string expected) =>
        Assert.Equal(expected, Verdict(Tables($"table inet f {{\n chain aside {{\n }}\n chain deny {{\n  drop\n }}\n"
            + $" chain input {{\n  type filter hook input priority 0; policy {policy};\n  {rule}\n }}\n}}\n"),
            s_vxlan));

    [Fact]
    public void What_one_chain_accepts_meets_the_next()
    {
        const string Two = "table inet late {\n chain a {\n  type filter hook input priority 5; policy drop;\n }\n}\n"
            + "table ip early {\n chain b {\n  type filter hook input priority -5; policy accept;\n  accept\n }\n}\n";
        NftResult result = NftWalk.Through(Tables(Two), s_vxlan)!;
        Assert.Equal((IptablesOutcome.Dropped, "inet late"), (result.Verdict, result.Table));
    }

    [Fact]
    public void Tables_of_the_other_family_or_switched_off_are_not_met() => Assert.Null(NftWalk.Through(Tables(
        "table ip6 six {\n chain a {\n  type filter hook input priority 0; policy drop;\n }\n}\n"
            + "table inet off {\n flags dormant\n chain a {\n  type filter hook input priority 0; policy drop;\n }\n"
            + "}\n"),
        s_vxlan));

    [Fact]
    public void Packet_out_of_connection_tracking_is_neither_new_nor_invalid() => Assert.Equal("Accepted",
        Verdict(Tables("table inet f {\n chain pre {\n  type filter hook prerouting priority raw; policy accept;\n"
            + "  udp dport 4789 notrack\n }\n chain in {\n  type filter hook input priority filter; policy drop;\n"
            + "  ct state { new, invalid } drop\n  ct state untracked accept\n }\n}\n"), s_vxlan));

    private static string Verdict(List<NftTable> tables, NftPacket packet) =>
        NftWalk.Through(tables, packet)!.Verdict.ToString();

    private static List<NftTable> Tables(string text) =>
        NftRulesetParser.ParseAll(text, new TextSource("n1", "nft list ruleset", []), showsRules: true);
}
