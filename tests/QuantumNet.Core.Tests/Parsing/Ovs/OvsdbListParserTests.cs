using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Core.Tests.Parsing.Ovs;

public sealed class OvsdbListParserTests
{
    private static readonly string[] s_tables = ["Bridge", "Port", "Interface", "Controller"];

    private static OvsVsctlShow Parse(string text, out IReadOnlyList<ParseIssue> issues)
    {
        TextSource source = Recorded.Source("ovs-vsctl --format=json list Bridge");
        OvsVsctlShow show = OvsdbListParser.ParseAll(text, source);
        issues = [.. source.Issues];
        return show;
    }

    private static string Tables(string folder) =>
        string.Concat(s_tables.Select(table => Samples.Text($"{folder}/ovs-vsctl-list-{table}.json")));

    [Theory]
    [MemberData(nameof(Sources.ZedNodes), MemberType = typeof(Sources))]
    public void Tables_and_show_tell_the_same_of_a_node(string variant, string node)
    {
        string folder = $"neutron-zed/{variant}/{node}";
        OvsVsctlShow tables = Parse(Tables(folder), out IReadOnlyList<ParseIssue> issues);
        Assert.Empty(issues);
        OvsVsctlShow show = OvsVsctlShowParser.ParseAll(Samples.Text($"{folder}/ovs-vsctl-show.txt"),
            Recorded.Source("ovs-vsctl show"));

        Assert.Equal(show.Ports.Select(Gist).Order(), tables.Ports.Select(Gist).Order());
        Assert.Equal(
            show.Bridges.Select(bridge => (bridge.Bridge, bridge.FailMode, bridge.DatapathType, bridge.IsConnected,
                    string.Join(' ', bridge.Ports.Order(StringComparer.Ordinal)), string.Join(' ', bridge.Controllers)))
                .Order(),
            tables.Bridges.Select(bridge => (bridge.Bridge, bridge.FailMode, bridge.DatapathType, bridge.IsConnected,
                string.Join(' ', bridge.Ports), string.Join(' ', bridge.Controllers))).Order());
        Assert.All(tables.Ports, port => Assert.True(port.OfPort > 0));
    }

    private static (string, string, int?, string, string, string, string) Gist(OvsPort port) =>
        (port.Bridge, port.Device, port.Tag, port.Type, string.Join(' ', port.Options), port.RemoteIp, port.Peer);

    [Fact]
    public void A_port_of_an_instance_is_joined_from_its_rows()
    {
        OvsPort port = Parse(Tables("neutron-zed/hybrid+vxlan/compute1"), out _).Ports
            .Single(port => port.Device == "qvo69c33a53-13");
        Assert.Equal(("br-int", 1, 3, "up", "up"),
            (port.Bridge, port.Tag, port.OfPort, port.AdminState, port.LinkState));
        Assert.Equal(("69c33a53-13d3-42af-8ab3-7bd84f1c81ed", "fa:16:3e:e8:8f:53"), (port.PortId, port.Mac));
        Assert.Equal("active", port.ExternalId("iface-status"));
        Assert.Contains("network_type=vxlan", port.OtherConfig);
        Assert.Equal(2, port.LineNumber);
        string[] lines = port.RawText.Split('\n');
        Assert.StartsWith("port qvo69c33a53-13  ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("tag: 1", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "interface qvo69c33a53-13  admin_state: up, external_ids: {attached-mac=\"fa:16:3e:e8:8f:53\", "
                + "iface-id=\"69c33a53-13d3-42af-8ab3-7bd84f1c81ed\", iface-status=active", lines[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_output_may_hold_all_tables()
    {
        OvsVsctlShow all = Parse(Samples.Text("openvswitch-3.1/dummy/ovs-vsctl-list-all.json"),
            out IReadOnlyList<ParseIssue> issues);
        Assert.Empty(issues);
        OvsBridge bridge = all.Bridges.Single(bridge => bridge.Bridge == "br0");
        Assert.Equal(("secure", "dummy", false, "3.1.0"),
            (bridge.FailMode, bridge.DatapathType, bridge.IsConnected, bridge.OvsVersion));
        Assert.Equal(["tcp:127.0.0.1:1", "tcp:127.0.0.1:2"], bridge.Controllers.Order());
        Assert.Contains("my port", bridge.Ports);

        Dictionary<string, OvsPort> ports = all.Ports.ToDictionary(port => port.Device);
        Assert.Equal([10, 20, 4094], ports["p2"].Trunks);
        Assert.Equal("native-untagged", ports["p3"].VlanMode);
        Assert.Equal(["net_uuid=a b,c"], ports["p3"].OtherConfig);
        Assert.Equal(-1, ports["no-such-dev"].OfPort);
        Assert.StartsWith("could not open network device", ports["no-such-dev"].Error, StringComparison.Ordinal);
        Assert.Equal(("br1", "pt", "xyz", "fa:16:3e:00:00:01"),
            (ports["pt2"].Bridge, ports["pt2"].Peer, ports["pt2"].PortId, ports["pt2"].Mac));
        Assert.Equal("br0", ports["bond0"].Bridge);
    }

    [Fact]
    public void Tunnels_are_derived_with_both_keys()
    {
        OvsVsctlShow seed = OvsVsctlShowParser.ParseAll(Samples.Text("seed/compute1/ovs-vsctl-show.txt"),
            Recorded.Source("ovs-vsctl show"));
        OvsTunnel flowKeyed = Assert.Single(OvsTunnels.Of(seed.Ports));
        Assert.Equal(("br-tun", "gre-1", "gre", "10.0.20.11", "flow", "flow"), (flowKeyed.Bridge, flowKeyed.Device,
            flowKeyed.Type, flowKeyed.RemoteIp, flowKeyed.InKey, flowKeyed.OutKey));
        OvsTunnel fixedKey = Assert.Single(
            OvsTunnels.Of(Parse(Samples.Text("openvswitch-3.1/dummy/ovs-vsctl-list-all.json"), out _).Ports));
        Assert.Equal(("5", "5"), (fixedKey.InKey, fixedKey.OutKey));
    }

    [Fact]
    public void Interfaces_alone_are_ports_without_a_bridge()
    {
        OvsVsctlShow show = Parse(Samples.Text("neutron-zed/hybrid+gre/netnode/ovs-vsctl-list-Interface.json"),
            out IReadOnlyList<ParseIssue> issues);
        Assert.Empty(issues);
        Assert.Contains(show.Ports, port => port is { Device: "patch-tun", Peer: "patch-int", Bridge: "" });
    }

    [Theory]
    [InlineData("{\"headings\":[\"a\"]}", "Not a table")]
    [InlineData("{\"headings\":[\"a\"],\"data\":[]}", "Unknown table")]
    [InlineData("{\"headings\":[\"name\",\"interfaces\"],\"data\":[[1]]}", "Row and headings differ")]
    [InlineData("{ovs-vsctl: no such table", "Not JSON")]
    [InlineData("ovs-vsctl: no such table", "Unknown table")]
    [InlineData("no such table", "Not a column")]
    public void What_is_no_table_is_reported(string line, string reason)
    {
        Parse("\n" + line, out IReadOnlyList<ParseIssue> issues);
        Assert.Equal((2, reason), (Assert.Single(issues).LineNumber, issues[0].Reason));
    }

    [Fact]
    public void Never_throws() => Mutations.NeverThrow(
        Samples.Text("openvswitch-3.1/dummy/ovs-vsctl-list-all.json"), text => OvsTunnels.Of(Parse(text, out _).Ports));
}
