namespace QuantumNet.Snapshots;

/// <summary>ip6tables chains and rules of the node, which tunnels between IPv6 addresses meet.</summary>
public sealed class Ip6tablesCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "Ip6tables";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } = [new("ip6tables-save", "-c")];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into) => output.ExitStatus != 0 ? 0
        : IptablesCollector.Read(output, source, into.Ip6tablesChains, into.Ip6tablesRules);
}
