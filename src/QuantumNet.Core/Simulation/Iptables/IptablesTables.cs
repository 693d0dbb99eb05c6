namespace QuantumNet.Simulation.Iptables;

/// <summary>The chains and rules of one namespace and family, looked up by table and name, with its sets.</summary>
internal sealed class IptablesTables
{
    // What has the kernel follow connections in this namespace (nf_ct_netns_get() in net/netfilter/xt_*.c).
    private static readonly string[] s_trackingMatches =
            ["state", "conntrack", "connmark", "connbytes", "connlimit", "connlabel", "helper", "cluster"],
        s_trackingTargets = ["CT", "CONNMARK", "CONNSECMARK", "SNAT", "DNAT", "MASQUERADE", "REDIRECT", "NETMAP",
            "SYNPROXY", "CLUSTERIP"];

    private readonly Dictionary<(string Table, string Chain), IptablesChain> _chains = [];
    private readonly Dictionary<(string Table, string Chain), List<IptablesRule>> _rules = [];

    /// <summary>Indexes the records of one namespace and family.</summary>
    public IptablesTables(IEnumerable<IptablesChain> chains, IEnumerable<IptablesRule> rules)
    {
        foreach (IptablesChain chain in chains)
            _chains[(chain.Table, chain.Chain)] = chain;
        foreach (IptablesRule rule in rules)
        {
            if (!_rules.TryGetValue((rule.Table, rule.Chain), out List<IptablesRule>? of))
                _rules[(rule.Table, rule.Chain)] = of = [];
            of.Add(rule);
            TracksConnections |= Tracks(rule);
        }
    }

    /// <summary>Sets by name; a set that is not among them is not known.</summary>
    public IReadOnlyDictionary<string, AddressSet> Sets { get; init; } =
        new Dictionary<string, AddressSet>();

    /// <summary>Whether a rule has the kernel follow connections: without one, no packet meets nat.</summary>
    public bool TracksConnections { get; }

    /// <summary>A chain; null when there is none.</summary>
    public IptablesChain? Chain(string table, string chain) => _chains.GetValueOrDefault((table, chain));

    /// <summary>A chain's rules, in order.</summary>
    public IReadOnlyList<IptablesRule> Rules(string table, string chain) =>
        _rules.GetValueOrDefault((table, chain)) ?? [];

    private static bool Tracks(IptablesRule rule) =>
        (Array.IndexOf(s_trackingTargets, rule.Target) >= 0
            && !rule.TargetOptions.Contains("--notrack", StringComparison.Ordinal))
        || Array.Exists(rule.Matches, match => Array.IndexOf(s_trackingMatches, match.Module) >= 0);
}
