using QuantumNet.Faults;
using QuantumNet.Paths;
using QuantumNet.Simulation.Stations;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>Turns missing evidence into findings: one per node and collector, with the checks that wait for it
/// as its symptoms.</summary>
internal static class GatheringLimits
{
    private const int MaximumEvidence = 5;

    /// <summary>The findings of a leg with those that explain its unknowns put first.</summary>
    public static IReadOnlyList<Finding> Explain(CloudView cloud, IReadOnlyList<Finding> findings)
    {
        List<Finding> limits = [], rest = [];
        foreach (Finding finding in findings)
        {
            if (finding.Code == GatheringFaults.KindNotFollowed.Code && finding.Status == FindingStatus.Unknown)
            {
                limits.Insert(0, finding);
                continue;
            }
            if (finding.Status != FindingStatus.Unknown || finding.MissingCollector.Length == 0)
            {
                rest.Add(finding);
                continue;
            }
            Finding told = finding with { Message = MissingEvidence.Sentence(cloud, finding) };
            Finding limit = LimitOf(cloud, told);
            int known = limits.FindIndex(one => one.Code == limit.Code && one.ComputerName == limit.ComputerName
                && one.Message == limit.Message);
            if (known < 0)
                limits.Add(limit);
            else if (finding.Severity > limits[known].Severity)
                limits[known] = limits[known] with { Severity = finding.Severity };
            if (finding.Code != GatheringFaults.NotCollected.Code)
                rest.Add(told with { CausedBy = limit.Code });
        }
        return [.. limits, .. rest];
    }

    /// <summary>What the steps of a path lack, as findings: a step without evidence is not a step of a proof.</summary>
    /// <param name="steps">The steps of both directions.</param>
    /// <param name="raised">What the checks say.</param>
    public static List<Finding> OfSteps(IReadOnlyList<PathStep> steps, IReadOnlyList<Finding> raised)
    {
        List<Finding> found = [];
        foreach (PathStep step in steps)
        {
            if (step is { Lacks: { } need, Hop.Action: HopAction.Unknown })
                found.Add(GatheringFaults.NotCollected.Unknown(need.ComputerName, need.Collector, need.Subject)
                    with { Severity = CheckSeverity.Error, At = step.Hop.Component, Direction = step.Hop.Direction });
        }
        if (found.Exists(IsDecisive) || raised.Any(IsDecisive))
            return found;
        PathStep? open = steps.FirstOrDefault(step => step.Hop.Action is HopAction.Dropped or HopAction.Unknown);
        if (open is not null)
            found.Add(open.Hop.Action == HopAction.Dropped ? LostUnexplained(open.Hop) : Untold(open.Hop));
        return found;
    }

    /// <summary>What no parser understood on the nodes of a leg (QN9001), one finding per command.</summary>
    public static IEnumerable<Finding> NotUnderstood(DhcpLeg leg)
    {
        IEnumerable<IGrouping<(string ComputerName, string Command), ParseIssue>> commands = leg.Cloud
            .IssuesOf(leg.ComputeName, leg.Server?.NodeName ?? "")
            .GroupBy(issue => (issue.ComputerName, issue.Command));
        foreach (IGrouping<(string ComputerName, string Command), ParseIssue> issues in commands)
        {
            yield return GatheringFaults.NotUnderstood.Fail(issues.Key.ComputerName, issues.Key.Command,
                $"{issues.Count()} pieces of '{issues.Key.Command}' on {issues.Key.ComputerName} were not understood: "
                    + $"{issues.First().Reason}.",
                [.. issues.Take(MaximumEvidence).Select(AsEvidence)]);
        }
    }

    private static bool IsDecisive(Finding finding) =>
        finding is { Severity: CheckSeverity.Error, Status: FindingStatus.Fail or FindingStatus.Unknown };

    private static Finding LostUnexplained(Hop hop) =>
        GatheringFaults.LostUnexplained.Fail(hop.ComputerName, hop.Object,
            $"{hop.Object} on {hop.ComputerName} {(hop.Component == HopComponent.Dnsmasq ? "gives no lease"
                : hop.Direction == DhcpDirection.Request ? "loses the request" : "loses the reply")}: {hop.Reason}.",
            hop.Evidence) with { At = hop.Component, Direction = hop.Direction };

    private static Finding Untold(Hop hop) => GatheringFaults.NotCollected.Fail(hop.ComputerName, hop.Object,
        $"Cannot determine whether {hop.Object} on {hop.ComputerName} "
            + (hop.Component == HopComponent.Dnsmasq ? "gives a lease"
                : hop.Direction == DhcpDirection.Request ? "forwards the request" : "forwards the reply")
            + $": {hop.Reason}.", hop.Evidence) with
        {
            Status = FindingStatus.Unknown, Severity = CheckSeverity.Error, At = hop.Component,
            Direction = hop.Direction,
        };

    private static Evidence AsEvidence(ParseIssue issue) =>
        new() { ComputerName = issue.ComputerName, Command = issue.Command,
            LineNumber = issue.LineNumber, Text = issue.Text };

    private static Finding LimitOf(CloudView cloud, Finding unknown)
    {
        string node = unknown.ComputerName;
        if (cloud.Node(node) is not { } view)
        {
            GatherFailure? failure = cloud.Cloud.Failures
                .FirstOrDefault(one => one.Command.Length == 0 && HostId.IsSame(one.ComputerName, node));
            return failure is null ? NotCollected(cloud, unknown)
                : Limit(GatheringFaults.NodeUnreachable, unknown, node, failure.Message) with { Remedy =
                    failure.Advice.Length > 0 ? failure.Advice : GatheringFaults.NodeUnreachable.Remedy };
        }
        CollectedCommand? failed = view.State.Commands.Find(command => command.Collector == unknown.MissingCollector
            && command.Subject == unknown.MissingSubject
            && command.State is CollectionState.Failed or CollectionState.NotUnderstood);
        GatherFailure? told = failed is null ? null : cloud.Cloud.Failures
            .FirstOrDefault(one => one.Command == failed.Command && HostId.IsSame(one.ComputerName, node));
        return told?.Code switch
        {
            "QN9003" => Limit(GatheringFaults.CommandRefused, unknown, told.Command, told.Message)
                with { Remedy = told.Advice.Length > 0 ? told.Advice : GatheringFaults.CommandRefused.Remedy },
            "QN9004" => Limit(GatheringFaults.PastDeadline, unknown, told.Command, told.Message),
            _ => NotCollected(cloud, unknown) with { Message = failed is null ? unknown.Message
                : $"`{failed.Command}` on {node} gave nothing that could be read: {failed.Reason}." },
        };
    }

    private static Finding NotCollected(CloudView cloud, Finding unknown)
    {
        string command = MissingEvidence.Command(cloud, unknown.ComputerName,
            unknown.MissingCollector, unknown.MissingSubject);
        Finding limit = Limit(GatheringFaults.NotCollected, unknown, unknown.Object, unknown.Message);
        return command.Length == 0 || unknown.ComputerName.Length == 0 ? limit
            : limit with { Remedy = $"Collect `{command}` from {unknown.ComputerName}, then test again." };
    }

    private static Finding Limit(CheckInfo info, Finding unknown, string @object, string message) =>
        info.Fail(unknown.ComputerName, @object, message)
            with { Severity = unknown.Severity, Status = FindingStatus.Unknown };
}
