using QuantumNet.Faults;
using QuantumNet.Paths;
using QuantumNet.Simulation.Stations;

namespace QuantumNet.Diagnosis;

/// <summary>What the steps and the checks say of one leg.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Steps">What each station of its path does, request first, then reply.</param>
/// <param name="Findings">What does not pass, root causes first.</param>
/// <param name="Status">The verdict on this leg alone.</param>
/// <param name="Root">The finding that stands in Cause; null when Ok.</param>
internal sealed record LegVerdict(
    DhcpLeg Leg, IReadOnlyList<PathStep> Steps, IReadOnlyList<Finding> Findings, DhcpPathStatus Status, Finding? Root)
{
    /// <summary>Runs every check on a leg, and follows request and reply from station to station.
    /// It is Ok only when each is shown to pass them on.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="ofPort">What checks of its port said for another leg of it.</param>
    public static LegVerdict Of(DhcpLeg leg, Dictionary<ICheck, List<Finding>> ofPort)
    {
        List<Finding> raised = [];
        foreach (ICheck check in CheckList.For(leg.Kind))
        {
            foreach (Finding finding in check.Scope == FaultScope.Port ? OncePerPort(check, leg, ofPort)
                : check.Run(leg))
            {
                if (finding.Status is FindingStatus.Fail or FindingStatus.Unknown)
                    raised.Add(finding);
            }
        }
        IReadOnlyList<PathStep> steps = PathSteps.Of(DhcpPath.Of(leg));
        raised.AddRange(GatheringLimits.OfSteps(steps, raised));
        raised.AddRange(GatheringLimits.NotUnderstood(leg));
        IReadOnlyList<Finding> marked = Causality.Mark(
            [.. LogCitation.Cite(leg, raised).Select(finding => Remedies.For(finding, leg.Cloud)
                with { PortId = leg.Port.PortId })]);
        return Judge(leg, steps, GatheringLimits.Explain(leg.Cloud, marked));
    }

    /// <summary>The same leg where another leg gives the lease: what is broken here does harm only later.</summary>
    public LegVerdict AsSpare() => Judge(Leg, Steps, [.. Findings.Select(finding =>
        finding.Severity == CheckSeverity.Error ? finding with { Severity = CheckSeverity.Warning } : finding)]);

    private static LegVerdict Judge(DhcpLeg leg, IReadOnlyList<PathStep> steps, IReadOnlyList<Finding> findings)
    {
        var verdict = FindingVerdict.Of(findings);
        return new LegVerdict(leg, steps, verdict.Findings, verdict.Status, verdict.Root);
    }

    private static List<Finding> OncePerPort(ICheck check, DhcpLeg leg, Dictionary<ICheck, List<Finding>> ofPort)
    {
        if (!ofPort.TryGetValue(check, out List<Finding>? said))
            ofPort[check] = said = [.. check.Run(leg)];
        return said;
    }
}
