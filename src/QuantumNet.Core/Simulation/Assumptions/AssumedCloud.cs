namespace QuantumNet.Simulation.Assumptions;

/// <summary>A cloud as it would be after some changes. Records of the control plane stay: what should be does not
/// change with what is.</summary>
internal static class AssumedCloud
{
    private static readonly IAssumedChange[] s_kinds =
        [new AssumedFlow(), new AssumedPort(), new AssumedRule(), new AssumedLink()];

    /// <summary>The commands that can be assumed.</summary>
    public static IReadOnlyList<string> Forms { get; } = [.. s_kinds.SelectMany(kind => kind.Forms)];

    /// <summary>The cloud after the changes, in their order; the given one stays as it is.</summary>
    /// <param name="cloud">The cloud as it was gathered.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="problems">What could not be changed, and why.</param>
    public static Cloud Of(
        Cloud cloud, IReadOnlyList<Assumption> changes, out IReadOnlyList<(Assumption Change, string Why)> problems)
    {
        var nodes = new Dictionary<string, NodeState>(cloud.Nodes, StringComparer.OrdinalIgnoreCase);
        List<(Assumption, string)> failed = [];
        foreach (Assumption change in changes)
        {
            if (!nodes.TryGetValue(change.ComputerName, out NodeState? node))
            {
                failed.Add((change, $"nothing was gathered from a node '{change.ComputerName}'"));
                continue;
            }
            NodeState changed = node.Copy();
            string? why = null;
            for (int i = 0; why is null && i < s_kinds.Length; i++)
                why = s_kinds[i].Apply(changed, change);
            if (why?.Length == 0)
                nodes[change.ComputerName] = changed;
            else
                failed.Add((change, why ?? "it is none of the changes that can be assumed"));
        }
        problems = failed;
        return new Cloud
        {
            Nodes = nodes, Records = cloud.Records, Issues = cloud.Issues, UnknownOutputs = cloud.UnknownOutputs,
            Failures = cloud.Failures, CollectedAt = cloud.CollectedAt, Scope = cloud.Scope,
        };
    }
}
