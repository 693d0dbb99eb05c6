using QuantumNet.Faults;
using QuantumNet.Paths;

namespace QuantumNet.Diagnosis;

/// <summary>What the steps and the checks say of one leg.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Steps">Its hops as their nodes show them, request first, then reply.</param>
/// <param name="Findings">What does not pass, root causes first.</param>
/// <param name="Status">The verdict on this leg alone.</param>
/// <param name="Root">The finding that stands in Cause; null when Ok.</param>
internal sealed record LegVerdict(
    DhcpLeg Leg, IReadOnlyList<PathStep> Steps, IReadOnlyList<Finding> Findings, DhcpPathStatus Status, Finding? Root)
{
    /// <summary>Runs every check on a leg, and follows request and reply through its hops.
    /// It is Ok only when each hop is shown to pass them on.</summary>
    public static LegVerdict Of(DhcpLeg leg)
    {
        List<Finding> raised = [];
        foreach (ICheck check in CheckList.For(leg.Kind))
        {
            foreach (Finding finding in check.Run(leg))
            {
                if (finding.Status is FindingStatus.Fail or FindingStatus.Unknown)
                    raised.Add(finding);
            }
        }
        IReadOnlyList<PathStep> steps = HopBuilder.Steps(leg);
        raised.AddRange(GatheringLimits.OfSteps(steps, raised));
        raised.AddRange(GatheringLimits.NotUnderstood(leg));
        IReadOnlyList<Finding> marked = Causality.Mark(
            [.. LogCitation.Cite(leg, raised).Select(finding => finding with { PortId = leg.Port.PortId })]);
        return Judge(leg, steps, GatheringLimits.Explain(leg.Cloud, marked));
    }

    /// <summary>The same leg where another leg gives the lease: what is broken here only bites later.</summary>
    public LegVerdict AsSpare() => Judge(Leg, Steps, [.. Findings.Select(finding =>
        finding.Severity == CheckSeverity.Error ? finding with { Severity = CheckSeverity.Warning } : finding)]);

    private static LegVerdict Judge(DhcpLeg leg, IReadOnlyList<PathStep> steps, IReadOnlyList<Finding> findings)
    {
        List<Finding> failed = [.. findings.Where(finding => finding.Status == FindingStatus.Fail)];
        Finding? worst = failed.Find(finding => finding.Severity == CheckSeverity.Error);
        DhcpPathStatus status = worst is not null ? DhcpPathStatus.Broken
            : findings.Any(finding => finding is { Status: FindingStatus.Unknown, Severity: CheckSeverity.Error })
            ? DhcpPathStatus.Unknown
            : failed.Exists(finding => finding.Severity == CheckSeverity.Warning) ? DhcpPathStatus.Degraded
            : DhcpPathStatus.Ok;
        Finding? root = status switch
        {
            DhcpPathStatus.Broken => FirstRoot(failed, CheckSeverity.Error),
            DhcpPathStatus.Degraded => FirstRoot(failed, CheckSeverity.Warning),
            DhcpPathStatus.Unknown => findings.First(IsUnknownError),
            _ => null,
        };
        // What may be the symptom of a fault that nobody could look for is named as no cause.
        if (status == DhcpPathStatus.Broken && Causality.UncollectedCauseOf(root!, findings) is { } uncollected)
            (status, root) = (DhcpPathStatus.Unknown, LimitOf(uncollected, findings));
        return new LegVerdict(leg, steps, [.. findings.OrderBy(finding => Rank(finding, root))], status, root);
    }

    private static bool IsUnknownError(Finding finding) =>
        finding is { Status: FindingStatus.Unknown, Severity: CheckSeverity.Error };

    private static Finding LimitOf(Finding uncollected, IReadOnlyList<Finding> findings) =>
        findings.FirstOrDefault(finding =>
            finding.Code == uncollected.CausedBy && finding.ComputerName == uncollected.ComputerName
            && finding.Object == uncollected.Object) ?? uncollected;

    // Checks run in the order a request meets things: the first root is the nearest to the instance.
    private static Finding FirstRoot(List<Finding> failed, CheckSeverity severity) =>
        failed.Where(finding => finding.Severity == severity)
            .Select(finding => Causality.RootOf(finding, failed)).First();

    private static int Rank(Finding finding, Finding? root) =>
        ReferenceEquals(finding, root) ? 0
        : (finding.Status == FindingStatus.Fail ? 1 : 5) + (finding.CausedBy is null ? 0 : 2)
            + (finding.Severity == CheckSeverity.Error ? 0 : 1);
}
