using QuantumNet.Checks;
using QuantumNet.Paths;

namespace QuantumNet.Diagnosis;

/// <summary>Turns missing evidence into findings: one per node and collector, with the checks that wait for it as its symptoms.</summary>
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
            Finding limit = LimitOf(cloud, finding);
            Finding? known = limits.Find(one => one.Code == limit.Code && one.ComputerName == limit.ComputerName && one.Object == limit.Object);
            if (known is null)
                limits.Add(limit);
            else if (finding.Severity > known.Severity)
                limits[limits.IndexOf(known)] = known with { Severity = finding.Severity };
            rest.Add(finding with { CausedBy = limit.Code });
        }
        return [.. limits, .. rest];
    }

    /// <summary>What no parser understood on the nodes of a leg (QN9001), one finding per command.</summary>
    public static IEnumerable<Finding> NotUnderstood(DhcpLeg leg)
    {
        IEnumerable<string> nodes = new[] { leg.ComputeName, leg.Server?.NodeName ?? "" }.Distinct();
        IEnumerable<IGrouping<(string ComputerName, string Command), ParseIssue>> commands = leg.Cloud.Cloud.Issues
            .Where(issue => nodes.Contains(issue.ComputerName)).GroupBy(issue => (issue.ComputerName, issue.Command));
        foreach (IGrouping<(string ComputerName, string Command), ParseIssue> issues in commands)
        {
            yield return GatheringFaults.NotUnderstood.Fail(issues.Key.ComputerName, issues.Key.Command,
                $"{issues.Count()} pieces of '{issues.Key.Command}' on {issues.Key.ComputerName} were not understood: {issues.First().Reason}.",
                [.. issues.Take(MaximumEvidence).Select(AsEvidence)]);
        }
    }

    private static Evidence AsEvidence(ParseIssue issue) =>
        new() { ComputerName = issue.ComputerName, Command = issue.Command, LineNumber = issue.LineNumber, Text = issue.Text };

    private static Finding LimitOf(CloudView cloud, Finding unknown)
    {
        string node = unknown.ComputerName;
        if (cloud.Node(node) is not { } view)
        {
            GatherFailure? failure = cloud.Cloud.Failures.FirstOrDefault(one => one.Command.Length == 0 && CloudView.SameHost(one.ComputerName, node));
            return failure is null ? NotCollected(unknown)
                : Limit(GatheringFaults.NodeUnreachable, unknown, node, failure.Message) with { Remedy = failure.Advice.Length > 0 ? failure.Advice : GatheringFaults.NodeUnreachable.Remedy };
        }
        CollectedCommand? failed = view.State.Commands.Find(command => command.Collector == unknown.MissingCollector && command.State == CollectionState.Failed);
        GatherFailure? told = failed is null ? null : cloud.Cloud.Failures.FirstOrDefault(one => one.Command == failed.Command && CloudView.SameHost(one.ComputerName, node));
        return told?.Code switch
        {
            "QN9003" => Limit(GatheringFaults.CommandRefused, unknown, told.Command, told.Message),
            "QN9004" => Limit(GatheringFaults.PastDeadline, unknown, told.Command, told.Message),
            _ => NotCollected(unknown) with { Message = failed is null ? unknown.Message : $"'{failed.Command}' failed on {node}: {failed.Reason}" },
        };
    }

    private static Finding NotCollected(Finding unknown) => Limit(GatheringFaults.NotCollected, unknown, unknown.Object, unknown.Message);

    private static Finding Limit(CheckInfo info, Finding unknown, string @object, string message) =>
        info.Fail(unknown.ComputerName, @object, message) with { Severity = unknown.Severity, Status = FindingStatus.Unknown };
}
