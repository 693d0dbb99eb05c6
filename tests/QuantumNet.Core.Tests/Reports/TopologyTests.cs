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
    public void What_takes_a_lease_is_marked_with_its_code_and_owners_are_named()
    {
        Cloud cloud = ReportSamples.Untagged;
        DhcpPathResult[] results = [.. cloud.Records.Ports.Where(port => !port.IsDhcp)
            .Select(new QuantumNet.Diagnosis.DhcpPathTester(cloud).Test)];
        TopologyGraph graph = TopologyGraph.Of(cloud, results);
        TopologyMark mark = Assert.Single(graph.Marks, one => one.Code == "QN4001");
        var card = TopologyCard.Of(graph.Nodes.Single(node => node.ComputerName == mark.ComputerName), [], graph.Marks
            .Where(one => one.ComputerName == mark.ComputerName), (24, 8));
        CardLine line = Assert.Single(card.Lines, one => one.Kind == "broken" && one.Chip.Contains("QN4001"));
        Assert.Contains(mark.Object, line.Text, StringComparison.Ordinal);
        Assert.Contains("QN4001", TopologySvg.Write(graph), StringComparison.Ordinal);
        Assert.All(graph.Nodes.SelectMany(node => node.Bridges).SelectMany(bridge => bridge.Ports)
            .Where(port => port.Behind.Any(name => name.StartsWith("qdhcp-", StringComparison.Ordinal))),
            port => Assert.StartsWith("DHCP ", port.Owner, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3, true), InlineData(6, true), InlineData(50, false)]
    public void Cards_and_lines_keep_apart_around_one_underlay(int count, bool hasLanes)
    {
        XDocument svg = XDocument.Parse(TopologySvg.Write(TopologyGraph.Of(Mesh(count, (_, _) => true))));
        XElement[] shapes = [.. svg.Descendants()];
        Assert.Single(shapes, one => (string?)one.Attribute("class") == "underlay");
        int lines = shapes.Count(one => (string?)one.Attribute("class") is "tunnel" or "tunnel many"
            && one.Elements().Any());
        Assert.Equal(hasLanes ? count * (count - 1) / 2 : count, lines);
        double[][] boxes = [.. shapes.Where(one => (string?)one.Attribute("class") is "node" or "underlay")
            .Select(one => (double[])
                [Number(one, "x"), Number(one, "y"), Number(one, "width"), Number(one, "height")])];
        for (int i = 0; i < boxes.Length; i++)
        {
            for (int k = i + 1; k < boxes.Length; k++)
                Assert.False(Overlap(boxes[i], boxes[k]), $"{i} and {k}");
        }
    }

    private static double Number(XElement shape, string name) =>
        double.Parse(shape.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static bool Overlap(double[] a, double[] b) => a[0] < b[0] + b[2] && b[0] < a[0] + a[2]
        && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];

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
