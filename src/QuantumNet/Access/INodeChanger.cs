using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>Runs single commands on a node, those that change its state among them:
/// for cmdlets whose user agreed.</summary>
internal interface INodeChanger
{
    /// <summary>Runs commands as they stand, in order, over one connection; one output for each.</summary>
    /// <exception cref="QuantumException">The node cannot be reached, or a command is on neither the reading list nor
    /// the changing one.</exception>
    Task<CommandOutput[]> RunAsync(
        string computerName, IReadOnlyList<CommandTemplate> commands, IGatherObserver observer, CancellationToken stop);
}
