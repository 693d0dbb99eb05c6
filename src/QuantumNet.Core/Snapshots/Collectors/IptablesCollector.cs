using QuantumNet.Parsing.Iptables;

namespace QuantumNet.Snapshots;

/// <summary>iptables chains and rules with their counters, of the node and of each DHCP namespace.</summary>
public sealed class IptablesCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "Iptables";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("iptables-save", "-c"),
        new("ip", "netns", "exec", "{namespace}", "iptables-save", "-c") { Scope = CommandScope.DhcpNamespace },
    ];

    /// <inheritdoc/>
    public void Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return;

        IptablesSave save = IptablesSaveParser.ParseAll(output.Text, CommandNamespace.Stamp(output, source));
        into.IptablesChains.AddRange(save.Chains);
        into.IptablesRules.AddRange(save.Rules);
    }
}
