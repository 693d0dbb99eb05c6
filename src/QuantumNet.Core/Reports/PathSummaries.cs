namespace QuantumNet.Reports;

/// <summary>Sums up verdicts: one line for each cause on each node, the worst first, then what is fine.</summary>
public static class PathSummaries
{
    /// <summary>The lines.</summary>
    public static IReadOnlyList<DhcpPathSummary> Of(IEnumerable<DhcpPathResult> results)
    {
        List<DhcpPathResult> ports = ReportInput.Of(results);
        List<CauseGroup> groups = CauseGroup.Of(ports);
        DhcpPathResult[] fine = [.. ports.Where(port => port.Status == DhcpPathStatus.Ok)];
        if (fine.Length > 0)
            groups.Add(new CauseGroup(DhcpPathStatus.Ok, "", "", "", fine));
        return groups.ConvertAll(Line);
    }

    /// <summary>All verdicts in a sentence: how many, and by how many causes.</summary>
    public static string Sentence(IEnumerable<DhcpPathResult> results)
    {
        List<DhcpPathResult> ports = ReportInput.Of(results);
        return DhcpPathReport.Sentence(ports, CauseGroup.Of(ports).Count);
    }

    private static DhcpPathSummary Line(CauseGroup group) => new()
    {
        Status = group.Status,
        Cause = NullIfEmpty(group.Code),
        Title = NullIfEmpty(group.Title),
        ComputerName = NullIfEmpty(group.ComputerName),
        Object = NullIfEmpty(group.Object),
        PortCount = group.Results.Count,
        NetworkCount = group.NetworkCount,
        PortId = [.. group.Results.Select(result => result.PortId)],
        InstanceName =
            [.. group.Results.Select(result => result.InstanceName).Where(name => name.Length > 0).Distinct()],
        Remedy = NullIfEmpty(string.Join(" ", group.Remedies)),
    };

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}
