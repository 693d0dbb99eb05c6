namespace QuantumNet.Diagnosis;

/// <summary>What findings come to, of a leg, of a DHCP server, of a mesh.</summary>
/// <param name="Findings">They, root causes first.</param>
/// <param name="Status">The verdict.</param>
/// <param name="Root">The finding that stands in Cause; null when Ok.</param>
internal sealed record FindingVerdict(IReadOnlyList<Finding> Findings, DhcpPathStatus Status, Finding? Root)
{
    /// <summary>Weighs findings, which stand in the order in which a request meets what they are about.</summary>
    public static FindingVerdict Of(IReadOnlyList<Finding> findings)
    {
        List<Finding> failed = [.. findings.Where(finding => finding.Status == FindingStatus.Fail)];
        Finding? worst = failed.Find(finding => finding.Severity == CheckSeverity.Error);
        DhcpPathStatus status = worst is not null ? DhcpPathStatus.Broken
            : findings.Any(IsUnknownError) ? DhcpPathStatus.Unknown
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
        return new([.. findings.OrderBy(finding => Rank(finding, root))], status, root);
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
