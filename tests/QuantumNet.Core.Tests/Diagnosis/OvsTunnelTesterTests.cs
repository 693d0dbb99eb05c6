using QuantumNet.Core.Tests.Corpus;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Diagnosis;

/// <summary>The verdicts on the tunnels of the corpus' clouds: those whose fault lies in the tunnels are named, all
/// other meshes are whole; what only a mesh shows; pings.</summary>
public sealed class OvsTunnelTesterTests
{
    /// <summary>Of the whole mesh.</summary>
    private static readonly Dictionary<string, (DhcpPathStatus Status, string Cause)> s_ofMesh = new()
    {
        ["QN3009-input"] = (DhcpPathStatus.Degraded, "QN3009"),
        ["QN5001-compute"] = (DhcpPathStatus.Broken, "QN5001"),
        ["QN5001-dhcp"] = (DhcpPathStatus.Broken, "QN5001"),
        ["QN5002-local"] = (DhcpPathStatus.Broken, "QN5002"),
        ["QN5002-remote"] = (DhcpPathStatus.Broken, "QN5002"),
        ["QN5003-stale"] = (DhcpPathStatus.Degraded, "QN5003"),
        ["QN5009-in_key"] = (DhcpPathStatus.Broken, "QN5009"),
        ["QN5009-out_key"] = (DhcpPathStatus.Broken, "QN5009"),
        // The flows and lists of all networks' ports.
        ["QN5006-compute"] = (DhcpPathStatus.Broken, "QN5006"),
        ["QN5006-dhcp"] = (DhcpPathStatus.Broken, "QN5006"),
        ["QN5007-unicast"] = (DhcpPathStatus.Broken, "QN5007"),
        ["QN5008-dhcp"] = (DhcpPathStatus.Broken, "QN5008"),
        ["QN5008-key"] = (DhcpPathStatus.Broken, "QN5008"),
        ["QN5008-missing"] = (DhcpPathStatus.Broken, "QN5008"),
        ["QN5010-flood"] = (DhcpPathStatus.Broken, "QN5010"),
        ["QN5012-unicast"] = (DhcpPathStatus.Broken, "QN5012"),
        // A unicast flow for the instance still lets the offer in.
        ["grizzly-gre/QN5006-compute"] = (DhcpPathStatus.Degraded, "QN5006"),
    };

    /// <summary>Of the tunnels that a network's ports need.</summary>
    private static readonly Dictionary<string, string> s_ofNetwork = new()
    {
        ["QN5001-compute"] = "QN5001", ["QN5006-dhcp"] = "QN5006", ["QN5007-unicast"] = "QN5007",
        ["QN5008-missing"] = "QN5008", ["QN5008-key"] = "QN5008", ["QN5010-flood"] = "QN5010",
        ["QN5012-unicast"] = "QN5012",
    };

    private static IEnumerable<CorpusCase> Cases => CorpusCase.All.Values
        .OrderBy(one => one.Name, StringComparer.Ordinal)
        .Where(one => !one.Name.StartsWith("one-node", StringComparison.Ordinal));

    [Fact]
    public void Each_mesh_gets_the_verdict_of_its_fault_and_no_other()
    {
        List<string> wrong = [];
        foreach (CorpusCase one in Cases)
        {
            (DhcpPathStatus, string?) expected =
                s_ofMesh.TryGetValue(one.Name, out var fault) || s_ofMesh.TryGetValue(FaultOf(one), out fault) ? fault
                : (DhcpPathStatus.Ok, null);
            var tester = new OvsTunnelTester(CloudReader.Read(one.Load()));
            foreach (OvsMeshResult result in tester.Types.Select(type => tester.Test(type, _ => true)))
            {
                if ((result.Status, result.Cause) != expected || result.Pairs.Length != 3)
                    wrong.Add($"{one.Name}: {result.Status} {result.Cause}, not {expected}: {result.Summary}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Flows_that_use_the_tunnels_are_judged_for_a_network()
    {
        foreach (CorpusCase one in Cases.Where(one => s_ofNetwork.ContainsKey(FaultOf(one))))
        {
            Cloud cloud = CloudReader.Read(one.Load());
            QuantumPort[] ports = [.. cloud.Records.Ports.Where(port => !port.IsDhcp)];
            OvsMeshResult result = new OvsTunnelTester(cloud).Test(ports[0].NetworkId, ports, _ => true)!;
            Assert.Equal((one.Name, DhcpPathStatus.Broken, s_ofNetwork[FaultOf(one)]),
                (one.Name, result.Status, result.Cause));
        }
    }

    [Fact]
    public void Network_without_tunnels_has_no_result()
    {
        Cloud cloud = CloudReader.Read(CorpusCase.All["neutron-vlan"].Load());
        QuantumPort[] ports = [.. cloud.Records.Ports.Where(port => !port.IsDhcp)];
        var tester = new OvsTunnelTester(cloud);
        Assert.Empty(tester.Types);
        Assert.Null(tester.Test(ports[0].NetworkId, ports, _ => true));
    }

    [Fact]
    public void Node_that_was_not_reached_is_unknown_and_not_missing()
    {
        Cloud cloud = Healthy();
        Cloud without = new() { Records = cloud.Records, CollectedAt = cloud.CollectedAt,
            Nodes = cloud.Nodes.Where(node => node.Key != "compute2").ToDictionary(),
            Failures = [new() { ComputerName = "compute2", Code = "QN9002", Message = "Connection refused" }] };
        OvsMeshResult result = new OvsTunnelTester(without).Test("gre", _ => true);
        Assert.Equal((DhcpPathStatus.Unknown, "QN9002"), (result.Status, result.Cause));
        Assert.Equal(["compute1", "compute2", "netnode"], result.Nodes);
        Assert.Equal([DhcpPathStatus.Unknown, DhcpPathStatus.Ok, DhcpPathStatus.Unknown],
            result.Pairs.Select(pair => pair.Status));
    }

    [Fact]
    public void Node_that_was_not_reached_may_have_ports_that_need_a_tunnel()
    {
        QuantumSnapshot whole = CorpusCase.All["neutron-ovsfw"].Load();
        Cloud cloud = CloudReader.Read(whole with
        {
            RecordOutputs = [], RecordSource = RecordSource.Inferred,
            Outputs = Array.FindAll(whole.Outputs, one => one.ComputerName != "compute1"),
        });
        Cloud without = new() { Records = cloud.Records, Nodes = cloud.Nodes, CollectedAt = cloud.CollectedAt,
            Failures = [new() { ComputerName = "compute1", Code = "QN9002", Message = "Connection refused" }] };
        OvsMeshResult result = new OvsTunnelTester(without).Test("vxlan", _ => true);
        Assert.Equal((DhcpPathStatus.Unknown, "QN9002", 3), (result.Status, result.Cause, result.Pairs.Length));
    }

    [Theory]
    [InlineData("OvsPort")]
    [InlineData("NodeLink")]
    public void Mesh_is_never_Ok_without_its_evidence(string collector)
    {
        QuantumSnapshot whole = CorpusCase.All["grizzly-gre"].Load();
        QuantumSnapshot poor = whole with
        {
            Outputs = Array.FindAll(whole.Outputs, one => one.Collector != collector || one.ComputerName != "netnode"),
        };
        Assert.Equal(DhcpPathStatus.Unknown,
            new OvsTunnelTester(CloudReader.Read(poor)).Test("gre", _ => true).Status);
    }

    [Fact]
    public void Only_pairs_of_wanted_nodes_are_judged() => Assert.Equal(["compute1 - netnode", "compute2 - netnode"],
        new OvsTunnelTester(Healthy()).Test("gre", node => node == "netnode").Pairs
            .Select(pair => $"{pair.ComputerName} - {pair.RemoteComputerName}"));

    [Fact]
    public void Tunnel_to_the_node_itself_and_a_second_one_are_QN5003()
    {
        Cloud cloud = Healthy();
        NodeState node = cloud.Nodes["netnode"];
        OvsPort one = node.OvsPorts.First(port => port.Type == "gre");
        node.OvsPorts.Add(one with { Device = "gre-98", OfPort = 98 });
        node.OvsPorts.Add(one with { Device = "gre-99", OfPort = 99, RemoteIp =
            cloud.Nodes["compute1"].OvsPorts.First(port => port.Type == "gre" && node.Links.Exists(link =>
                link.Namespace.Length == 0 && Array.Exists(link.Addresses,
                    address => address.Split('/')[0] == port.RemoteIp))).RemoteIp });
        OvsMeshResult result = new OvsTunnelTester(cloud).Test("gre", _ => true);
        Assert.Equal((DhcpPathStatus.Degraded, "QN5003"), (result.Status, result.Cause));
        Assert.Equal(["gre-98", "gre-99"], result.Findings.Select(finding => finding.Object));
        Assert.Contains("gets broadcasts twice", result.Findings[0].Message, StringComparison.Ordinal);
        Assert.Contains("which is netnode itself", result.Findings[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1500, 1450, DhcpPathStatus.Ok)]
    [InlineData(1499, 1450, DhcpPathStatus.Degraded)]
    [InlineData(9000, 8951, DhcpPathStatus.Degraded)]
    [InlineData(9000, 8950, DhcpPathStatus.Ok)]
    public void Underlay_must_hold_a_full_packet_with_its_outer_headers(
        int underlay, int network, DhcpPathStatus status)
    {
        Cloud cloud = Whole("neutron-vxlan", records => records with
        {
            Networks = [.. records.Networks.Select(one => one with { Mtu = network })],
        });
        foreach (NodeState node in cloud.Nodes.Values)
        {
            node.DhcpServers.Clear();
            for (int i = 0; i < node.Links.Count; i++)
                node.Links[i] = node.Links[i] with { Mtu = underlay };
        }
        OvsMeshResult result = new OvsTunnelTester(cloud).Test("vxlan", _ => true);
        Assert.Equal((status, status == DhcpPathStatus.Ok ? null : "QN5021"), (result.Status, result.Cause));
    }

    [Theory]
    [InlineData("compute1", "tap", 1450, DhcpPathStatus.Ok)]
    [InlineData("compute1", "tap", 1400, DhcpPathStatus.Degraded)]
    [InlineData("compute1", "qvb", 1400, DhcpPathStatus.Degraded)]
    [InlineData("compute1", "qvo", 1400, DhcpPathStatus.Degraded)]
    [InlineData("netnode", "tap", 1400, DhcpPathStatus.Degraded)]
    [InlineData("compute1", "qbr", 1400, DhcpPathStatus.Ok)]
    public void Device_of_a_port_must_hold_a_full_packet(
        string computerName, string device, int mtu, DhcpPathStatus status)
    {
        Cloud cloud = Whole("neutron-vxlan", records => records with
        {
            Networks = [.. records.Networks.Select(one => one with { Mtu = 1450 })],
        });
        List<NodeLink> links = cloud.Nodes[computerName].Links;
        for (int i = 0; i < links.Count; i++)
        {
            if (links[i].Device.StartsWith(device, StringComparison.Ordinal))
                links[i] = links[i] with { Mtu = mtu };
        }
        OvsMeshResult result = new OvsTunnelTester(cloud).Test("vxlan", _ => true);
        Assert.Equal((status, status == DhcpPathStatus.Ok ? null : "QN5021"), (result.Status, result.Cause));
        Assert.True(status == DhcpPathStatus.Ok || result.Object!.StartsWith(device, StringComparison.Ordinal));
    }

    [Fact]
    public void Device_beneath_that_is_down_is_QN5019()
    {
        Cloud cloud = Healthy();
        NodeState node = cloud.Nodes["netnode"];
        for (int i = 0; i < node.Links.Count; i++)
        {
            if (node.Links[i].Namespace.Length == 0)
                node.Links[i] = node.Links[i] with { Flags = ["BROADCAST"] };
        }
        OvsMeshResult result = new OvsTunnelTester(cloud).Test("gre", _ => true);
        Assert.Equal((DhcpPathStatus.Broken, "QN5019", "netnode"), (result.Status, result.Cause, result.ComputerName));
    }

    [Fact]
    public void Without_l2_population_every_pair_needs_a_tunnel_and_with_it_those_that_share_a_network()
    {
        Cloud cloud = Whole("neutron-ovsfw", records => records with { Ports = [] });
        foreach (NodeState node in cloud.Nodes.Values)
            node.OvsPorts.RemoveAll(port => port.Type == "vxlan");
        Assert.All(cloud.Nodes.Values, node => Assert.Contains(node.AgentConfigs,
            setting => setting is { Name: "l2_population", Value: "True" or "true" }));
        Assert.Empty(new OvsTunnelTester(cloud).Test("vxlan", _ => true).Pairs);
        foreach (NodeState node in cloud.Nodes.Values)
            node.AgentConfigs.RemoveAll(setting => setting.Name == "l2_population");
        OvsMeshResult result = new OvsTunnelTester(cloud).Test("vxlan", _ => true);
        Assert.Equal((3, "QN5001"), (result.Pairs.Length, result.Cause));
    }

    [Fact]
    public void Pings_go_both_ways_small_and_as_large_as_a_full_packet()
    {
        var tester = new OvsTunnelTester(Whole("neutron-vxlan", records => records));
        IReadOnlyList<UnderlayPing> pings = tester.PingsFor(tester.Test("vxlan", node => node == "compute1"));
        Assert.Equal(8, pings.Count);
        UnderlayPing large = pings.First(ping => ping.Size is not null);
        Assert.Equal(1500, large.Size);
        Assert.Contains("-M do -s 1472 ", string.Join(' ', large.Argv), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "1 packets transmitted, 1 received, 0% packet loss, time 0ms", false, DhcpPathStatus.Ok, null)]
    [InlineData(1, "1 packets transmitted, 0 received, 100% packet loss, time 0ms", false, DhcpPathStatus.Broken,
        "QN5019")]
    [InlineData(1, "ping: local error: message too long, mtu=1450", true, DhcpPathStatus.Degraded, "QN5021")]
    [InlineData(2, "ping: invalid argument", false, DhcpPathStatus.Unknown, "QN5019")]
    [InlineData(null, "the node said nothing", false, DhcpPathStatus.Unknown, "QN5019")]
    public void Ping_tells_what_only_packets_show(
        int? exit, string output, bool isLarge, DhcpPathStatus status, string? cause)
    {
        var tester = new OvsTunnelTester(Whole("neutron-vxlan", records => records));
        UnderlayPing sent = tester.PingsFor(tester.Test("vxlan", _ => true))
            .First(ping => ping.Size is not null == isLarge);
        OvsTunnelPing ping = sent.Answered(exit, output);
        OvsMeshResult result = tester.Test("vxlan", _ => true, [ping]);
        Assert.Equal((status, cause), (result.Status, result.Cause));
        Assert.Contains(output.Split(',')[^1].Trim(), ping.Text, StringComparison.Ordinal);
        Assert.Equal(sent.ComputerName, Assert.Single(result.Pairs.SelectMany(pair => pair.Pings)).ComputerName);
    }

    private static string FaultOf(CorpusCase one) => one.Name[(one.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static Cloud Healthy() => Whole("grizzly-gre", records => records);

    private static Cloud Whole(string name, Func<CloudRecords, CloudRecords> edit)
    {
        Cloud cloud = CloudReader.Read(CorpusCase.All[name].Load());
        return new() { Records = edit(cloud.Records), Nodes = cloud.Nodes, CollectedAt = cloud.CollectedAt };
    }
}
