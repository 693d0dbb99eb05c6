using QuantumNet.Core.Tests.Counters;
using QuantumNet.Counters;
using QuantumNet.Diagnosis;

namespace QuantumNet.Core.Tests.Diagnosis;

public sealed class WitnessWeighingTests
{
    private const string Variant = "hybrid+gre";

    [Fact]
    public void A_whole_state_and_a_lost_request_is_QN9007_at_the_hop_that_lost_it()
    {
        DhcpPathResult weighed = Weigh(State(DhcpPathStatus.Ok), (node, _) => node == "netnode");
        Assert.Equal((DhcpPathStatus.Broken, "QN9007", "netnode", "br-tun", DhcpDirection.Request), (weighed.Status, weighed.Cause, weighed.ComputerName, weighed.Object, weighed.Direction));
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
        Assert.Equal(("QN7001", CheckSeverity.Info), (Assert.Single(weighed.Findings).Code, weighed.Findings[0].Severity));
    }

    [Fact]
    public void Counters_of_another_port_are_no_witness()
    {
        DhcpCounterChange[] changes = [.. Changes(null).Select(change => change with { PortId = "another" })];
        Assert.Null(CounterWitness.Of(Port(), changes));
    }

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
            Hops = [.. real.Hops.Select(hop => hop with { Action = isBroken && hop is { ComputerName: "netnode", Object: "br-tun", Direction: DhcpDirection.Request } ? HopAction.Dropped : HopAction.Forwarded })],
        };
    }
}
