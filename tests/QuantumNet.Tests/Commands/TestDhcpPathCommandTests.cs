using QuantumNet.Access;
using QuantumNet.Commands;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Lab;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Commands;

public sealed class TestDhcpPathCommandTests
{
    private readonly RecordingSource _source = new();

    [Fact]
    public void Piped_ports_are_gathered_once_and_those_of_the_network_left_out()
    {
        Cloud cloud = RecordCmdletTests.CloudOf();
        TestHost host = new TestHost().Run(new TestDhcpPathCommand { Connection = Connection(cloud) },
            [.. cloud.Records.Ports
                .Select(port => (Action<TestDhcpPathCommand>)(cmdlet => cmdlet.InputObject = [port]))]);
        GatherRequest request = Assert.Single(_source.Requests);
        Assert.Equal("1408934f-1612-4d1c-b0f5-93dd86cb0b4a", request.Port);
        Assert.Equal("1408934f-1612-4d1c-b0f5-93dd86cb0b4a",
            Assert.IsType<DhcpPathResult>(Assert.Single(host.Objects)).PortId);
        Assert.Contains(host.VerboseLines, line => line.Contains("network:dhcp", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_port_every_instance_is_tested()
    {
        TestHost host = new TestHost()
            .Run(new TestDhcpPathCommand { Connection = Connection(RecordCmdletTests.CloudOf()) });
        Assert.Equal("", Assert.Single(_source.Requests).Port);
        Assert.Single(host.Objects);
    }

    [Fact]
    public void All_tests_every_instance()
    {
        TestDhcpPathCommand cmdlet = new() { Connection = Connection(RecordCmdletTests.CloudOf()) };
        cmdlet.SetSwitch(nameof(cmdlet.All), true);
        TestHost host = new TestHost().Run(cmdlet);
        Assert.Equal("", Assert.Single(_source.Requests).Port);
        Assert.Single(host.Objects);
        Assert.Empty(host.Errors);
    }

    [Fact]
    public void Watch_tells_what_changes_until_all_is_well()
    {
        Cloud broken = Sample("broken-QN4001-port-has-no-tag.zip"), healthy = Sample("healthy-neutron-vxlan");
        Queue<Cloud> looks = new([broken, broken, healthy]);
        QuantumConnection connection = Connection(broken) with { ReadCloud = _ => looks.Dequeue() };
        TestDhcpPathCommand cmdlet = new() { Connection = connection, IntervalSeconds = 0 };
        cmdlet.SetSwitch(nameof(cmdlet.Watch), true);
        TestHost host = new TestHost().Run(cmdlet);
        DhcpPathResult[] told = [.. host.Objects.Cast<DhcpPathResult>()];
        Assert.Single(told, result => result.Cause == "QN4001");
        Assert.Equal(told.Length, told.DistinctBy(result => result.PortId).Count());
        Assert.Equal(DhcpPathStatus.Ok, told[^1].Status);
        Assert.Empty(looks);
    }

    private static Cloud Sample(string name) =>
        CloudReader.Read(SnapshotReader.Load(Path.Combine(Repository.Root, "samples", name)));

    [Fact]
    public void Watch_needs_live_nodes()
    {
        TestDhcpPathCommand cmdlet = new()
        {
            Connection = Connection(RecordCmdletTests.CloudOf()) with { Snapshot = "/x" },
        };
        cmdlet.SetSwitch(nameof(cmdlet.Watch), true);
        QuantumException error = Assert.Throws<QuantumException>(() => new TestHost().Run(cmdlet));
        Assert.Equal("NeedsLiveNodes", error.Error.Id);
    }

    [Fact]
    public void A_port_named_twice_is_tested_once()
    {
        TestHost host = new TestHost().Run(new TestDhcpPathCommand
        {
            Connection = Connection(RecordCmdletTests.CloudOf()),
            PortId = ["1408934f", "172.241.0.2", "FA:16:3E:6F:70:E1"],
        });
        Assert.Single(host.Objects);
        Assert.Empty(host.Errors);
    }

    [Fact]
    public void An_unknown_port_is_an_error_and_the_others_go_on()
    {
        TestHost host = new TestHost().Run(new TestDhcpPathCommand
        {
            Connection = Connection(RecordCmdletTests.CloudOf()),
            PortId = ["ffffffff", "1408934f"],
        });
        Assert.Equal("PortNotFound", Assert.Single(host.Errors).Id);
        Assert.Single(host.Objects);
    }

    [Fact]
    public void Quiet_says_false_and_tells_that_it_could_not_tell()
    {
        var cmdlet = new TestDhcpPathCommand { Connection = Connection(RecordCmdletTests.CloudOf()),
            PortId = ["1408934f"] };
        cmdlet.SetSwitch("Quiet", true);
        TestHost host = new TestHost().Run(cmdlet);
        Assert.Equal([false], host.Objects);
        Assert.Equal("PathUnknown", Assert.Single(host.Errors).Id);
    }

    private QuantumConnection Connection(Cloud cloud) => TestHost.ConnectionTo(cloud, _source);
}
