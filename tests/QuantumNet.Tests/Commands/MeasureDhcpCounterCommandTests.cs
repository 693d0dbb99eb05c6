using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Commands;

public sealed class MeasureDhcpCounterCommandTests
{
    private readonly RecordingSource _source = new();

    [Fact]
    public void Two_samples_are_gathered_and_what_moved_in_between_is_emitted()
    {
        TestHost host = Measure(new() { DurationSeconds = 0, SettleSeconds = 0 }, Sample(0, 3), Sample(10, 8));
        DhcpCounterChange change = Assert.IsType<DhcpCounterChange>(Assert.Single(host.Objects));
        Assert.Equal((CounterKind.Flow, 3L, 8L, 5L, null, 10d), (change.Kind, change.PacketsBefore, change.PacketsAfter,
            change.PacketDelta, change.BackgroundDelta, change.IntervalSeconds));
        Assert.Equal(2, _source.Requests.Count);
        Assert.All(_source.Requests, request => Assert.True(request.IsSample));
    }

    [Fact]
    public void A_quiet_sample_comes_first_and_tells_the_background()
    {
        // The wait of a second before the first sample is real: nothing is measured by it.
        TestHost host = Measure(new() { DurationSeconds = 0, SettleSeconds = 0, QuietSeconds = 1 }, Sample(0, 3),
            Sample(5, 4), Sample(15, 20));
        DhcpCounterChange change = Assert.IsType<DhcpCounterChange>(Assert.Single(host.Objects));
        Assert.Equal((16L, 2L), (change.PacketDelta, change.BackgroundDelta));
        Assert.Equal(3, _source.Requests.Count);
    }

    [Fact]
    public void A_snapshot_alone_has_no_second_sample()
    {
        QuantumConnection saved = TestHost.ConnectionTo(new Cloud(), _source) with { Snapshot = "incident.zip" };
        QuantumException error = Assert.Throws<QuantumException>(
            () => new TestHost().Run(new MeasureDhcpCounterCommand { Connection = saved }));
        Assert.Equal("NeedsLiveNodes", error.Error.Id);
        Assert.Empty(_source.Requests);
    }

    [Fact]
    public void An_unknown_port_is_an_error()
    {
        TestHost host = Measure(new() { DurationSeconds = 0, SettleSeconds = 0, PortId = ["ffffffff"] },
            Sample(0, 3), Sample(10, 8));
        Assert.Equal("PortNotFound", Assert.Single(host.Errors).Id);
        Assert.Empty(host.Objects);
    }

    [Fact]
    public void A_dnsmasq_that_is_another_process_is_warned_of()
    {
        Cloud first = Sample(0, 3), second = Sample(10, 3);
        first.Nodes["compute1"].DhcpServers.Add(new() { ComputerName = "compute1", NetworkId = "n", ProcessId = 11 });
        second.Nodes["compute1"].DhcpServers.Add(new() { ComputerName = "compute1", NetworkId = "n", ProcessId = 12 });
        TestHost host = Measure(new() { DurationSeconds = 0, SettleSeconds = 0 }, first, second);
        Assert.StartsWith("QN6006", Assert.Single(host.Warnings), StringComparison.Ordinal);
    }

    private TestHost Measure(MeasureDhcpCounterCommand cmdlet, params Cloud[] samples)
    {
        var queue = new Queue<Cloud>(samples);
        cmdlet.Connection = TestHost.ConnectionTo(new Cloud(), _source) with { ReadCloud = _ => queue.Dequeue() };
        return new TestHost().Run(cmdlet);
    }

    private static Cloud Sample(int second, long packets)
    {
        var node = new NodeState { ComputerName = "compute1" };
        node.OvsFlows.Add(new() { ComputerName = "compute1", Bridge = "br-int", Match = "in_port=3",
            PacketCount = packets, DurationSeconds = 100 + second });
        return new Cloud
        {
            Nodes = new Dictionary<string, NodeState> { ["compute1"] = node },
            CollectedAt = new DateTime(2026, 11, 22, 6, 0, 0, DateTimeKind.Utc).AddSeconds(second),
        };
    }
}
