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
    private IptablesRule? _decider;

    private enum Step { Next, Return, Decided }

    /// <summary>The outcome.</summary>
    public IptablesTraversal Run()
    {
        string first = hook.ToString().ToUpperInvariant();
        IptablesChain? chain = tables.Chain(table, first);
        Step end = Walk(first, isCertain: true);
        if (end != Step.Decided)
            _possible.Add(chain?.Policy == "DROP" ? IptablesOutcome.Dropped : IptablesOutcome.Accepted);
        bool isOpen = _possible.Contains(IptablesOutcome.Unknown)
            || (_possible.Contains(IptablesOutcome.Accepted) && _possible.Count > 1);
        return new()
        {
            Outcome = isOpen ? IptablesOutcome.Unknown : _possible.First(),
            Met = _met, Rule = _decider, Policy = end == Step.Decided ? null : chain,
            Doubt = isOpen ? _doubt : null, Packet = _packet,
            Chains = end == Step.Decided ? [.. _chains] : [first],
        };
    }

    // Uncertain: the walk itself may not take place.
    private Step Walk(string chain, bool isCertain)
    {
        if (_chains.Count >= DeepestJump)
            return Step.Next;
        _chains.Add(chain);
        int depth = _chains.Count;
        foreach (IptablesRule rule in tables.Rules(table, chain))
        {
            bool? matches = _matching.Matches(rule, _packet);
            if (matches == false)
                continue;
            bool isSure = isCertain && matches == true && _possible.Count == 0;
            if (isSure)
                _met.Add(rule);
            else
                _doubt ??= rule;
            Step step = Apply(rule, isSure);
            if (step == Step.Decided && matches == true)
                return Step.Decided;
            if (step == Step.Return && matches == true)
                break;
            _chains.RemoveRange(depth, _chains.Count - depth);
            // What follows a jump back, or a decision, that may have been, may not be met.
            isCertain &= matches == true || step == Step.Next;
        }
        _chains.RemoveAt(_chains.Count - 1);
        return Step.Next;
    }

    private Step Apply(IptablesRule rule, bool isSure)
    {
        switch (rule.Target)
        {
            case "ACCEPT" or "MASQUERADE" or "SNAT" or "DNAT" or "REDIRECT" or "NETMAP":
                if (rule.Target != "ACCEPT")
                    _packet = isSure
                        ? IptablesTargets.Rewritten(rule, _packet) : _packet with { Source = null, Destination = null };
                return Decide(rule, IptablesOutcome.Accepted);
            case "DROP":
                return Decide(rule, IptablesOutcome.Dropped);
            case "REJECT":
                return Decide(rule, IptablesOutcome.Rejected);
            case "RETURN":
                return Step.Return;
            default:
                return IptablesTargets.IsPassing(rule.Target) ? Pass(rule, isSure) : Jump(rule, isSure);
        }
    }

    private Step Decide(IptablesRule rule, IptablesOutcome outcome)
    {
        _possible.Add(outcome);
        _decider = rule;
        return Step.Decided;
    }

    private Step Pass(IptablesRule rule, bool isSure)
    {
        FilteredPacket after = IptablesTargets.Passed(rule, _packet);
        _packet = isSure || after == _packet ? after
            : _packet with { Mark = null, ConnectionMark = null,
                State = after.State == _packet.State ? after.State : ConntrackState.Unknown };
        return Step.Next;
    }

    private Step Jump(IptablesRule rule, bool isSure)
    {
        if (tables.Chain(table, rule.Target) is null && tables.Rules(table, rule.Target).Count == 0)
        {
            // NFQUEUE and the like: somebody else decides.
            _doubt ??= rule;
            _possible.Add(IptablesOutcome.Unknown);
            return Step.Next;
        }
        Step step = Walk(rule.Target, isSure);
        return step == Step.Next && rule.IsGoto ? Step.Return : step;
    }
}
