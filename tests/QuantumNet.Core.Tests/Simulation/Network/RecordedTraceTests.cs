using System.Text;
using QuantumNet.Core.Tests.Parsing.Ovs;
using QuantumNet.Parsing.Ovs;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Simulation.Network;
using QuantumNet.Simulation.OpenFlow;
using QuantumNet.Snapshots;
using QuantumNet.Topology;
using Xunit.Abstractions;

namespace QuantumNet.Core.Tests.Simulation.Network;

/// <summary>The nodes of a real cloud in three variants: packets meet the flows that the switches' own
/// <c>ofproto/trace</c> showed there, and take the way on which tcpdump saw them.</summary>
public sealed class RecordedTraceTests(ITestOutputHelper output)
{
    private static readonly string[] s_bridges = ["br-int", "br-tun", "br-vlan", "br-phy"];

    // variant, node, file, command
    private static readonly string[][] s_traces =
        [.. Samples.Text("neutron-zed/traces.tsv").TrimEnd('\n').Split('\n').Select(line => line.Split('\t'))];

    public static TheoryData<string, string, string> Traces
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string[] one in s_traces)
                data.Add(one[0], one[1], one[2]);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Traces))]
    public void Packet_meets_the_flows_that_the_switch_showed(string variant, string node, string file)
    {
        OfprotoTrace theirs = Parse($"neutron-zed/{variant}/{node}/{file}", out IReadOnlyList<ParseIssue> issues);
        Assert.Empty(issues);
        string[] command = s_traces.Single(one => one[0] == variant && one[1] == node && one[2] == file)[3].Split(' ');
        SwitchNode switches = CollectedBridges.Joined(Cloud(variant).Node(node)!);
        SwitchBridge bridge = switches.Bridge(command[^2])!;
        Packet packet = PacketText.Read(command[^1], bridge.NumberOf, out string unknown)!;
        Assert.Equal("", unknown);

        PacketTrace ours = Translation.Run(switches, bridge, packet, TraceOptions.Default);
        bool same = SwitchComparison.Compare(switches, ours, theirs);
        foreach (TraceStep step in ours.Steps)
            output.WriteLine($"{step.Bridge} {step.Table} {step} {step.IsConfirmed} {step.LiveText}");
        Assert.True(same);
        Assert.True(ours.IsWhole);
        Assert.Equal(Tunnels(theirs), ours.Outputs.Select(one => one.Port)
            .Where(port => port.StartsWith("gre-", StringComparison.Ordinal)
                || port.StartsWith("vxlan-", StringComparison.Ordinal)).Select(PeerOf));
    }

    public static TheoryData<string> Variants => new(s_traces.Select(one => one[0]).Distinct());

    // The names of the captures tell where tcpdump saw both packets.
    [Theory]
    [MemberData(nameof(Variants))]
    public void Request_and_reply_arrive_where_they_were_captured(string variant)
    {
        string[] captured = [.. Directory.GetFiles(Path.Combine(Samples.Folder, "neutron-zed", variant, "pcap"),
            "*.pcap")
            .Select(file => Path.GetFileNameWithoutExtension(file))];
        CloudView cloud = Cloud(variant);
        IReadOnlyList<NodeTrace> request = Send(cloud, variant, "compute1", "trace-discover.txt", []);
        Assert.Contains(request, trace => trace.Node.Name == "netnode" && trace.Trace.Outputs.Any(one =>
            captured.Any(name => name.EndsWith($"-netnode-qdhcp-{one.Port}", StringComparison.Ordinal))));
        IReadOnlyList<NodeTrace> reply = Send(cloud, variant, "netnode", "trace-offer.txt", request);
        Assert.Contains(reply, trace => trace.Node.Name == "compute1" && trace.Trace.Outputs.Any(one =>
            captured.Any(name => name.EndsWith($"-compute1-{one.Port}", StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Request_teaches_the_flow_that_the_switch_had_learned(string variant)
    {
        CloudView cloud = Cloud(variant);
        NodeTrace arrived = Send(cloud, variant, "compute1", "trace-discover.txt", [])
            .First(trace => trace.Node.Name == "netnode");
        LearnedFlow learned = Assert.Single(arrived.Trace.LearnedFlows);
        Assert.Contains(cloud.Node("netnode")!.FlowsIn(learned.Bridge), flow =>
            (flow.Table, flow.Priority, flow.Cookie, flow.HardTimeoutSeconds, flow.Match) == (learned.Table,
                learned.Flow!.Priority, learned.Flow.Cookie, learned.Flow.HardTimeoutSeconds, learned.Flow.Match)
            && flow.Actions.SequenceEqual(learned.Flow.Actions));
    }

    // Once the learned flow has aged, the reply still takes the way that the request teaches.
    [Theory]
    [MemberData(nameof(Variants))]
    public void Reply_takes_the_flow_that_the_request_teaches(string variant)
    {
        CloudView cloud = Cloud(variant, flow => !flow.Contains(" table=20, ", StringComparison.Ordinal)
            || !flow.Contains("hard_timeout", StringComparison.Ordinal));
        IReadOnlyList<NodeTrace> request = Send(cloud, variant, "compute1", "trace-discover.txt", []);
        TraceStep met = Send(cloud, variant, "netnode", "trace-offer.txt", request)[0].Trace.Steps
            .Single(step => step is { Kind: "table", Table: 20, Bridge: "br-tun" });
        Assert.True(met.IsLearned);
        Assert.DoesNotContain(Send(cloud, variant, "netnode", "trace-offer.txt", request)[0].Trace.Steps,
            step => step is { Bridge: "br-tun", Table: 22 });
    }

    private static IReadOnlyList<NodeTrace> Send(
        CloudView cloud, string variant, string name, string file, IReadOnlyList<NodeTrace> before)
    {
        string[] command = s_traces.Single(one => one[0] == variant && one[2] == file)[3].Split(' ');
        NodeView node = cloud.Node(name)!;
        SwitchBridge bridge = CollectedBridges.Joined(node).Bridge(command[^2])!;
        Packet packet = PacketText.Read(command[^1], bridge.NumberOf)!;
        string device = bridge.Port(packet.InPort)!.Name;
        return NetworkTrace.Run(cloud, node, node.OvsPort(device)!, packet, before: before);
    }

    [Fact]
    public void A_flow_that_is_another_one_is_told()
    {
        OfprotoTrace theirs = Parse("neutron-zed/hybrid+gre/compute1/trace-discover.txt", out _);
        SwitchNode switches = CollectedBridges.Joined(Cloud("hybrid+gre").Node("compute1")!);
        Packet packet = PacketText.Read(theirs.Flow.Replace("dl_dst=ff:ff:ff:ff:ff:ff", "dl_dst=fa:16:3e:00:00:01",
            StringComparison.Ordinal), switches.Bridge("br-int")!.NumberOf)!;
        PacketTrace ours = Translation.Run(switches, switches.Bridge("br-int")!, packet, TraceOptions.Default);
        Assert.False(SwitchComparison.Compare(switches, ours, theirs));
        TraceStep other = Assert.Single(ours.Steps, step => step.IsConfirmed == false);
        Assert.Equal(("br-tun", 2), (other.Bridge, other.Table));
        Assert.Contains("br-tun", other.LiveText, StringComparison.Ordinal);
    }

    private static string[] Tunnels(OfprotoTrace trace) => [.. trace.Steps.SelectMany(step => step.Actions)
        .Where(action => action.StartsWith("-> tunneling to ", StringComparison.Ordinal))
        .Select(action => action.Split(' ')[3])];

    // Neutron names a tunnel port for the other end's address in hexadecimal digits.
    private static string PeerOf(string device) =>
        string.Join('.', Convert.FromHexString(device[(device.IndexOf('-', StringComparison.Ordinal) + 1)..]));

    private static OfprotoTrace Parse(string path, out IReadOnlyList<ParseIssue> issues)
    {
        TextSource source = Recorded.Source("ovs-appctl ofproto/trace");
        OfprotoTrace trace = OfprotoTraceParser.Parse(Samples.Text(path), source);
        issues = [.. source.Issues];
        return trace;
    }

    private static CloudView Cloud(string variant, Predicate<string>? keeps = null) => new(CloudReader.Read(new()
    {
        CollectedAt = new DateTime(2026, 11, 22, 6, 7, 19, DateTimeKind.Utc),
        Outputs = [.. Outputs(variant, "compute1").Concat(Outputs(variant, "netnode")).Select(output => keeps is null
            ? output : output with
            {
                StandardOutput = Encoding.UTF8.GetBytes(string.Join('\n', output.Text.Split('\n')
                    .Where(line => keeps(line)))),
            })],
    }));

    private static IEnumerable<CommandOutput> Outputs(string variant, string node)
    {
        string[] tables = ["Bridge", "Port", "Interface", "Controller", "Open_vSwitch"];
        yield return Output("ovs-vsctl --format=json list Bridge -- list Port -- list Interface -- list Controller "
            + "-- list Open_vSwitch", [.. tables.Select(table => $"ovs-vsctl-list-{table}.json")]);
        yield return Output("ip address", "ip-addr.txt");
        foreach (string bridge in s_bridges)
        {
            yield return Output($"ovs-ofctl show {bridge}", $"ovs-ofctl-show-{bridge}.txt");
            yield return Output($"ovs-ofctl dump-flows {bridge}", $"ovs-ofctl-dump-flows-{bridge}.txt");
            yield return Output($"ovs-appctl fdb/show {bridge}", $"fdb-show-{bridge}.txt");
        }

        CommandOutput Output(string command, params string[] files) => new()
        {
            ComputerName = node, Argv = command.Split(' '), ExitStatus = 0,
            StandardOutput = Encoding.UTF8.GetBytes(
                string.Join('\n', files.Select(file => Samples.Text($"neutron-zed/{variant}/{node}/{file}")))),
        };
    }
}
