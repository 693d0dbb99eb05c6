using QuantumNet.Simulation.Iptables;

namespace QuantumNet.Simulation.Nftables;

/// <summary>What nftables does with a packet, and the line that decides.</summary>
/// <param name="Verdict">What becomes of it.</param>
/// <param name="Table">The table, <c>inet firewalld</c>.</param>
/// <param name="Chains">The chains walked into, from the base chain to the one that decides.</param>
/// <param name="Line">The rule, or the chain whose policy decides.</param>
internal sealed record NftResult(IptablesOutcome Verdict, string Table, IReadOnlyList<string> Chains, NodeRecord Line);

/// <summary>Walks the base chains of hooks in the order of their priorities, as the kernel does: what one drops is
/// lost, what one accepts meets the next (nft(8), VERDICT STATEMENTS).</summary>
internal sealed class NftWalk
{
    private const int MaximumDepth = 16;

    private readonly NftTable _table;
    private readonly NftPacket _packet;
    private readonly Stack<string> _chains = new();
    private NftRule? _mayAccept, _mayDrop;
    private bool _isUntracked, _isMarked;

    private NftWalk(NftTable table, NftPacket packet)
    {
        _table = table;
        _packet = packet;
    }

    /// <summary>What becomes of a packet for the host itself, or through it; null where no base chain is met.</summary>
    public static NftResult? Through(IEnumerable<NftTable> tables, NftPacket packet)
    {
        bool isUntracked = false, isMarked = false;
        NftResult? open = null, last = null;
        foreach ((NftTable table, NftChain chain) in BaseChains(tables, packet))
        {
            NftWalk walk = new(table, packet) { _isUntracked = isUntracked, _isMarked = isMarked };
            last = walk.Run(chain);
            (isUntracked, isMarked) = (walk._isUntracked, walk._isMarked);
            if (last.Verdict == IptablesOutcome.Dropped)
                return last;
            open ??= last.Verdict == IptablesOutcome.Unknown ? last : null;
        }
        return open ?? last;
    }

    /// <summary>The tables whose chains a packet meets.</summary>
    public static IEnumerable<NftTable> Met(IEnumerable<NftTable> tables, NftPacket packet) =>
        BaseChains(tables, packet).Select(pair => pair.Table).Distinct();

    private static IEnumerable<(NftTable Table, NftChain Chain)> BaseChains(
        IEnumerable<NftTable> tables, NftPacket packet)
    {
        string[] hooks = ["ingress", "prerouting", packet.OutputDevice is null ? "input" : "forward"];
        return tables.Where(table => !table.IsDormant)
            .SelectMany(table => table.Chains, (table, chain) => (Table: table, Chain: chain))
            .Where(pair => pair.Chain.Type == "filter" && Array.IndexOf(hooks, pair.Chain.Hook) >= 0
                && IsMet(pair.Table, pair.Chain, packet))
            .OrderBy(pair => Array.IndexOf(hooks, pair.Chain.Hook)).ThenBy(pair => pair.Chain.Priority);
    }

    private static bool IsMet(NftTable table, NftChain chain, NftPacket packet) => chain.Hook == "ingress"
        ? table.Family is "netdev" or "inet" && Array.IndexOf(chain.Devices, packet.InputDevice) >= 0
        : table.Family == "inet" || table.Family == (packet.IsSix ? "ip6" : "ip");

    private NftResult Run(NftChain chain) =>
        Walk(chain) ?? Decided(accepts: !chain.DropsByPolicy, chain, [chain.Name]);

    // A rule before that may have decided otherwise leaves it open.
    private NftResult Decided(bool accepts, NodeRecord line, IReadOnlyList<string> chains)
    {
        NftRule? unclear = accepts ? _mayDrop : _mayAccept;
        return new(unclear is not null ? IptablesOutcome.Unknown
            : accepts ? IptablesOutcome.Accepted : IptablesOutcome.Dropped, _table.Title, chains, unclear ?? line);
    }

    // Null: the chain returned.
    private NftResult? Walk(NftChain chain)
    {
        if (_chains.Count >= MaximumDepth)
            return null;
        _chains.Push(chain.Name);
        foreach (NftRule rule in chain.Rules)
        {
            (NftResult? decided, bool isLeft) = Meet(rule);
            if (decided is not null)
                return decided;
            if (isLeft)
                break;
        }
        _chains.Pop();
        return null;
    }

    private (NftResult? Decided, bool IsLeft) Meet(NftRule rule)
    {
        NftRuleReader reader = new(rule, _table, _packet, _isUntracked, _isMarked);
        List<NftEffect> effects = reader.Read();
        _isUntracked |= reader.Untracks;
        _isMarked |= reader.Marks;
        foreach (NftEffect effect in effects)
        {
            if (effect.Matches is null)
                NoteUnclear(rule, effect);
            else if (effect.Matches == true)
                return Take(rule, effect);
        }
        return (null, false);
    }

    private (NftResult? Decided, bool IsLeft) Take(NftRule rule, NftEffect effect)
    {
        if (effect.Verdict is "accept" or "drop")
            return (Decided(effect.Verdict == "accept", rule, [.. _chains.Reverse()]), true);
        if (effect.Verdict == "return")
            return (null, true);
        if (effect.Verdict is "jump" or "goto" && ChainOf(effect) is { } chain)
            return (Walk(chain), effect.Verdict == "goto");
        NoteUnclear(rule, effect);
        return (null, false);
    }

    // Of a chain that may be jumped to only what it decides matters.
    private void NoteUnclear(NftRule rule, NftEffect effect)
    {
        NftResult? inside = null;
        if (effect.Verdict == "jump" && ChainOf(effect) is { } chain)
        {
            (NftRule? accept, NftRule? drop, int depth) = (_mayAccept, _mayDrop, _chains.Count);
            inside = Walk(chain);
            while (_chains.Count > depth)
                _chains.Pop();
            bool isHarmless = inside is null && _mayAccept == accept && _mayDrop == drop;
            if (isHarmless)
                return;
        }
        if (effect.Verdict != "drop" && inside?.Verdict != IptablesOutcome.Dropped)
            _mayAccept ??= rule;
        if (effect.Verdict != "accept" && inside?.Verdict != IptablesOutcome.Accepted)
            _mayDrop ??= rule;
    }

    private NftChain? ChainOf(NftEffect effect) => _table.Chains.Find(chain => chain.Name == effect.Target);
}
