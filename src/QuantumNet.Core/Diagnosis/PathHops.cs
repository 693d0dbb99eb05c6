using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>The hops of a result: what each station does, up to the first that loses the packet. The trace tells which
/// that is and quotes what decides; a fault that sits there tells why. What stands behind it is not reached.</summary>
internal static class PathHops
{
    /// <summary>The hops, request first.</summary>
    public static Hop[] Of(LegVerdict verdict) =>
        [.. UpToLoss(verdict, DhcpDirection.Request), .. UpToLoss(verdict, DhcpDirection.Reply)];

    private static IEnumerable<Hop> UpToLoss(LegVerdict verdict, DhcpDirection direction)
    {
        bool isLost = false;
        foreach (Hop hop in verdict.Steps.Select(step => step.Hop).Where(hop => hop.Direction == direction))
        {
            yield return isLost
                ? hop with { Action = HopAction.Unknown, Reason = "not reached", Rule = "", Evidence = [] }
                : hop.Action == HopAction.Dropped ? hop with { Reason = FaultAt(hop, verdict)?.Message ?? hop.Reason }
                : hop;
            isLost |= hop.Action == HopAction.Dropped;
        }
    }

    // Causes stand before their symptoms.
    private static Finding? FaultAt(Hop hop, LegVerdict verdict) => verdict.Findings.FirstOrDefault(finding =>
        finding is { Status: FindingStatus.Fail, Severity: CheckSeverity.Error } && finding.At == hop.Component
        && HostId.IsSame(finding.ComputerName, hop.ComputerName)
        && (finding.Direction is null || finding.Direction == hop.Direction));
}
