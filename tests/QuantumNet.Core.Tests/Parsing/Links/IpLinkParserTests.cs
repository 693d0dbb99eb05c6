using QuantumNet.Parsing.Links;

namespace QuantumNet.Core.Tests.Parsing.Links;

public sealed class IpLinkParserTests
{
    private static List<NodeLink> Parse(string text, out List<ParseIssue> issues) =>
        IpLinkParser.ParseAll(text, Sources.Of("ip -s -d link", out issues));

    private static List<NodeLink> ParseSample(string path)
    {
        List<NodeLink> links = Parse(Samples.Text(path), out List<ParseIssue> issues);
        Assert.Empty(issues);
        return links;
    }

    [Fact]
    public void Reads_the_seeds_devices()
    {
        List<NodeLink> links = ParseSample("seed/ip-link.txt");

        Assert.Equal(10, links.Count);
        NodeLink tap = links.Single(link => link.Device == "tap1408934f-93");
        Assert.Equal((16, 1500, "UNKNOWN", "fe:16:3e:1e:63:66", "qbr1408934f-93"),
            (tap.Index, tap.Mtu, tap.OperState, tap.Mac, tap.Master));
        Assert.True(tap.IsUp && tap.IsLowerUp);
        NodeLink bridge = links.Single(link => link.Device == "br-int");
        Assert.False(bridge.IsUp);
        Assert.Equal(("DOWN", "", false), (bridge.OperState, bridge.Master, bridge.HasCounters));
    }

    [Fact]
    public void Reads_the_seeds_addresses()
    {
        NodeLink tap = ParseSample("seed/qdhcp-ip-address.txt")[0];

        Assert.Equal("tap9a41d8fa-a7", tap.Device);
        Assert.Equal(["172.241.0.3/24", "fe80::f816:3eff:fe27:d630/64"], tap.Addresses);
    }

    [Theory]
    [MemberData(nameof(Sources.ZedNodes), MemberType = typeof(Sources))]
    public void Reads_every_line_of_a_recorded_cloud_as_its_json_tells(string variant, string host)
    {
        string folder = $"neutron-zed/{variant}/{host}";
        AssertSame(ParseSample(folder + "/ip-d-link.txt"), Json(folder + "/ip-j-d-link.json"));
        AssertSame(ParseSample(folder + "/ip-addr.txt"), Json(folder + "/ip-j-addr.json"));
        Assert.All(ParseSample(folder + "/ip-s-link.txt"), link => Assert.True(link.HasCounters));
    }

    private static List<NodeLink> Json(string path)
    {
        List<NodeLink> links = IpJsonParser.ParseAll(Samples.Text(path),
            Sources.Of("ip -j link", out List<ParseIssue> issues));
        Assert.Empty(issues);
        return links;
    }

    private static void AssertSame(List<NodeLink> text, List<NodeLink> json)
    {
        Assert.NotEmpty(text);
        Assert.Equal(json.Select(Facts), text.Select(Facts));
    }

    internal static string Facts(NodeLink link) =>
        $"{link.Index} {link.Device} @{link.Parent} {string.Join(',', link.Flags)} {link.Mtu} "
        + $"{link.OperState} {link.Mac} "
        + $"m={link.Master} k={link.Kind} p={link.PeerNamespaceId} {string.Join(' ', link.Addresses)}";

    [Fact]
    public void Reads_kind_peer_and_namespace_of_todays_devices()
    {
        List<NodeLink> links = ParseSample("neutron-zed/hybrid+gre/compute1/ip-d-link.txt");
        NodeLink qvo = links.Single(link => link.Device == "qvo43fefa8a-80");
        NodeLink eth = links.Single(link => link.Device == "eth0");

        Assert.Equal(("qvb43fefa8a-80", "veth"), (qvo.Parent, qvo.Kind));
        Assert.Equal(("if5", "veth", 0), (eth.Parent, eth.Kind, eth.PeerNamespaceId));
        Assert.Equal("bridge", links.Single(link => link.Device == "qbr43fefa8a-80").Kind);
        Assert.Equal(("tun", "qbr43fefa8a-80"), (links[^1].Kind, links[^1].Master));
        Assert.Equal("", links[0].Kind);
    }

    [Theory]
    [InlineData("    RX:  bytes packets errors dropped  missed   mcast           ")]
    [InlineData("    RX: bytes  packets  errors  dropped overrun mcast   ")]
    public void Reads_counters_by_the_names_of_their_columns(string header)
    {
        NodeLink eth = ParseSample("neutron-zed/hybrid+gre/compute1/ip-s-link.txt")[1];
        Assert.Equal((505L, 100549L, 586L, 160141L), (eth.RxPackets, eth.RxBytes, eth.TxPackets, eth.TxBytes));

        NodeLink link = Parse($"1: lo: <LOOPBACK> mtu 9 state X\n    link/none \n{header}\n    1 2 3 4 5 6\n",
            out List<ParseIssue> issues)[0];
        Assert.Empty(issues);
        Assert.Equal((1L, 2L, 3L, 4L), (link.RxBytes, link.RxPackets, link.RxErrors, link.RxDropped));
    }

    [Fact]
    public void Reads_names_of_namespaces_alternative_names_and_detailed_errors()
    {
        NodeLink link = Parse("""
            7: eth0@if6: <UP> mtu 1500 qdisc noqueue state UP
                link/ether AA:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff link-netns qdhcp-1
                alias of mine
                RX: bytes  packets  errors  dropped missed  mcast
                10         1        0       0       0       0
                RX errors: length   crc     frame   fifo    overrun
                           0        0       0       0       0
                TX: bytes  packets  errors  dropped carrier collsns
                20         2        0       0       0       0
                altname enp0s3
                inet 10.0.0.1 peer 10.0.0.2/32 scope global eth0
            """, out List<ParseIssue> issues)[0];

        Assert.Empty(issues);
        Assert.Equal(("qdhcp-1", "aa:00:00:00:00:01", 10L, 20L),
            (link.PeerNamespace, link.Mac, link.RxBytes, link.TxBytes));
        Assert.Equal(["10.0.0.1/32"], link.Addresses);
    }

    [Theory]
    [InlineData("Device \"x\" does not exist.\n", 1, "Not a device")]
    [InlineData("    link/none\n", 1, "Unknown line")]
    [InlineData("1: a: <UP> mtu big\n", 1, "Not a number")]
    [InlineData("1: a: <UP> mtu\n", 1, "Value missing")]
    [InlineData("1: a: <UP> mtu 5\n    link/none\n    veth\n    Garbage here\n", 4, "Unknown field")]
    [InlineData("1: a: <UP> mtu 5\n    RX: bytes packets\n    1 2x\n", 3, "Not a number")]
    [InlineData("1: a: <UP> mtu 5\n    RX: bytes packets\n", 2, "Truncated: counters missing")]
    public void Reports_what_it_does_not_know(string text, int line, string reason)
    {
        Parse(text, out List<ParseIssue> issues);

        Assert.Equal((line, reason), (issues[0].LineNumber, issues[0].Reason));
    }

    [Fact]
    public void Never_throws()
    {
        foreach (string file in (string[])["ip-d-link.txt", "ip-s-link.txt", "ip-addr.txt"])
            Mutations.NeverThrow(Samples.Text("neutron-zed/hybrid+gre/compute1/" + file), text => Parse(text, out _));
        foreach (string file in (string[])["ip-j-d-link.json", "ip-j-addr.json"])
            Mutations.NeverThrow(Samples.Text("neutron-zed/hybrid+gre/compute1/" + file),
                text => IpJsonParser.ParseAll(text, Sources.Of("ip -j link", out _)));
    }
}
