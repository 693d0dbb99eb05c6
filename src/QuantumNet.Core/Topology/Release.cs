namespace QuantumNet.Topology;

/// <summary>Whose programs a node runs: up to Grizzly the project was Quantum, and its files, programs and client bore
/// that name.</summary>
/// <param name="IsQuantum">Whether it is Quantum.</param>
internal sealed record Release(bool IsQuantum)
{
    private static readonly NodeMemo<Release> s_known = new(node => new(
        node.State.AgentConfigs.Exists(setting => setting.Path.Contains("/quantum/", StringComparison.Ordinal))
        || node.State.Processes.Exists(process => Array.Exists(process.Argv, argument => argument.Contains(
            "quantum-", StringComparison.Ordinal) || argument.Contains("/quantum/", StringComparison.Ordinal)))));

    /// <summary>A node's.</summary>
    public static Release Of(NodeView node) => s_known.Of(node);

    /// <summary>A cloud's: Quantum where one of its nodes is.</summary>
    public static Release Of(CloudView cloud) => new(cloud.Nodes.Any(node => Of(node).IsQuantum));
}
