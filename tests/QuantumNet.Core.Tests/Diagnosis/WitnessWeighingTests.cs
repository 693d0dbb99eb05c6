using QuantumNet.Core.Tests.Counters;
using QuantumNet.Observations.Counters;
using QuantumNet.Diagnosis;

namespace QuantumNet.Core.Tests.Diagnosis;

public sealed class WitnessWeighingTests
{
    private const string Variant = "hybrid+gre";

    [Fact]
    public void A_whole_state_and_a_lost_request_is_QN9007_at_the_hop_that_lost_it()
    {
        DhcpPathResult weighed = Weigh(State(DhcpPathStatus.Ok), (node, _) => node == "netnode");
        Assert.Equal((DhcpPathStatus.Broken, "QN9007", "netnode", "br-tun", DhcpDirection.Request),
            (weighed.Status, weighed.Cause, weighed.ComputerName, weighed.Object, weighed.Direction));
        Hop lost = Assert.Single(weighed.Hops, hop => hop.Action == HopAction.Dropped);
        Assert.Equal(("netnode", "br-tun", DhcpDirection.Request), (lost.ComputerName, lost.Object, lost.Direction));
        Assert.NotEmpty(weighed.Findings[0].Evidence);
        Assert.Contains("gets no lease", weighed.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_state_and_a_whole_exchange_is_QN9007_and_no_longer_broken()
    {
        DhcpPathResult weighed = Weigh(State(DhcpPathStatus.Broken), null);
        Assert.Equal((DhcpPathStatus.Degraded, "QN9007"), (weighed.Status, weighed.Cause));
        Assert.Contains("QN5006", weighed.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_both_agree_nothing_changes()
    {
        DhcpPathResult whole = State(DhcpPathStatus.Ok);
        Assert.Same(whole.Summary, Weigh(whole, null).Summary);
        Assert.Null(Weigh(whole, null).Cause);
        DhcpPathResult broken = State(DhcpPathStatus.Broken);
        Assert.Equal("QN5006", Weigh(broken, (node, _) => node == "netnode").Cause);
    }

    [Fact]
    public void An_instance_that_did_not_ask_is_told_and_breaks_nothing()
    {
        DhcpPathResult weighed = Weigh(State(DhcpPathStatus.Ok), (_, _) => true);
        Assert.Equal(DhcpPathStatus.Ok, weighed.Status);
        Assert.Equal(("QN7001", CheckSeverity.Info),
            (Assert.Single(weighed.Findings).Code, weighed.Findings[0].Severity));
    }

    [Fact]
    public void Counters_of_another_port_are_no_witness()
    {
        DhcpCounterChange[] changes = [.. Changes(null).Select(change => change with { PortId = "another" })];
        Assert.Null(CounterWitness.Of(Port(), changes));
    }

    [Fact]
    public void A_capture_that_loses_the_reply_of_a_whole_state_is_QN9007_at_the_first_hop_that_misses_it()
    {
        DhcpPathResult state = State(DhcpPathStatus.Ok);
        DhcpTraceResult trace = Trace(state) with { Direction = DhcpDirection.Reply,
            LastSeen = "netnode/" + TapOf(state, "netnode"), FirstMissing = "compute1/" + TapOf(state, "compute1"),
            ComputerName = "compute1", Object = TapOf(state, "compute1") };
        DhcpPathResult weighed = WitnessWeighing.Weigh(state, TraceWitness.Of(state, [trace])!);
        Assert.Equal((DhcpPathStatus.Broken, "QN9007", "compute1", DhcpDirection.Reply),
            (weighed.Status, weighed.Cause, weighed.ComputerName, weighed.Direction));
        Assert.Equal(TapOf(state, "compute1"),
            Assert.Single(weighed.Hops, hop => hop.Action == HopAction.Dropped).Object);
    }

    [Fact]
    public void A_cause_that_only_packets_show_stands_in_the_verdict()
    {
        DhcpPathResult state = State(DhcpPathStatus.Ok);
        Finding checksum = new() { Code = "QN6020", Status = FindingStatus.Fail, Severity = CheckSeverity.Error,
            ComputerName = "compute1", Object = TapOf(state, "compute1"), Message = "Bad UDP checksum." };
        DhcpPathResult weighed = WitnessWeighing.Weigh(state,
            TraceWitness.Of(state, [Trace(state) with { Findings = [checksum] }])!);
        Assert.Equal((DhcpPathStatus.Broken, "QN6020"), (weighed.Status, weighed.Cause));
        Assert.Single(weighed.Findings, finding => finding.Code == "QN6020");
    }

    [Fact]
    public void A_capture_of_another_port_or_of_no_hop_is_no_witness()
    {
        DhcpPathResult state = State(DhcpPathStatus.Ok);
        Assert.Null(TraceWitness.Of(state, [Trace(state) with { PortId = "another" }]));
        Assert.Null(TraceWitness.Of(state, [Trace(state) with { Points = [] }]));
    }

    private static DhcpTraceResult Trace(DhcpPathResult state) =>
        new() { PortId = state.PortId, Points =
            [new() { ComputerName = "compute1", Hop = "compute1/" + TapOf(state, "compute1"), IsCaptured = true }] };

    private static string TapOf(DhcpPathResult state, string node) =>
        state.Hops.First(hop => hop.ComputerName == node && hop.Component is HopComponent.Tap or HopComponent.Namespace
            && hop.ComputerName == node).Object;

    private static DhcpPathResult Weigh(DhcpPathResult result, Func<string, string, bool>? stands) =>
        WitnessWeighing.Weigh(result, CounterWitness.Of(Port(), Changes(stands))!);

    private static DhcpCounterChange[] Changes(Func<string, string, bool>? stands) =>
        CounterMeasurement.Compare(RenewalSamples.Before(Variant), RenewalSamples.After(Variant, stands), null, Port());

    private static QuantumPort Port() => RenewalSamples.InstancePort(RenewalSamples.After(Variant));

    // The hops are those of the real cloud; the status is what the case wants.
    private static DhcpPathResult State(DhcpPathStatus status)
    {
        DhcpPathResult real = new DhcpPathTester(RenewalSamples.After(Variant)).Test(Port());
        bool isBroken = status == DhcpPathStatus.Broken;
        return real with
        {
            Status = status,
            Cause = isBroken ? "QN5006" : null,
            ComputerName = isBroken ? "netnode" : null,
            Object = isBroken ? "br-tun" : null,
            Findings = [],
            Summary = "state",
            Hops = [.. real.Hops.Select(hop => hop with { Action = isBroken && hop is { ComputerName: "netnode",
                Object: "br-tun", Direction: DhcpDirection.Request } ? HopAction.Dropped : HopAction.Forwarded })],
        };
    }
}
