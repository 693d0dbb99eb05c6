namespace QuantumNet.Reports;

/// <summary>Ports that the same cause on the same node takes the lease from.</summary>
/// <param name="Status">Their verdict.</param>
/// <param name="Code">The cause's code; empty when the verdict names none.</param>
/// <param name="Title">The cause's name.</param>
/// <param name="ComputerName">The node it sits on; empty when none.</param>
/// <param name="Results">The ports.</param>
internal sealed record CauseGroup(
    DhcpPathStatus Status, string Code, string Title, string ComputerName, IReadOnlyList<DhcpPathResult> Results)
{
    /// <summary>What names it on the page: of the port when it is the only one, else what it is.</summary>
    public string Object => string.Join(", ",
        Results.Select(result => result.Object ?? "").Where(name => name.Length > 0).Distinct().Take(MaximumObjects + 1)
            .Select((name, index) => index < MaximumObjects ? name : "\u2026"));

    /// <summary>The remedies, each once.</summary>
    public IEnumerable<string> Remedies => Results.Select(result => result.Remedy ?? "")
        .Where(remedy => remedy.Length > 0).Distinct();

    /// <summary>The networks of its ports, each once.</summary>
    public int NetworkCount => Results.Select(result => result.NetworkId).Distinct().Count();

    private const int MaximumObjects = 3;

    /// <summary>The groups of what is not fine: broken first, then unknown, then degraded;
    /// those with most ports first.</summary>
    public static List<CauseGroup> Of(IEnumerable<DhcpPathResult> results) =>
    [
        .. results.Where(result => result.Status != DhcpPathStatus.Ok)
            .GroupBy(result => (result.Status, Code: result.Cause ?? "", Node: result.ComputerName ?? ""))
            .Select(group => new CauseGroup(group.Key.Status, group.Key.Code, group.Select(result => result.Title ?? "")
                .FirstOrDefault(title => title.Length > 0) ?? "", group.Key.Node, [.. group]))
            .OrderBy(group => Rank(group.Status)).ThenByDescending(group => group.Results.Count)
            .ThenBy(group => group.Code, StringComparer.Ordinal)
            .ThenBy(group => group.ComputerName, StringComparer.Ordinal),
    ];

    private static int Rank(DhcpPathStatus status) => status switch
    {
        DhcpPathStatus.Broken => 0,
        DhcpPathStatus.Unknown => 1,
        DhcpPathStatus.Degraded => 2,
        _ => 3,
    };
}
