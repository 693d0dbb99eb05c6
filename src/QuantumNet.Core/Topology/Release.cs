namespace QuantumNet.Topology;

/// <summary>Whose programs a node runs: up to Grizzly the project was Quantum, and its files, programs, chains and
/// client bore that name.</summary>
/// <param name="IsQuantum">Whether it is Quantum.</param>
internal sealed record Release(bool IsQuantum)
{
    private static readonly NodeMemo<string> s_known = new(node => NameOf(node.State));

    /// <summary>A node's; where nothing of it tells, its cloud's.</summary>
    public static Release Of(CloudView cloud, NodeView node) =>
        s_known.Of(node) is { Length: > 0 } name ? new(name == "quantum") : Of(cloud);

    /// <summary>A cloud's: Quantum where one of its nodes is.</summary>
    public static Release Of(CloudView cloud) => new(cloud.Nodes.Any(node => s_known.Of(node) == "quantum"));

    private static string NameOf(NodeState node) => IsOf(node, "quantum") ? "quantum"
        : IsOf(node, "neutron") ? "neutron" : "";

    private static bool IsOf(NodeState node, string name) =>
        node.AgentConfigs.Exists(setting => setting.Path.Contains($"/{name}/", StringComparison.Ordinal))
        || node.Processes.Exists(process => Array.Exists(process.Argv, argument =>
            argument.Contains($"{name}-", StringComparison.Ordinal)
            || argument.Contains($"/{name}/", StringComparison.Ordinal)))
        || node.IptablesRules.Exists(rule => rule.Chain.StartsWith($"{name}-", StringComparison.Ordinal));
}
