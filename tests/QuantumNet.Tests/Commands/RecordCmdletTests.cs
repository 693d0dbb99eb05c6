using QuantumNet.Access;
using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Commands;

public sealed class RecordCmdletTests
{
    private readonly RecordingSource _source = new();

    [Fact]
    public void Filters_choose_by_name_and_number()
    {
        TestHost host = new TestHost()
            .Run(new GetOvsFlowCommand { Connection = Connection(), Bridge = ["BR-*"], Table = [0] });
        Assert.Equal(["n1 br-int 0", "n2 br-int 0"], host.Objects.Cast<OvsFlow>().Select(Describe));
        Assert.Empty(host.Errors);
    }

    [Fact]
    public void Whatever_is_piped_is_gathered_once_and_emitted_once()
    {
        TestHost host = new TestHost().Run(new GetOvsFlowCommand { Connection = Connection() },
            cmdlet => { cmdlet.ComputerName = ["n1"]; cmdlet.Bridge = ["br-int"]; },
            cmdlet => { cmdlet.ComputerName = ["n1"]; cmdlet.Bridge = ["br-int"]; },
            cmdlet => { cmdlet.ComputerName = ["n2"]; cmdlet.Bridge = ["br-*"]; });
        GatherRequest request = Assert.Single(_source.Requests);
        Assert.Equal(["n1", "n2"], request.ComputerName);
        Assert.Equal(["OvsFlow"], request.Collectors);
        Assert.Equal(["n1 br-int 0", "n1 br-int 10", "n2 br-int 0"], host.Objects.Cast<OvsFlow>().Select(Describe));
    }

    [Fact]
    public void A_node_without_the_evidence_is_an_error_when_it_was_named()
    {
        TestHost named = new TestHost()
            .Run(new GetOvsFlowCommand { Connection = Connection(), ComputerName = ["ctl"] });
        Assert.Equal("NotCollected", Assert.Single(named.Errors).Id);
        TestHost all = new TestHost().Run(new GetOvsFlowCommand { Connection = Connection() });
        Assert.Empty(all.Errors);
        Assert.Equal(3, all.Objects.Count);
    }

    [Fact]
    public void An_unknown_node_is_an_error_and_the_others_go_on()
    {
        TestHost host = new TestHost()
            .Run(new GetOvsFlowCommand { Connection = Connection(), ComputerName = ["nowhere", "n2"] });
        Assert.Equal(("NodeNotFound", "nowhere"), (Assert.Single(host.Errors).Id, host.Errors[0].Target));
        Assert.Single(host.Objects);
    }

    [Fact]
    public void A_failed_command_is_an_error_with_its_reason()
    {
        Cloud cloud = CloudOf();
        cloud.Nodes["n2"].Commands.Add(new CollectedCommand
        {
            Collector = "OvsFlow",
            Subject = "br-tun",
            State = CollectionState.Failed,
            Command = "ovs-ofctl dump-flows br-tun",
            Reason = "br-tun is not a bridge",
        });
        TestHost host = new TestHost()
            .Run(new GetOvsFlowCommand { Connection = TestHost.ConnectionTo(cloud, _source) });
        Assert.Equal("CollectionFailed", Assert.Single(host.Errors).Id);
        Assert.Contains("br-tun is not a bridge", host.Errors[0].Message, StringComparison.Ordinal);
        Assert.Equal(3, host.Objects.Count);
    }

    [Fact]
    public void A_node_that_fails_is_one_error()
    {
        var source = new RecordingSource
        {
            Answer = new() { Outputs = [new() { ComputerName = "n1" }] },
            OnGather = observer => observer.Failed(new QuantumError
            {
                Id = "NodeUnreachable",
                Category = QuantumErrorCategory.ConnectionError,
                Target = "n3",
                Message = "Cannot reach n3.",
                Advice = "Try ssh n3 true.",
            }),
        };
        TestHost host = new TestHost().Run(new GetOvsFlowCommand { Connection = TestHost.ConnectionTo(CloudOf(),
            source), ComputerName = ["n1", "n3"] });
        Assert.Equal(["NodeUnreachable"], host.Errors.Select(error => error.Id));
        Assert.Equal(2, host.Objects.Count);
    }

    [Fact]
    public void Without_a_connection_it_says_how_to_get_one()
    {
        var error = Assert.Throws<QuantumException>(() => new TestHost().Run(new GetOvsFlowCommand()));
        Assert.Equal("NoConnection", error.Error.Id);
    }

    [Fact]
    public void The_sessions_own_connection_is_the_default()
    {
        var host = new TestHost();
        host.Connections.Default = Connection();
        Assert.Equal(3, host.Run(new GetOvsFlowCommand()).Objects.Count);
    }

    [Fact]
    public void Two_sources_are_one_too_many()
    {
        var error = Assert.Throws<QuantumException>(
            () => new TestHost().Run(new GetOvsFlowCommand { Connection = Connection(), Snapshot = "x" }));
        Assert.Equal("AmbiguousSource", error.Error.Id);
    }

    [Fact]
    public void Records_that_were_not_collected_are_unknown_and_not_empty()
    {
        TestHost host = new TestHost().Run(new GetQuantumSubnetCommand { Connection = Connection() });
        Assert.Equal("RecordsNotCollected", Assert.Single(host.Errors).Id);
    }

    [Theory]
    [InlineData("1408934f")]
    [InlineData("1408934F-1612-4d1c-b0f5-93dd86cb0b4a")]
    [InlineData("*0b4a")]
    public void A_port_is_found_by_its_id_or_a_part_of_it(string id)
    {
        TestHost host = new TestHost().Run(new GetQuantumPortCommand { Connection = Connection(), PortId = [id] });
        Assert.Equal("fa:16:3e:6f:70:e1", Assert.IsType<QuantumPort>(Assert.Single(host.Objects)).Mac);
    }

    [Fact]
    public void Piped_objects_without_a_value_ask_for_nothing()
    {
        TestHost host = new TestHost().Run(new GetOvsPortCommand { Connection = Connection() },
            cmdlet => cmdlet.ComputerName = [""]);
        Assert.Empty(host.Objects);
        Assert.Empty(host.Errors);
        Assert.Empty(_source.Requests);
    }

    [Fact]
    public void An_empty_window_of_time_is_refused()
    {
        var error = Assert.Throws<QuantumException>(() => new TestHost().Run(new GetAgentLogCommand
        {
            Connection = Connection(),
            After = DateTime.UnixEpoch.AddDays(1),
            Before = DateTime.UnixEpoch,
        }));
        Assert.Equal("BadTimeWindow", error.Error.Id);
    }

    private QuantumConnection Connection() => TestHost.ConnectionTo(CloudOf(), _source);

    private static string Describe(OvsFlow flow) => $"{flow.ComputerName} {flow.Bridge} {flow.Table}";

    internal static Cloud CloudOf() => new()
    {
        Nodes = new Dictionary<string, NodeState>(StringComparer.OrdinalIgnoreCase)
        {
            ["n1"] = Node("n1", Flow("n1", "br-int", 0), Flow("n1", "br-int", 10)),
            ["n2"] = Node("n2", Flow("n2", "br-int", 0)),
            ["ctl"] = new NodeState { ComputerName = "ctl" },
        },
        Records = new CloudRecords
        {
            CollectedKinds = new HashSet<string> { "port" },
            Ports =
            [
                new QuantumPort { PortId = "1408934f-1612-4d1c-b0f5-93dd86cb0b4a",
                    Mac = "fa:16:3e:6f:70:e1", IpAddress = "172.241.0.2", DeviceOwner = "compute:nova",
                    DeviceId = "44e362ba-e8a4-4bae-b0ea-5477666632c9", ComputerName = "n1" },
                new QuantumPort { PortId = "8920e6f6-7caf-4be4-a3a0-0f4d5ed8f2b2", Mac = "fa:16:3e:00:00:01",
                    DeviceOwner = "network:dhcp", ComputerName = "n2" },
            ],
        },
    };

    private static NodeState Node(string name, params OvsFlow[] flows)
    {
        var node = new NodeState { ComputerName = name };
        node.OvsFlows.AddRange(flows);
        node.Commands.Add(
            new CollectedCommand { Collector = "OvsFlow", Subject = "br-int", State = CollectionState.Collected });
        return node;
    }

    private static OvsFlow Flow(string node, string bridge, int table) =>
        new() { ComputerName = node, Bridge = bridge, Table = table };
}
