namespace QuantumNet.Simulation.Iptables;

/// <summary>One namespace's chains and rules, looked up by table and name, with its sets.</summary>
internal sealed class IptablesTables
{
    private readonly Dictionary<(string Table, string Chain), IptablesChain> _chains = [];
    private readonly Dictionary<(string Table, string Chain), List<IptablesRule>> _rules = [];

    /// <summary>Indexes the records of one namespace; empty is the node's own.</summary>
    public IptablesTables(IEnumerable<IptablesChain> chains, IEnumerable<IptablesRule> rules, string @namespace = "")
    {
        foreach (IptablesChain chain in chains)
        {
            if (chain.Namespace == @namespace)
                _chains[(chain.Table, chain.Chain)] = chain;
        }
        foreach (IptablesRule rule in rules)
        {
            if (rule.Namespace != @namespace)
                continue;
            if (!_rules.TryGetValue((rule.Table, rule.Chain), out List<IptablesRule>? of))
                _rules[(rule.Table, rule.Chain)] = of = [];
            of.Add(rule);
        }
    }

    /// <summary>Sets by name; a set that is not among them is not known.</summary>
    public IReadOnlyDictionary<string, IpSet> Sets { get; init; } = new Dictionary<string, IpSet>();

    /// <summary>A chain; null when there is none.</summary>
    public IptablesChain? Chain(string table, string chain) => _chains.GetValueOrDefault((table, chain));

    /// <summary>A chain's rules, in order.</summary>
    public IReadOnlyList<IptablesRule> Rules(string table, string chain) =>
        _rules.GetValueOrDefault((table, chain)) ?? [];
}
