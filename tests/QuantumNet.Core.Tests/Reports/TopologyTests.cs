using System.Globalization;
using System.Xml.Linq;
using QuantumNet.Core.Tests.Capture;
using QuantumNet.Reports;

namespace QuantumNet.Core.Tests.Reports;

public sealed class TopologyTests
{
    private const string Hostile = "end\"]; <script>alert(1)</script> \\n &amp; #35; `\u202e\0";

    [Fact]
    public void The_recorded_cloud_is_read_whole()
    {
        TopologyGraph graph = TopologyGraph.Of(ReportSamples.Healthy);
        TopologyNode compute = graph.Nodes.Single(node => node.ComputerName == "compute1"),
            network = graph.Nodes.Single(node => node.ComputerName == "netnode");
        Assert.Equal(["br-int", "br-tun"], compute.Bridges.Select(bridge => bridge.Bridge).Take(2));
        TopologyPort instance = Assert.Single(compute.Bridges[0].Ports,
            port => port.Device.StartsWith("qvo", StringComparison.Ordinal));
        Assert.Equal(1, instance.Tag);
        Assert.Equal(["qbr" + instance.Device[3..], "tap" + instance.Device[3..]], instance.Behind);
        TopologyPort server = Assert.Single(network.Bridges[0].Ports,
            port => port.Device.StartsWith("tap", StringComparison.Ordinal));
        Assert.StartsWith("qdhcp-", server.Behind[0], StringComparison.Ordinal);
        Assert.StartsWith("dnsmasq ", server.Behind[1], StringComparison.Ordinal);
        Assert.Contains(compute.Patches, patch => patch is { Bridge: "br-int", PeerBridge: "br-tun" });
        TopologyTunnel tunnel = Assert.Single(graph.Tunnels);
        Assert.True(tunnel is { Type: "gre", ComputerName: "compute1", RemoteComputerName: "netnode", IsWhole: true });
    }

    [Fact]
    public void A_port_without_a_VLAN_is_marked()
    {
        TopologyGraph graph = TopologyGraph.Of(ReportSamples.Untagged);
        Assert.Contains("no VLAN", TopologySvg.Write(graph), StringComparison.Ordinal);
        Assert.Contains("no VLAN", TopologyDot.Write(graph), StringComparison.Ordinal);
        Assert.Contains("no VLAN", TopologyMermaid.Write(graph), StringComparison.Ordinal);
        Assert.DoesNotContain("no VLAN", TopologySvg.Write(TopologyGraph.Of(ReportSamples.Healthy)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_tunnel_without_a_way_back_is_told()
    {
        Cloud cloud = Mesh(3, (from, to) => !(from == 2 && to == 1));
        TopologyTunnel lost = Assert.Single(TopologyGraph.Of(cloud).Tunnels, tunnel => !tunnel.IsWhole);
        Assert.Equal(("node001", "node002"), (lost.ComputerName, lost.RemoteComputerName));
        Assert.Contains("no port leads back", TopologyDot.Write(TopologyGraph.Of(cloud)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_cloud_gives_the_same_picture() =>
        Assert.Equal(TopologySvg.Write(TopologyGraph.Of(ReportSamples.Healthy)),
            TopologySvg.Write(TopologyGraph.Of(ReportSamples.Healthy)));

    [Fact]
    public void Every_name_is_in_the_drawing_which_is_well_formed()
    {
        XDocument svg = XDocument.Parse(TopologySvg.Write(TopologyGraph.Of(ReportSamples.Healthy)));
        string text = string.Join('\n', svg.DescendantNodes().OfType<XText>().Select(one => one.Value));
        foreach (NodeState node in ReportSamples.Healthy.Nodes.Values)
        {
            Assert.Contains(node.ComputerName, text, StringComparison.Ordinal);
            Assert.All(node.OvsPorts, port => Assert.Contains(port.Device, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Hostile_names_stay_names()
    {
        TopologyGraph graph = TopologyGraph.Of(HostileCloud());
        XDocument svg = XDocument.Parse(TopologySvg.Write(graph));
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName == "script");
        Assert.Contains("[U+202E]", svg.Root!.Value, StringComparison.Ordinal);
        string mermaid = TopologyMermaid.Write(graph);
        Assert.DoesNotContain("<script", mermaid, StringComparison.Ordinal);
        Assert.All(mermaid.Split('\n'), line => Assert.True(line.Count(sign => sign == '"') % 2 == 0, line));
    }

    [SkippableFact]
    public void Graphviz_draws_what_is_written_for_it()
    {
        foreach ((Cloud cloud, string[] names) in new[]
        {
            (ReportSamples.Healthy, new[] { "br-int", "qbr", "dnsmasq" }), (HostileCloud(), ["alert(1)"]),
            (Mesh(100, (from, to) => true), ["node100", "99 tunnels"]),
        })
        {
            string file = Path.GetTempFileName();
            try
            {
                File.WriteAllText(file, TopologyDot.Write(TopologyGraph.Of(cloud)));
                XDocument svg = XDocument.Parse(Body(Tool.Run("dot", "-Tsvg", file)));
                Assert.All(names, name => Assert.Contains(name, svg.Root!.Value, StringComparison.Ordinal));
                Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName == "script");
            }
            finally
            {
                File.Delete(file);
            }
        }
    }

    // Graphviz writes a document type that names a file on w3.org.
    private static string Body(string svg) => svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];

    private static Cloud HostileCloud()
    {
        var node = new NodeState { ComputerName = Hostile };
        node.OvsPorts.Add(new OvsPort { Bridge = Hostile, Device = Hostile + "1", Tag = 3 });
        node.OvsPorts.Add(
            new OvsPort { Bridge = "subgraph", Device = Hostile + "2", Type = "patch", Peer = Hostile + "3" });
        node.OvsPorts.Add(new OvsPort { Bridge = Hostile, Device = Hostile + "4", Type = "gre", RemoteIp = Hostile });
        return new Cloud { Nodes = new Dictionary<string, NodeState> { [Hostile] = node } };
    }

    private static Cloud Mesh(int count, Func<int, int, bool> has)
    {
        Dictionary<string, NodeState> nodes = [];
        for (int from = 1; from <= count; from++)
        {
            var node = new NodeState { ComputerName = string.Create(CultureInfo.InvariantCulture, $"node{from:000}") };
            for (int to = 1; to <= count; to++)
            {
                if (to != from && has(from, to))
                    node.OvsPorts.Add(new OvsPort { Bridge = "br-tun", Device = $"vxlan-{to}", Type = "vxlan",
                        LocalIp = $"10.0.0.{from}", RemoteIp = $"10.0.0.{to}" });
            }
            nodes[node.ComputerName] = node;
        }
        return new Cloud { Nodes = nodes };
    }
}
