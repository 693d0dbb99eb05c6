using System.Text;
using QuantumNet.Core.Tests.Parsing;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Snapshots;

public sealed class OvsCollectorTests
{
    private const string Folder = "neutron-zed/hybrid+vxlan/compute1";
    private readonly NodeState _node = new() { ComputerName = "node1" };
    private readonly TextSource _source = Sources.Of("as given", out _);

    private void Read(ICollector collector, string text, int exitStatus, string subject, params string[] argv) =>
        collector.Read(
            new CommandOutput { Argv = argv, Subject = subject, ExitStatus = exitStatus,
                StandardOutput = Encoding.UTF8.GetBytes(text) }, _source, _node);

    private static string Tables => string.Concat(
        new[] { "Bridge", "Port", "Interface", "Controller" }
            .Select(table => Samples.Text($"{Folder}/ovs-vsctl-list-{table}.json")));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tables_and_show_make_one_list_whichever_comes_first(bool tablesFirst)
    {
        var collector = new OvsPortCollector();
        for (int i = 0; i < 2; i++)
        {
            if (tablesFirst == (i == 0))
                Read(collector, Tables, 0, "", "ovs-vsctl", "--format=json", "list", "Bridge");
            else
                Read(collector, Samples.Text($"{Folder}/ovs-vsctl-show.txt"), 0, "", "ovs-vsctl", "show");
        }
        Assert.Equal(4, _node.OvsBridges.Count);
        Assert.All(_node.OvsBridges, bridge => Assert.Equal("3.1.0", bridge.OvsVersion));
        Assert.Equal(_node.OvsPorts.Count, _node.OvsPorts.DistinctBy(port => (port.Bridge, port.Device)).Count());
        Assert.All(_node.OvsPorts, port => Assert.NotNull(port.OfPort));
        Assert.Empty(_source.Issues);
    }

    [Fact]
    public void Show_alone_gives_ports_too()
    {
        Read(new OvsPortCollector(), Tables, 1, "", "ovs-vsctl", "--format=json", "list", "Bridge");
        Assert.Empty(_node.OvsPorts);
        Read(new OvsPortCollector(), Samples.Text($"{Folder}/ovs-vsctl-show.txt"), 0, "", "ovs-vsctl", "show");
        Assert.Contains(_node.OvsPorts, port => port is { Device: "qvo69c33a53-13", Tag: 1 });
    }

    [Fact]
    public void Bridges_are_collected_where_ports_are()
    {
        _node.Commands.Add(new CollectedCommand { Collector = "OvsPort", State = CollectionState.Failed });
        new OvsPortCollector().Finish(_node);
        Assert.Equal(CollectionState.Failed, _node.StateOf("OvsBridge"));
        _node.Commands.Add(new CollectedCommand { Collector = "OvsPort", State = CollectionState.Collected });
        new OvsPortCollector().Finish(_node);
        Assert.True(_node.Has("OvsBridge"));
        Assert.False(new NodeState().Has("OvsBridge"));
    }

    [Fact]
    public void The_second_dialect_is_read_only_where_the_first_was_refused()
    {
        var collector = new OvsFlowCollector();
        string old = Samples.Text($"{Folder}/ovs-ofctl-dump-flows-br-tun.txt");
        string modern = Samples.Text($"{Folder}/ovs-ofctl-dump-flows-br-tun-of13.txt");
        Read(collector, old, 0, "br-tun", "ovs-ofctl", "dump-flows", "br-tun");
        Read(collector, modern, 0, "br-tun", "ovs-ofctl", "-O", "OpenFlow13", "dump-flows", "br-tun");
        Assert.Equal(14, _node.OvsFlows.Count);
        Assert.All(_node.OvsFlows, flow => Assert.DoesNotContain("goto_table", flow.RawText, StringComparison.Ordinal));

        Read(collector, old, 1, "br-int", "ovs-ofctl", "dump-flows", "br-int");
        Read(collector, modern, 0, "", "ovs-ofctl", "-O", "OpenFlow13", "dump-flows", "br-int");
        Assert.Equal(14, _node.OvsFlows.Count(flow => flow.Bridge == "br-int"));
    }

    [Fact]
    public void Ports_and_MAC_tables_carry_their_bridge()
    {
        Read(new OpenFlowPortCollector(), Samples.Text($"{Folder}/ovs-ofctl-show-br-int.txt"), 0, "br-int",
            "ovs-ofctl", "show", "br-int");
        Read(new OpenFlowPortCollector(), Samples.Text($"{Folder}/ovs-ofctl-show-br-int-of13.txt"), 0, "br-int",
            "ovs-ofctl", "-O", "OpenFlow13", "show", "br-int");
        Read(new OvsFdbCollector(), Samples.Text($"{Folder}/fdb-show-br-int.txt"), 0, "br-int",
            "ovs-appctl", "fdb/show", "br-int");
        Assert.Equal(4, _node.OpenFlowPorts.Count);
        Assert.All(_node.OpenFlowPorts, port => Assert.Equal("br-int", port.Bridge));
        Assert.All(_node.OvsFdbEntries, entry => Assert.Equal("br-int", entry.Bridge));
        Assert.NotEmpty(_node.OvsFdbEntries);
    }

    [Fact]
    public void Groups_carry_their_bridge_and_are_read_once()
    {
        const string dummy = "openvswitch-3.1/dummy/ovs-ofctl-dump-groups-br0-";
        Read(new OvsGroupCollector(), "version negotiation failed", 1, "br-int", "ovs-ofctl", "-O", "OpenFlow13",
            "dump-groups", "br-int");
        Read(new OvsGroupCollector(), Samples.Text(dummy + "of10.txt"), 0, "br-int", "ovs-ofctl", "dump-groups",
            "br-int");
        Read(new OvsGroupCollector(), Samples.Text(dummy + "of13.txt"), 0, "br-int", "ovs-ofctl", "-O", "OpenFlow13",
            "dump-groups", "br-int");
        Assert.Equal(8, _node.OvsGroups.Count);
        Assert.All(_node.OvsGroups, group => Assert.Equal("br-int", group.Bridge));
    }

    [Theory]
    [InlineData("priority=1 actions=write_actions(group:3)", true)]
    [InlineData("priority=1 actions=NORMAL", false)]
    public void Groups_that_were_not_collected_are_missed_only_where_a_flow_names_one(string flow, bool isMissed)
    {
        CommandOutput Output(string command, string text, int status) => new()
        {
            ComputerName = "n1", Argv = command.Split(' '), ExitStatus = status, Subject = "br-int",
            StandardOutput = Encoding.UTF8.GetBytes(text),
        };
        QuantumSnapshot snapshot = SnapshotCoverage.Of(new QuantumSnapshot
        {
            Nodes = [new() { ComputerName = "n1" }],
            Outputs =
            [
                Output("ovs-vsctl show", "0\n    Bridge br-int\n        Port br-int\n", 0) with { Subject = "" },
                Output("ovs-ofctl dump-flows br-int", $" {flow}\n", 0),
                Output("ovs-ofctl -O OpenFlow13 dump-groups br-int", "", 1),
            ],
        });
        Assert.Equal(isMissed, Array.Exists(snapshot.MissingEvidence, gap => gap is { Collector: "OvsGroup",
            Subject: "br-int", Command: "ovs-ofctl -O OpenFlow13 dump-groups br-int" }));
    }
}
