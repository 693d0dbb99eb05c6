using QuantumNet.Faults;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>Tells what a snapshot lacks: the nodes that were not reached when it was taken, and the commands that were
/// missing, refused or too slow.</summary>
/// <param name="cmdletsOf">The cmdlets that wait for a collector or a kind of record.</param>
internal sealed class SnapshotConnectionTester(Func<string, IReadOnlyList<string>> cmdletsOf)
{
    private const string Snapshot = "snapshot";

    private static readonly string[] s_kinds =
        ["network", "subnet", "port", "agent", "dhcp-agent", "security-group-rule", "instance"];

    /// <summary>The results: the control plane's, then the nodes'.</summary>
    public IEnumerable<QuantumConnectionResult> Of(Cloud cloud)
    {
        if (cloud.Nodes.Count == 0 && cloud.Failures.Count == 0 && cloud.Records.CollectedKinds.Count == 0)
            yield break;
        yield return OfRecords(cloud);
        IEnumerable<string> names = cloud.Nodes.Keys.Concat(cloud.Failures
            .Where(failure => failure.Command.Length == 0).Select(failure => failure.ComputerName));
        foreach (string name in names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase))
            yield return OfNode(cloud, name);
    }

    private QuantumConnectionResult OfNode(Cloud cloud, string name)
    {
        GatherFailure[] failures =
            [.. cloud.Failures.Where(failure => HostId.IsSame(failure.ComputerName, name))];
        bool isReached = Array.TrueForAll(failures, failure => failure.Command.Length > 0);
        Dictionary<string, string> collectors = [];
        foreach (CollectedCommand command in cloud.Node(name)?.Commands ?? [])
            collectors.TryAdd(command.Command, command.Collector);
        string[] CostsOf(GatherFailure failure) => collectors.TryGetValue(failure.Command, out string? collector)
            ? [.. cmdletsOf(collector).Order(StringComparer.Ordinal)] : [];
        FindingVerdict verdict = FindingVerdict.Of([.. failures.Select(failure => Finding(failure, CostsOf(failure)))]);
        return ConnectionSentence.Told(new()
        {
            Kind = QuantumEndpointKind.Node,
            ComputerName = name,
            Transport = Snapshot,
            Reach = isReached ? FindingStatus.Pass : FindingStatus.Fail,
            HostKey = FindingStatus.NotApplicable,
            Login = FindingStatus.NotApplicable,
            Sudo = FindingStatus.NotApplicable,
            Costs = [.. failures.SelectMany(CostsOf).Distinct().Order(StringComparer.Ordinal)],
            CollectedAt = cloud.CollectedAt,
        }, verdict);
    }

    private QuantumConnectionResult OfRecords(Cloud cloud)
    {
        string[] missing = [.. s_kinds.Where(kind => !cloud.Records.CollectedKinds.Contains(kind))];
        return ConnectionSentence.Told(new()
        {
            Kind = QuantumEndpointKind.ControlPlane,
            Transport = Snapshot,
            Reach = FindingStatus.NotApplicable,
            HostKey = FindingStatus.NotApplicable,
            Login = FindingStatus.NotApplicable,
            Sudo = FindingStatus.NotApplicable,
            Services = [.. cloud.Records.CollectedKinds.Order(StringComparer.Ordinal)
                .Select(kind => new QuantumService { Name = kind, Status = FindingStatus.Pass })],
            Costs = [.. missing.SelectMany(kind => cmdletsOf($"record:{kind}")).Distinct()
                .Order(StringComparer.Ordinal)],
            CollectedAt = cloud.CollectedAt,
        }, FindingVerdict.Of([]));
    }

    private static Finding Finding(GatherFailure failure, string[] costs)
    {
        CheckInfo info = CheckCatalog.Find(failure.Code) ?? GatheringFaults.CommandRefused;
        string what = failure.Command.Length == 0 ? failure.Message
            : $"`{failure.Command}` on {failure.ComputerName} gave nothing: {failure.Message}."
                + (costs.Length > 0 ? " " : "") + ConnectionSentence.Costs(costs);
        Finding finding = info.Fail(failure.ComputerName, failure.Command.Length > 0 ? failure.Command : "reach", what);
        return finding with
        {
            Severity = failure.Command.Length == 0 ? CheckSeverity.Error : finding.Severity,
            Remedy = failure.Advice.Length > 0 ? failure.Advice : finding.Remedy,
        };
    }
}
