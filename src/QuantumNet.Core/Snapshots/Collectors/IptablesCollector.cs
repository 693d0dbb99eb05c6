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
        return Read(output, CommandNamespace.Stamp(output, source), into.IptablesChains, into.IptablesRules);
    }

    /// <summary>Adds the chains that are not there yet, with their rules.</summary>
    /// <returns>How many the output holds.</returns>
    internal static int Read(
        CommandOutput output, TextSource source, List<IptablesChain> chains, List<IptablesRule> rules)
    {
        IptablesSave save = IptablesListParser.IsList(output.Text) ? IptablesListParser.ParseAll(output.Text, source)
            : IptablesSaveParser.ParseAll(output.Text, source);
        HashSet<(string, string, string)> known =
            [.. chains.Select(chain => (chain.Namespace, chain.Table, chain.Chain))];
        foreach (IptablesRule rule in rules)
            known.Add((rule.Namespace, rule.Table, rule.Chain));
        chains.AddRange(save.Chains.Where(chain => !known.Contains((chain.Namespace, chain.Table, chain.Chain))));
        rules.AddRange(save.Rules.Where(rule => !known.Contains((rule.Namespace, rule.Table, rule.Chain))));
        return save.Chains.Count + save.Rules.Count;
    }
}
