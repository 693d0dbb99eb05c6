using QuantumNet.Diagnosis;
using QuantumNet.Observations.Counters;

namespace QuantumNet.Core.Tests.Diagnosis;

/// <summary>What counters say of packets; the numbers are those of a lab with guests that have IPv6.</summary>
public sealed class CounterTestimonyTests
{
    [Theory]
    [InlineData(1, 70)]         // a router solicitation
    [InlineData(3, 214)]
    [InlineData(5, 398)]
    public void Packets_too_short_for_DHCP_do_not_make_a_hop_reached(long packets, long bytes)
    {
        var testimony = CounterTestimony.Read([Hop(1, 1, 342), Hop(2, packets, bytes), Still(3)]);
        Assert.Equal((1, 2), (testimony.Request.LastMoved?.Sequence, testimony.Request.FirstStill?.Sequence));
    }

    [Theory]
    [InlineData(1, 342)]
    [InlineData(1, 268)]
    [InlineData(4, 552)]        // three router solicitations with it
    public void Packets_that_may_be_DHCP_do(long packets, long bytes)
    {
        var testimony = CounterTestimony.Read([Hop(1, 1, 342), Hop(2, packets, bytes), Still(3)]);
        Assert.Equal((2, 3), (testimony.Request.LastMoved?.Sequence, testimony.Request.FirstStill?.Sequence));
    }

    [Fact]
    public void A_counter_without_bytes_counts_packets() =>
        Assert.Equal(2, CounterTestimony.Read([Hop(1, 1, 342), Hop(2, 1, null), Still(3)]).Request.LastMoved?.Sequence);

    [Fact]
    public void A_flow_that_threw_it_away_is_where_it_was_lost()
    {
        var testimony = CounterTestimony.Read([Hop(1, 1, 342), Drop(2, 1, 342), Still(3)]);
        Assert.Equal((2, 2), (testimony.Request.LastMoved?.Sequence, testimony.Request.FirstStill?.Sequence));
        Assert.Same(testimony.Request, testimony.Lost);
    }

    [Fact]
    public void A_flow_that_threw_nothing_away_says_nothing()
    {
        var testimony = CounterTestimony.Read([Hop(1, 1, 342), Drop(2, 0, 0), Still(3)]);
        Assert.Equal((1, 3), (testimony.Request.LastMoved?.Sequence, testimony.Request.FirstStill?.Sequence));
    }

    [Fact]
    public void What_a_flow_threw_away_before_the_server_heard_the_port_was_not_it()
    {
        var testimony = CounterTestimony.Read(
            [Hop(1, 1, 342), Drop(2, 1, 342), Hop(3, 1, null) with { IsExclusive = true }]);
        Assert.True(testimony.Request.IsComplete);
    }

    private static DhcpCounterChange Hop(int sequence, long packets, long? bytes) => new()
    {
        ComputerName = "netnode",
        Component = HopComponent.OvsBridge,
        Object = $"hop {sequence}",
        Kind = CounterKind.Flow,
        Change = packets == 0 ? CounterChange.Still : CounterChange.Moved,
        Direction = DhcpDirection.Request,
        Sequence = sequence,
        IsOnPath = true,
        IsDecisive = true,
        PacketDelta = packets,
        ByteDelta = bytes,
        RawText = " table=0, n_packets=9, n_bytes=900, priority=1 actions=NORMAL",
    };

    private static DhcpCounterChange Still(int sequence) => Hop(sequence, 0, 0);

    private static DhcpCounterChange Drop(int sequence, long packets, long bytes) =>
        Hop(sequence, packets, bytes) with { RawText = " table=0, n_packets=9, n_bytes=900, priority=1 actions=drop" };
}
