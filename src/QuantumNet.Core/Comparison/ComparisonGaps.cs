namespace QuantumNet.Comparison;

/// <summary>What only one side of a comparison tells of.</summary>
internal sealed class ComparisonGaps
{
    private const int MostNamed = 5;

    private readonly List<string> _onlyBefore = [], _onlyAfter = [];
    private readonly SortedDictionary<(string Collector, bool IsBefore), List<string>> _outputs = [];

    /// <summary>A sentence for each; of many nodes a few are named.</summary>
    public IReadOnlyList<string> Sentences =>
    [
        .. Nodes(_onlyBefore, "reference"), .. Nodes(_onlyAfter, "difference"),
        .. _outputs.Select(gap => $"{gap.Key.Collector} was not collected in the "
            + $"{(gap.Key.IsBefore ? "reference" : "difference")} ({Named(gap.Value)}): "
            + $"cannot determine whether anything of it is {(gap.Key.IsBefore ? "new" : "gone")}."),
    ];

    /// <summary>A node that was gathered on one side only.</summary>
    public void Add(string node, bool isBefore) => (isBefore ? _onlyBefore : _onlyAfter).Add(node);

    /// <summary>What was not collected on a node.</summary>
    public void Add(string node, IEnumerable<(string Collector, string Subject, bool IsBefore)> outputs)
    {
        foreach ((string collector, string subject, bool isBefore) in outputs)
        {
            if (!_outputs.TryGetValue((collector, isBefore), out List<string>? places))
                _outputs[(collector, isBefore)] = places = [];
            places.Add(subject.Length > 0 ? $"{node}, {subject}" : node);
        }
    }

    private static IEnumerable<string> Nodes(List<string> names, string side) => names.Count == 0 ? []
        : [$"{Named(names)} {(names.Count == 1 ? "was" : "were")} gathered in the {side} only, and not compared."];

    private static string Named(List<string> names) => string.Join("; ", names.Take(MostNamed))
        + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}
