namespace QuantumNet.Reports;

/// <summary>What a report says besides its results: its title, where the data comes from, what was collected.</summary>
public sealed record ReportContext
{
    /// <summary>The page's title; made from the results when empty.</summary>
    public string Title { get; init; } = "";
    /// <summary>Where the data comes from: an inventory, a snapshot, or nodes; empty when not told.</summary>
    public string Source { get; init; } = "";
    /// <summary>What wrote the page: name and version.</summary>
    public string Generator { get; init; } = "QuantumNet";
    /// <summary>When the page was written, UTC.</summary>
    public DateTime CreatedAt { get; init; }
    /// <summary>What was collected and what was not; empty when nobody remembers.</summary>
    public IReadOnlyList<QuantumCollection> Collections { get; init; } = [];

    /// <summary>This context with what the results themselves remember of their collection.</summary>
    public ReportContext With(IEnumerable<DhcpPathResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        IEnumerable<QuantumCollection> remembered = results.Select(result => result.Collection)
            .OfType<QuantumCollection>();
        return this with { Collections = [.. Collections.Concat(remembered).Distinct(ReferenceEqualityComparer.Instance)
            .Cast<QuantumCollection>()] };
    }
}
