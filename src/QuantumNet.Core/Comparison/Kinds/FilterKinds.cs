using QuantumNet.Topology;
using static QuantumNet.Comparison.Kinds.DeviceKinds;

namespace QuantumNet.Comparison.Kinds;

/// <summary>iptables, its sets, and nftables.</summary>
internal static class FilterKinds
{
    private const string Layer = "Iptables";
    private const int CounterWords = 4;     // packets 12 bytes 3456

    public static readonly ComparedKind<IptablesChain> Chains = ChainsOf("Iptables", "chain",
        node => node.State.IptablesChains);

    public static readonly ComparedKind<IptablesRule> Rules = RulesOf("Iptables", "rule", "chain",
        node => node.State.IptablesRules);

    public static readonly ComparedKind<IptablesChain> Ip6Chains = ChainsOf("Ip6tables", "IPv6 chain",
        node => node.State.Ip6tablesChains);

    public static readonly ComparedKind<IptablesRule> Ip6Rules = RulesOf("Ip6tables", "IPv6 rule", "IPv6 chain",
        node => node.State.Ip6tablesRules);

    public static readonly ComparedKind<IpSet> Sets = new()
    {
        Name = "set",
        ComesWithPorts = true,
        Collector = "IpSet",
        Records = node => node.State.IpSets,
        Layer = (_, _) => Layer,
        Identity = (set, node) => node.Names.Word(set.Name),
        Object = set => set.Name,
        Facts =
        [
            new("members", Suspicion.Decision, (set, node) => !set.IsListed ? null : Lines(set.Members.Select(member =>
                node.Names.Word(member.Text) + (member.IsExcepted ? " nomatch" : "")))) { IsList = true },
            new("type", Suspicion.Setting, set => set.Type),
        ],
        Line = (set, _) => set.ToEvidence(),
        WhenGone = _ => Suspicion.Loss,
    };

    public static readonly ComparedKind<(NftTable Table, NftChain Chain)> NftChains = new()
    {
        Name = "nftables chain",
        Collector = "Nftables",
        Records = node => node.State.NftTables.Where(table => !table.IsOfIptables)
            .SelectMany(table => table.Chains.Select(chain => (table, chain))),
        Layer = (_, _) => Layer,
        Identity = (one, _) => KeyOf(one.Table, one.Chain),
        Object = one => KeyOf(one.Table, one.Chain),
        Facts =
        [
            new("policy", Suspicion.Decision, one => one.Chain.DropsByPolicy ? "drop" : "accept") { Sound = "accept" },
            new("hook", Suspicion.Decision, one => $"{one.Chain.Type} {one.Chain.Hook} {one.Chain.Priority}".Trim()),
            new("dormant", Suspicion.Decision, one => YesNo(one.Table.IsDormant)),
        ],
        Line = (one, _) => one.Chain.ToEvidence(),
        WhenGone = _ => Suspicion.Setting,
        WhenNew = one => one.Chain.DropsByPolicy ? Suspicion.Decision : Suspicion.Addition,
    };

    public static readonly ComparedKind<(NftTable Table, NftChain Chain, NftRule Rule)> NftRules = new()
    {
        Name = "nftables rule",
        Collector = "Nftables",
        Records = node => node.State.NftTables.Where(table => table is { IsOfIptables: false, IsListed: true })
            .SelectMany(table => table.Chains.SelectMany(chain => chain.Rules.Select(rule => (table, chain, rule)))),
        Layer = (_, _) => Layer,
        Identity = (one, node) => $"{KeyOf(one.Table, one.Chain)}|{Words(one.Rule, node.Names.Word)}",
        Object = one => KeyOf(one.Table, one.Chain),
        Text = one => Words(one.Rule, word => word),
        Likeness = (one, _) => KeyOf(one.Table, one.Chain),
        Line = (one, _) => one.Rule.ToEvidence(),
        Within = (one, _) => $"nftables chain {KeyOf(one.Table, one.Chain)}",
        WhenGone = one => Drops(one.Rule) ? Suspicion.Addition : Suspicion.Loss,
        WhenNew = one => Drops(one.Rule) ? Suspicion.Decision : Suspicion.Addition,
    };

    private static ComparedKind<IptablesChain> ChainsOf(
        string collector, string name, Func<ComparedNode, IEnumerable<IptablesChain>> records) => new()
        {
            Name = name,
            Collector = collector,
            Records = records,
            Layer = (_, _) => Layer,
            Identity = (chain, node) => ChainKey(chain.Namespace, chain.Table, chain.Chain, node),
            Object = chain => Place(chain.Namespace, chain.Table, chain.Chain),
            Facts =
            [
                new("policy", Suspicion.Decision, chain => chain.Policy) { Sound = "ACCEPT" },
                new("order", Suspicion.Decision, RuleOrder.Of) { Compare = RuleOrder.Compare },
                new("packets", ComparisonDetail.Counter, chain => $"{chain.PacketCount}"),
            ],
            Line = (chain, _) => chain.ToEvidence(),
            Subject = chain => chain.Namespace,
            Within = (chain, node) => Within(chain.Namespace, node),
            BelongsTo = (chain, _) => new() { Chain = chain.Chain, Namespace = chain.Namespace },
            // A table comes with chains of its own that accept; a new chain is what its rules make of it.
            WhenGone = chain => chain.Policy == "ACCEPT" ? null : Suspicion.Loss,
            WhenNew = chain => chain.Policy == "DROP" ? Suspicion.Decision : null,
        };

    private static ComparedKind<IptablesRule> RulesOf(
        string collector, string name, string chains, Func<ComparedNode, IEnumerable<IptablesRule>> records) => new()
        {
            Name = name,
            Collector = collector,
            Records = records,
            Layer = (_, _) => Layer,
            Identity = (rule, node) => $"{ChainKey(rule, node)}|{Words(rule, node.Names)}",
            Object = rule => Place(rule.Namespace, rule.Table, rule.Chain),
            Text = rule => Words(rule, new Naming()),
            Likeness = ChainKey,
            Facts =
            [
                new("place", ComparisonDetail.Order, rule => $"{rule.RuleNumber}"),
                new("packets", ComparisonDetail.Counter, rule => $"{rule.PacketCount}"),
            ],
            Line = (rule, _) => rule.ToEvidence(),
            Subject = rule => rule.Namespace,
            Within = (rule, node) => $"{chains} {ChainKey(rule, node)}",
            // A rule of a shared chain may lead to a port's own.
            BelongsTo = (rule, _) => new()
            {
                Namespace = rule.Namespace,
                Chain = DeviceNames.PortOfChain(rule.Target).Length > 0 ? rule.Target : rule.Chain,
                Device = DeviceOf(rule),
            },
            WhenGone = rule => Drops(rule) ? Suspicion.Addition : Suspicion.Loss,
            WhenNew = rule => Drops(rule) ? Suspicion.Decision : Suspicion.Addition,
        };

    private static string ChainKey(IptablesRule rule, ComparedNode node) =>
        ChainKey(rule.Namespace, rule.Table, rule.Chain, node);

    private static string ChainKey(string space, string table, string chain, ComparedNode node) =>
        $"{node.Names.Word(space)}|{table}|{node.Names.Device(chain)}";

    private static string Place(string space, string table, string chain) =>
        In(space, table == "filter" ? chain : $"{table} {chain}");

    private static string KeyOf(NftTable table, NftChain chain) => $"{table.Title} {chain.Name}";

    /// <summary>Whether packets that meet a rule are lost.</summary>
    public static bool Drops(IptablesRule rule) => rule.Target is "DROP" or "REJECT";

    private static bool Drops(NftRule rule) => rule.Words is [.., "drop" or "reject"];

    /// <summary>What a rule asks for and does, without its counters.</summary>
    public static string Words(IptablesRule rule, Naming names)
    {
        IEnumerable<string> words = rule.Matches.Where(match => match.Option != "comment").Select(match =>
            (match with { Value = string.Join(',', match.Value.Split(',').Select(one => IsDevice(match)
                ? names.Device(one) : names.Word(one))) }).ToString());
        string target = rule.Target.Length == 0 ? ""
            : $"{(rule.IsGoto ? "-g" : "-j")} {names.Device(rule.Target)} {Options(rule, names)}";
        return string.Join(' ', words.Append(target)).Trim();
    }

    private static string Options(IptablesRule rule, Naming names) => rule.TargetOptions
        .Split("--zone ", 2) is [var head, var zone] ? $"{head}--zone {names.Zone(zone)}" : rule.TargetOptions;

    private static bool IsDevice(IptablesMatch match) => match.Option is "physdev-in" or "physdev-out"
        or "in-interface" or "out-interface";

    private static string DeviceOf(IptablesRule rule) => Array.Find(rule.Matches, IsDevice)?.Value ?? "";

    private static string Words(NftRule rule, Func<string, string> name)
    {
        List<string> words = [];
        for (int i = 0; i < rule.Words.Length; i++)
        {
            words.Add(name(rule.Words[i]));
            if (rule.Words[i] == "counter" && i + 1 < rule.Words.Length && rule.Words[i + 1] == "packets")
                i += CounterWords;
        }
        return string.Join(' ', words);
    }
}
