namespace QuantumNet.Simulation.Iptables;

/// <summary>One packet through one table at one hook. Where it cannot be determined whether a rule matches, both ways
/// are followed: what the rule would decide is noted, and the walk goes on as if it did not match. All ways that agree
/// make one outcome.</summary>
internal sealed class IptablesWalk(IptablesTables tables, string table, IptablesHook hook, FilteredPacket packet)
{
    private const int DeepestJump = 64;

    private readonly IptablesMatching _matching = new(tables, table, hook);
    private readonly List<IptablesRule> _met = [];
    private readonly List<string> _chains = [];
    private readonly HashSet<IptablesOutcome> _possible = [];
    private FilteredPacket _packet = packet;
    private IptablesRule? _doubt;
    // How often something was decided; the last one is that of a packet that no rule in doubt matches.
    private int _decisions;
    private IptablesOutcome _last;
    private IptablesRule? _decider;
    private string[] _way = [];

    /// <summary>The outcome.</summary>
    public IptablesTraversal Run()
    {
        string first = hook.ToString().ToUpperInvariant();
        IptablesChain? policy = null;
        if (Walk(first, isCertain: true))
        {
            policy = tables.Chain(table, first);
            Decide(null, policy?.Policy == "DROP" ? IptablesOutcome.Dropped : IptablesOutcome.Accepted, [first]);
        }
        bool isOpen = _possible.Contains(IptablesOutcome.Unknown)
            || (_possible.Contains(IptablesOutcome.Accepted) && _possible.Count > 1);
        return new()
        {
            Outcome = isOpen ? IptablesOutcome.Unknown : _last, Met = _met, Rule = _decider, Policy = policy,
            Doubt = isOpen ? _doubt : null, Packet = _packet, Chains = _way,
        };
    }

    /// <summary>Walks a chain; whether the packet may come back from it.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="isCertain">Whether the packet comes there for certain.</param>
    private bool Walk(string chain, bool isCertain)
    {
        if (_chains.Count >= DeepestJump)
            return true;
        bool mayReturn = false;
        _chains.Add(chain);
        foreach (IptablesRule rule in tables.Rules(table, chain))
        {
            bool? matches = _matching.Matches(rule, _packet);
            if (matches == false)
                continue;
            bool isSure = isCertain && matches == true && !mayReturn && _decisions == 0;
            if (isSure)
                _met.Add(rule);
            (IptablesRule? doubt, int decisions) = (_doubt, _decisions);
            bool isEnd = Apply(rule, isSure, ref mayReturn);
            if (matches is null && (isEnd || _decisions > decisions))
                _doubt = doubt ?? rule;
            if (isEnd && matches == true)
            {
                _chains.RemoveAt(_chains.Count - 1);
                return mayReturn;
            }
        }
        _chains.RemoveAt(_chains.Count - 1);
        return true;
    }

    /// <summary>What comes of a rule that matches; whether the chain's next rule is then not asked.</summary>
    private bool Apply(IptablesRule rule, bool isSure, ref bool mayReturn)
    {
        switch (rule.Target)
        {
            case "ACCEPT" or "DROP" or "REJECT":
                return Decide(rule, rule.Target switch { "ACCEPT" => IptablesOutcome.Accepted,
                    "DROP" => IptablesOutcome.Dropped, _ => IptablesOutcome.Rejected }, _chains);
            case "MASQUERADE" or "SNAT" or "DNAT" or "REDIRECT" or "NETMAP":
                _packet = isSure ? IptablesTargets.Rewritten(rule, _packet)
                    : _packet with { Source = null, Destination = null, IsTranslated = true };
                return Decide(rule, IptablesOutcome.Accepted, _chains);
            case "RETURN":
                mayReturn = true;
                return true;
            default:
                return IptablesTargets.IsPassing(rule.Target) ? Pass(rule, isSure) : Jump(rule, isSure, ref mayReturn);
        }
    }

    private bool Decide(IptablesRule? rule, IptablesOutcome outcome, IEnumerable<string> way)
    {
        _possible.Add(outcome);
        _decisions++;
        (_last, _decider, _way) = (outcome, rule, [.. way]);
        return true;
    }

    private bool Pass(IptablesRule rule, bool isSure)
    {
        FilteredPacket after = IptablesTargets.Passed(rule, _packet);
        _packet = isSure || after == _packet ? after
            : _packet with { Mark = null, ConnectionMark = null,
                State = after.State == _packet.State && after.IsTemplated == _packet.IsTemplated ? after.State
                    : ConntrackState.Unknown };
        return false;
    }

    private bool Jump(IptablesRule rule, bool isSure, ref bool mayReturn)
    {
        if (tables.Chain(table, rule.Target) is null && tables.Rules(table, rule.Target).Count == 0)
        {
            // NFQUEUE and the like: somebody else decides, or lets the next rule be asked.
            _doubt ??= rule;
            _possible.Add(IptablesOutcome.Unknown);
            _decisions++;
            return false;
        }
        bool returns = Walk(rule.Target, isSure);
        mayReturn |= rule.IsGoto && returns;
        return rule.IsGoto || !returns;
    }
}
