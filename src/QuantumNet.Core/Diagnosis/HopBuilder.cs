using QuantumNet.Faults;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>Lays out the ordered hops of a leg, each direction on its own evidence, and marks where
/// findings break it.</summary>
internal static class HopBuilder
{
    /// <summary>The hops as their nodes show them, request first, then reply.</summary>
    public static IReadOnlyList<PathStep> Steps(DhcpLeg leg) =>
        [.. Way(leg, DhcpDirection.Request), .. Enumerable.Reverse([.. Way(leg, DhcpDirection.Reply)])];

    /// <summary>The hops, with what the checks found on them.</summary>
    public static Hop[] Build(LegVerdict verdict)
    {
        List<Hop> request = [.. HopsOf(verdict, DhcpDirection.Request)],
            reply = [.. HopsOf(verdict, DhcpDirection.Reply)];
        Mark(request, verdict, DhcpDirection.Request);
        Mark(reply, verdict, DhcpDirection.Reply);
        return [.. request, .. reply];
    }

    private static IEnumerable<Hop> HopsOf(LegVerdict verdict, DhcpDirection direction) =>
        verdict.Steps.Select(step => step.Hop).Where(hop => hop.Direction == direction);

    // In the order in which a request meets things.
    private static IEnumerable<PathStep> Way(DhcpLeg leg, DhcpDirection direction)
    {
        if (!leg.Kind.IsFollowed())
            return leg.Server is { } alone ? ServerSteps.Of(leg, alone, direction) : [];
        IEnumerable<PathStep> instance = InstanceSteps.Of(leg, direction);
        if (leg.IsServedByAgent || leg.Server is not { } server || leg.ServerEnd is not { } end)
            return instance;
        return leg.IsOneNode ? [.. instance, .. ServerSteps.Of(leg, server, direction)]
            : [.. instance, .. WireSteps.Of(leg, leg.ComputeEnd, end, direction),
                .. ServerSteps.Of(leg, server, direction)];
    }

    private static void Mark(List<Hop> hops, LegVerdict verdict, DhcpDirection direction)
    {
        bool lost = false;
        for (int i = 0; i < hops.Count; i++)
        {
            Hop hop = hops[i] with { Sequence = i + 1 };
            Finding? broken = lost ? null : verdict.Findings.Where(finding => Breaks(finding, hop, hops, direction))
                .MinBy(finding => finding.Status == FindingStatus.Fail ? 0 : 1);
            hops[i] = lost ? hop with { Action = HopAction.Unknown, Reason = "not reached", Rule = "", Evidence = [] }
                : broken is { Status: FindingStatus.Fail } ? hop with
                {
                    Action = HopAction.Dropped,
                    Reason = broken.Message,
                    Rule = RuleOf(broken, hop),
                    Evidence = broken.Evidence,
                }
                : broken is not null && hop.Action != HopAction.Dropped
                ? hop with { Action = HopAction.Unknown, Reason = broken.Message }
                : hop;
            lost |= hops[i].Action == HopAction.Dropped;
        }
    }

    // What nothing but the hop itself explains has the hop's own rule.
    private static string RuleOf(Finding broken, Hop hop) =>
        broken.Code == GatheringFaults.LostUnexplained.Code && hop is { Action: HopAction.Dropped, Rule.Length: > 0 }
            ? hop.Rule : broken.Evidence.FirstOrDefault()?.Text.Trim() ?? hop.Rule;

    private static bool Breaks(Finding finding, Hop hop, List<Hop> hops, DhcpDirection direction)
    {
        if (finding.At != hop.Component || finding.Severity != CheckSeverity.Error
            || !HostId.IsSame(finding.ComputerName, hop.ComputerName)
            || (finding.Direction is { } only && only != direction))
            return false;
        return hop.Component != HopComponent.OvsBridge || hop.Object == BridgeOf(finding, hops);
    }

    // A finding about a bridge names it; one about a port sits at the bridge next to the instance or the server,
    // the first of its node in either direction.
    private static string? BridgeOf(Finding finding, List<Hop> hops)
    {
        List<Hop> bridges = hops.FindAll(hop =>
            hop.Component == HopComponent.OvsBridge && HostId.IsSame(hop.ComputerName, finding.ComputerName));
        if (bridges.Exists(hop => hop.Object == finding.Object))
            return finding.Object;
        bool isFirst = hops.FindIndex(hop => HostId.IsSame(hop.ComputerName, finding.ComputerName)) == 0;
        return (isFirst ? bridges.FirstOrDefault() : bridges.LastOrDefault())?.Object;
    }
}
