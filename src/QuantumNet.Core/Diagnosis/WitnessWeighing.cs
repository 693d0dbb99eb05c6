using QuantumNet.Faults;

namespace QuantumNet.Diagnosis;

/// <summary>Holds the verdict on the nodes' state against what packets did.
/// Where they disagree, that is a finding (QN9007), and the packets are believed:
/// state can be read wrongly or too late, a packet that arrived has arrived.</summary>
internal static class WitnessWeighing
{
    /// <summary>The verdict with a witness weighed in.</summary>
    public static DhcpPathResult Weigh(DhcpPathResult result, Witness witness)
    {
        DhcpPathResult weighed = result
            with { Findings = [.. result.Findings, .. witness.Findings.Where(finding => !Knows(result, finding))] };
        bool isWhole = result.Status is DhcpPathStatus.Ok or DhcpPathStatus.Degraded;
        Finding? ownCause = isWhole ? CauseOf(witness) : null;
        if (witness.Loss is { } loss)
        {
            return isWhole ? Judged(weighed, ownCause ?? LostThoughWhole(result, witness, loss), DhcpPathStatus.Broken,
                    MarkLost(weighed.Hops, loss))
                : result.Status == DhcpPathStatus.Broken && LostElsewhere(result, witness, loss) is { } elsewhere
                ? weighed with { Findings = [.. weighed.Findings, elsewhere] }
                : weighed;
        }
        if (ownCause is not null && !witness.IsWhole)
            return Judged(weighed, ownCause, DhcpPathStatus.Broken, weighed.Hops);
        return witness.IsWhole && result.Status == DhcpPathStatus.Broken
            ? Judged(weighed, WholeThoughLost(result, witness), DhcpPathStatus.Degraded, weighed.Hops) : weighed;
    }

    // Only packets show some faults: a bad checksum, a rogue server, a wire that swallows.
    // Then the witness names the cause itself.
    private static Finding? CauseOf(Witness witness) => Array.Find(witness.Findings, finding =>
        finding is { Status: FindingStatus.Fail, Severity: CheckSeverity.Error, CausedBy: null }
        && finding.Code != GatheringFaults.WitnessesDisagree.Code);

    private static bool Knows(DhcpPathResult result, Finding finding) =>
        Array.Exists(result.Findings, known => known.Code == finding.Code && known.ComputerName == finding.ComputerName
            && known.Object == finding.Object);

    private static DhcpPathResult Judged(DhcpPathResult result, Finding root, DhcpPathStatus status, Hop[] hops)
    {
        DhcpPathResult judged = result with
        {
            Status = status,
            Cause = root.Code,
            Title = root.Title,
            ComputerName = root.ComputerName,
            Object = root.Object,
            Direction = root.Direction,
            Remedy = root.Remedy,
            Findings = [root, .. result.Findings.Where(finding => !ReferenceEquals(finding, root))],
            Hops = hops,
        };
        return judged with { Summary = VerdictSentence.Of(judged, root) };
    }

    private static Finding LostThoughWhole(DhcpPathResult result, Witness witness, WitnessedLoss loss) =>
        Disagreement(result, loss.ComputerName, loss.Object,
            $"The state of the nodes lets the {Name(loss.Direction)} through, yet {witness.Name} show it lost: "
                + $"{loss.Where}.", loss.Evidence) with { Direction = loss.Direction };

    private static Finding WholeThoughLost(DhcpPathResult result, Witness witness)
    {
        Finding? root = Array.Find(result.Findings,
            finding => finding.Code == result.Cause && finding.Status == FindingStatus.Fail);
        return Disagreement(result, result.ComputerName ?? "", result.Object ?? "",
            $"By the state of the nodes no lease is possible ({result.Cause} at {result.ComputerName} "
                + $"{result.Object}), "
                + $"yet {witness.Name} show a request and its reply coming through.",
            [.. witness.Evidence, .. root?.Evidence ?? []]) with { Severity = CheckSeverity.Warning };
    }

    // Both say that packets are lost. They disagree where packets got further than the state allows,
    // in the direction that it breaks.
    private static Finding? LostElsewhere(DhcpPathResult result, Witness witness, WitnessedLoss loss)
    {
        foreach (Hop hop in result.Hops)
        {
            int reached = hop.Direction == DhcpDirection.Request ? witness.RequestReached : witness.ReplyReached;
            if (hop.Action == HopAction.Dropped && reached > hop.Sequence)
            {
                return Disagreement(result, hop.ComputerName, hop.Object,
                    $"By the state of the nodes {hop.ComputerName} {hop.Object} loses the {Name(hop.Direction)}, "
                        + $"yet {witness.Name} show it further on: {loss.Where}.",
                    [.. loss.Evidence, .. hop.Evidence])
                    with { Severity = CheckSeverity.Warning, Direction = hop.Direction };
            }
        }
        return null;
    }

    private static Finding Disagreement(
        DhcpPathResult result, string node, string @object, string message, Evidence[] evidence) =>
            GatheringFaults.WitnessesDisagree.Fail(node, @object, message, evidence) with { PortId = result.PortId };

    private static Hop[] MarkLost(Hop[] hops, WitnessedLoss loss) => [.. hops.Select(hop =>
        hop.Direction != loss.Direction || loss.Sequence is not int at || hop.Sequence < at ? hop
        : hop.Sequence == at ? hop with { Action = HopAction.Dropped, Reason = loss.Where, Evidence = loss.Evidence }
        : hop with { Action = HopAction.Unknown, Reason = "not reached" })];

    private static string Name(DhcpDirection direction) => direction == DhcpDirection.Request ? "request" : "reply";
}
