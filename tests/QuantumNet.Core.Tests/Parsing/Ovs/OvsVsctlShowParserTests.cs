using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Core.Tests.Parsing.Ovs;

public sealed class OvsVsctlShowParserTests
{
    public static TheoryData<string> Shows => Recorded.Files("ovs-vsctl-show*.txt");

    private static OvsVsctlShow Parse(string text, out IReadOnlyList<ParseIssue> issues)
    {
        TextSource source = Recorded.Source("ovs-vsctl show");
        OvsVsctlShow show = OvsVsctlShowParser.ParseAll(text, source);
        issues = [.. source.Issues];
        return show;
    }

    [Fact]
    public void Bridges_and_ports_of_the_walkthrough_are_read()
    {
        OvsVsctlShow show = Parse(Samples.Text("seed/compute1/ovs-vsctl-show.txt"),
            out IReadOnlyList<ParseIssue> issues);
        Assert.Empty(issues);
        Assert.Equal(["br-int", "br-tun"], show.Bridges.Select(bridge => bridge.Bridge));
        Assert.All(show.Bridges, bridge => Assert.Equal("1.4.0+build0", bridge.OvsVersion));
        Assert.Equal(["br-tun", "patch-int", "gre-1"], show.Bridges[1].Ports);

        OvsPort instance = show.Ports.Single(port => port.Device == "qvo1408934f-93");
        Assert.Equal(("br-int", 2, 10), (instance.Bridge, instance.Tag, instance.LineNumber));
        Assert.StartsWith("        Port \"qvo1408934f-93\"\n            tag: 2\n", instance.RawText,
            StringComparison.Ordinal);
        OvsPort tunnel = show.Ports.Single(port => port.Device == "gre-1");
        Assert.Equal(("gre", "10.0.20.11"), (tunnel.Type, tunnel.RemoteIp));
        Assert.Equal(["in_key=flow", "out_key=flow", "remote_ip=10.0.20.11"], tunnel.Options);
        Assert.Equal("patch-int", show.Ports[0].Peer);
    }

    [Theory]
    [MemberData(nameof(Shows))]
    public void Every_recorded_line_is_read_without_leftovers(string path)
    {
        string text = Samples.Text(path);
        OvsVsctlShow show = Parse(text, out IReadOnlyList<ParseIssue> issues);
        Assert.Empty(issues);
        Assert.Equal(text.Split('\n').Count(line => line.TrimStart().StartsWith("Port ", StringComparison.Ordinal)),
            show.Ports.Count);
        Assert.Equal(show.Bridges.SelectMany(bridge => bridge.Ports), show.Ports.Select(port => port.Device));
    }

    [Fact]
    public void Controllers_of_Neutron_are_seen_connected()
    {
        OvsVsctlShow show = Parse(Samples.Text("neutron-zed/hybrid+vxlan/compute1/ovs-vsctl-show.txt"), out _);
        OvsBridge integration = show.Bridges.Single(bridge => bridge.Bridge == "br-int");
        Assert.Equal(("secure", "netdev", true),
            (integration.FailMode, integration.DatapathType, integration.IsConnected));
        Assert.Equal(["tcp:127.0.0.1:6633"], integration.Controllers);
        Assert.Null(show.Bridges.Single(bridge => bridge.Bridge == "br-phy").IsConnected);
    }

    [Fact]
    public void What_is_not_understood_is_reported_with_its_place()
    {
        Parse("    Bridge br0\n        Port p\n            wibble: 3\n            tag: x\novs-vsctl: trouble\n",
            out IReadOnlyList<ParseIssue> issues);
        Assert.Equal([(3, 13, "wibble: 3"), (4, 13, "tag: x"), (5, 1, "ovs-vsctl: trouble")],
            issues.Select(issue => (issue.LineNumber, issue.Column, issue.Text)));
    }

    [Fact]
    public void Bonds_errors_and_quoted_names_are_read()
    {
        OvsVsctlShow show = Parse(Samples.Text("openvswitch-3.1/dummy/ovs-vsctl-show.txt"), out _);
        Dictionary<string, OvsPort> ports = show.Ports.ToDictionary(port => port.Device);
        Assert.Equal("could not open network device no-such-dev (No such device)", ports["no-such-dev"].Error);
        Assert.Equal([10, 20, 4094], ports["p2"].Trunks);
        Assert.Equal("dummy", ports["bond0"].Type);
        Assert.Equal(("br0", "dummy"), (ports["my port"].Bridge, ports["my port"].Type));
        OvsBridge bridge = show.Bridges.Single(bridge => bridge.Bridge == "br0");
        Assert.Equal((2, false), (bridge.Controllers.Length, bridge.IsConnected));
    }

    [Fact]
    public void Never_throws() => Mutations.NeverThrow(Samples.Text("openvswitch-3.1/dummy/ovs-vsctl-show.txt"),
        text => Parse(text, out _));
}
