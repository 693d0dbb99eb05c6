using QuantumNet.Parsing.Links;

namespace QuantumNet.Core.Tests.Parsing.Links;

public sealed class SocketParserTests
{
    private static List<NodeSocket> Ss(string text, string command = "ss -lunp")
    {
        List<NodeSocket> sockets = SsParser.ParseAll(text, Sources.Of(command, out List<ParseIssue> issues));
        Assert.Empty(issues);
        return sockets;
    }

    private static string Facts(NodeSocket socket) =>
        $"{socket.Protocol} {socket.State} {socket.LocalAddress} {socket.Device} {socket.LocalPort} "
        + $"{socket.Program} {string.Join(',', socket.ProcessIds)}";

    [Fact]
    public void Reads_the_seeds_netstat_and_passes_over_its_unix_section()
    {
        List<NodeSocket> sockets =
            NetstatParser.ParseAll(Samples.Text("seed/qdhcp-netstat-pan.txt"),
                Sources.Of("netstat -pan", out List<ParseIssue> issues));

        Assert.Empty(issues);
        Assert.Equal(
            [
                "tcp LISTEN 172.241.0.3  53 dnsmasq 8920", "tcp6 LISTEN fe80::f816:3eff:fe27  53 dnsmasq 8920",
                "udp  172.241.0.3  53 dnsmasq 8920", "udp  0.0.0.0  67 dnsmasq 8920",
                "udp6  fe80::f816:3eff:fe27  53 dnsmasq 8920",
            ],
            sockets.Select(Facts));
    }

    [Theory]
    [InlineData("hybrid+gre")]
    [InlineData("hybrid+vxlan")]
    [InlineData("ovsfw+vxlan")]
    public void Reads_the_listeners_of_a_recorded_namespace(string variant)
    {
        List<NodeSocket> sockets = Ss(Samples.Text($"neutron-zed/{variant}/netnode/qdhcp/ss-lunp.txt"));

        NodeSocket dhcp = Assert.Single(sockets, socket => socket.LocalPort == 67);
        Assert.Equal(("udp", "UNCONN", "0.0.0.0", "dnsmasq"),
            (dhcp.Protocol, dhcp.State, dhcp.LocalAddress, dhcp.Program));
        Assert.Single(dhcp.ProcessIds);
        NodeSocket scoped = Assert.Single(sockets, socket => socket.Device.Length > 0);
        Assert.StartsWith("fe80::", scoped.LocalAddress, StringComparison.Ordinal);
        Assert.StartsWith("tap", scoped.Device, StringComparison.Ordinal);
        Assert.Equal(sockets.Select(Facts),
            Ss(Samples.Text($"neutron-zed/{variant}/netnode/qdhcp/ss-anup.txt"), "ss -anup").Select(Facts));
        Assert.Empty(Ss(Samples.Text($"neutron-zed/{variant}/netnode/ss-lunp.txt")));
    }

    [Theory]
    [InlineData("UNCONN 0 0 0.0.0.0%tap1-2:67 0.0.0.0:* users:((\"dnsmasq\",pid=1,fd=4),(\"dnsmasq\",pid=9,fd=4))",
        "udp UNCONN 0.0.0.0 tap1-2 67 dnsmasq 1,9")]
    [InlineData("UNCONN 0 0 *:67 *:* users:((\"dnsmasq\",8920,4))", "udp UNCONN *  67 dnsmasq 8920")]
    [InlineData("UNCONN 0 0 :::547 :::*", "udp UNCONN ::  547  ")]
    [InlineData("Netid State Recv-Q Send-Q Local Address:Port\nnl UNCONN 0 0 rtnl:kernel *\n"
        + "tcp LISTEN 0 5 [::]:22 [::]:*", "tcp LISTEN ::  22  ")]
    [InlineData("Recv-Q Send-Q Local Address:Port Peer Address:Port\n0 0 *:67 *:*", "udp  *  67  ")]
    [InlineData("UNCONN 0 0 1.2.3.4:67 *:*\n     users:((\"a b\",pid=3,fd=4))", "udp UNCONN 1.2.3.4  67 a b 3")]
    public void Reads_other_spellings_of_ss(string text, string expected) =>
        Assert.Equal(expected, Facts(Assert.Single(Ss(text))));

    [Fact]
    public void Reads_raw_sockets_and_those_without_a_program()
    {
        List<NodeSocket> sockets = NetstatParser.ParseAll(
            "raw        0      0 0.0.0.0:1               0.0.0.0:*               7           512/ping a\n"
            + "udp        0      0 0.0.0.0:67              0.0.0.0:*                           -\n",
            Sources.Of("netstat", out List<ParseIssue> issues));

        Assert.Empty(issues);
        Assert.Equal(["raw 7 0.0.0.0   ping a 512", "udp  0.0.0.0  67  "], sockets.Select(Facts));
    }

    [Fact]
    public void Reports_what_is_no_socket()
    {
        SsParser.ParseAll("UNCONN 0 0 nonsense *\n", Sources.Of("ss -lunp", out List<ParseIssue> issues));
        Assert.Equal((12, "Not a socket"), (issues[0].Column, issues[0].Reason));

        NetstatParser.ParseAll("netstat: no support\n", Sources.Of("netstat", out issues));
        Assert.Equal("Not a socket", Assert.Single(issues).Reason);
    }

    [Fact]
    public void Never_throws()
    {
        Mutations.NeverThrow(Samples.Text("neutron-zed/hybrid+gre/netnode/qdhcp/ss-lunp.txt"),
            text => SsParser.ParseAll(text, Sources.Of("ss -lunp", out _)));
        Mutations.NeverThrow(Samples.Text("seed/qdhcp-netstat-pan.txt"),
            text => NetstatParser.ParseAll(text, Sources.Of("netstat", out _)));
    }
}
