using QuantumNet.Observations.Counters;
using QuantumNet.Diagnosis;

namespace QuantumNet.Core.Tests.Counters;

public sealed class CounterMeasurementTests
{
    [Theory]
    [InlineData("hybrid+gre")]
    [InlineData("hybrid+vxlan")]
    [InlineData("ovsfw+vxlan")]
    public void A_lease_moves_every_counting_hop_in_both_directions(string variant)
    {
        DhcpCounterChange[] changes = Measure(variant);
        CounterTestimony testimony = CounterTestimony.Read(changes);

        Assert.True(testimony.IsWhole, string.Join('\n', changes.Where(change => change.IsOnPath)
            .Select(change => $"{change.Direction} {change.Sequence} {change} {change.IsDecisive}")));
        Assert.Null(testimony.Lost);
        Assert.Equal(("netnode", HopComponent.Namespace),
            (testimony.Request.LastMoved!.ComputerName, testimony.Request.LastMoved.Component));
        Assert.Equal(("compute1", HopComponent.Tap),
            (testimony.Reply.LastMoved!.ComputerName, testimony.Reply.LastMoved.Component));
    }

    [Fact]
    public void Rules_are_held_against_each_other_by_what_they_say()
    {
        DhcpCounterChange rule = Measure("hybrid+gre")
            .Single(change => change.RawText.Contains("-o43fefa8a-8 -s 0.0.0.0/32", StringComparison.Ordinal));
        Assert.Equal((2L, 4L, 2L, 656L), (rule.PacketsBefore, rule.PacketsAfter, rule.PacketDelta, rule.ByteDelta));
        Assert.Equal((DhcpDirection.Request, true, true), (rule.Direction, rule.IsOnPath, rule.IsDecisive));
    }

    [Fact]
    public void What_did_not_move_off_the_path_is_left_out() =>
        Assert.DoesNotContain(Measure("hybrid+gre"),
            change => change is { IsOnPath: false, Change: CounterChange.Still });

    [Theory]
    [InlineData("hybrid+gre", "netnode", DhcpDirection.Request)]
    [InlineData("hybrid+gre", "compute1", DhcpDirection.Reply)]
    [InlineData("hybrid+vxlan", "netnode", DhcpDirection.Request)]
    [InlineData("ovsfw+vxlan", "netnode", DhcpDirection.Request)]
    [InlineData("ovsfw+vxlan", "compute1", DhcpDirection.Reply)]
    public void The_first_hop_that_did_not_move_is_named(string variant, string silentNode, DhcpDirection direction)
    {
        Cloud before = RenewalSamples.Before(variant), after = RenewalSamples.After(variant,
            (node, command) => node == silentNode && command != "requests");
        DhcpCounterChange[] changes = CounterMeasurement.Compare(before, after, null,
            RenewalSamples.InstancePort(after));

        DirectionTestimony? lost = CounterTestimony.Read(changes).Lost;
        Assert.NotNull(lost);
        Assert.Equal((silentNode, direction, "br-tun"),
            (lost.FirstStill!.ComputerName, lost.FirstStill.Direction, lost.FirstStill.Object));
        Assert.NotEqual(silentNode, lost.LastMoved!.ComputerName);
        Assert.Single(changes,
            change => change.Note.StartsWith("the first that did not count", StringComparison.Ordinal));
    }

    [Fact]
    public void An_instance_that_sends_nothing_is_told_from_a_lost_request()
    {
        Cloud before = RenewalSamples.Before("hybrid+gre"), after = RenewalSamples.After("hybrid+gre", (_, _) => true);
        DhcpCounterChange[] changes = CounterMeasurement.Compare(before, after, null,
            RenewalSamples.InstancePort(after));
        Assert.Equal(HopComponent.Tap, CounterTestimony.Read(changes).NeverAsked?.Component);
        Assert.Null(CounterTestimony.Read(changes).Lost);
    }

    [Fact]
    public void A_flow_added_again_counts_anew_and_never_backwards()
    {
        Cloud before = RenewalSamples.After("hybrid+gre");
        Cloud after = RenewalSamples.Before("hybrid+gre");      // younger flows and lower counters than before
        DhcpCounterChange[] changes = CounterMeasurement.Compare(before, after);

        DhcpCounterChange flow = changes.Single(change => change is { ComputerName: "compute1", Kind: CounterKind.Flow }
            && change.RawText.Contains("table=22", StringComparison.Ordinal)
            && change.RawText.Contains("dl_vlan=1", StringComparison.Ordinal));
        Assert.Equal((CounterChange.Restarted, 8L, 5L), (flow.Change, flow.PacketsBefore, flow.PacketDelta));
        Assert.All(changes, change => Assert.True(change.PacketDelta >= 0, change.ToString()));
    }

    [Fact]
    public void Traffic_that_a_quiet_sample_saw_too_is_background()
    {
        Cloud quiet = RenewalSamples.Before("hybrid+gre"), middle = RenewalSamples.After("hybrid+gre");
        Cloud after = new() { Nodes = middle.Nodes, Records = middle.Records,
            CollectedAt = middle.CollectedAt.AddSeconds(60) };
        DhcpCounterChange[] changes = CounterMeasurement.Compare(middle, after, quiet,
            RenewalSamples.InstancePort(after));

        DhcpCounterChange tap = changes.Single(
            change => change is { IsOnPath: true, Kind: CounterKind.LinkReceived, Component: HopComponent.Tap });
        Assert.Equal(60, tap.BackgroundDelta);      // six packets in six seconds, stretched to sixty
        Assert.False(tap.IsAboveBackground);
    }

    [Fact]
    public void Without_a_quiet_sample_nothing_is_called_background() =>
        Assert.All(Measure("hybrid+gre"), change => Assert.Null(change.BackgroundDelta));

    private static DhcpCounterChange[] Measure(string variant)
    {
        Cloud before = RenewalSamples.Before(variant), after = RenewalSamples.After(variant);
        return CounterMeasurement.Compare(before, after, null, RenewalSamples.InstancePort(after));
    }
}
