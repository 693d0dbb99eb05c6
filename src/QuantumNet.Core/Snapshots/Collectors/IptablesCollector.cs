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
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return 0;
        TextSource stamped = CommandNamespace.Stamp(output, source);
        IptablesSave save = IptablesListParser.IsList(output.Text) ? IptablesListParser.ParseAll(output.Text, stamped)
            : IptablesSaveParser.ParseAll(output.Text, stamped);
        HashSet<(string, string, string)> known =
            [.. into.IptablesChains.Select(chain => (chain.Namespace, chain.Table, chain.Chain))];
        foreach (IptablesRule rule in into.IptablesRules)
            known.Add((rule.Namespace, rule.Table, rule.Chain));
        into.IptablesChains
            .AddRange(save.Chains.Where(chain => !known.Contains((chain.Namespace, chain.Table, chain.Chain))));
        into.IptablesRules
            .AddRange(save.Rules.Where(rule => !known.Contains((rule.Namespace, rule.Table, rule.Chain))));
        return save.Chains.Count + save.Rules.Count;
    }
}
