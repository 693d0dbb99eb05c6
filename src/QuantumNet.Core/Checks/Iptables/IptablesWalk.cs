using QuantumNet.Paths;

namespace QuantumNet.Checks.Iptables;

/// <summary>What iptables does with a packet.</summary>
internal enum IptablesVerdict
{
    /// <summary>It passes.</summary>
    Accepted,
    /// <summary>It is dropped or rejected.</summary>
    Dropped,
    /// <summary>A rule whose match cannot be told might decide otherwise.</summary>
    Unknown,
}

/// <summary>The verdict on one packet, with the rule and the chains that led to it.</summary>
/// <param name="Verdict">What becomes of the packet.</param>
/// <param name="Rule">The deciding rule; null when a policy decides.</param>
/// <param name="Policy">The chain whose policy decides; null when a rule does.</param>
/// <param name="Chains">The chains walked into, from the first to the one that decides.</param>
internal sealed record IptablesResult(IptablesVerdict Verdict, IptablesRule? Rule, IptablesChain? Policy, IReadOnlyList<string> Chains)
{
    /// <summary>Every rule whose counter the packet raises, in order.</summary>
    public IReadOnlyList<IptablesRule> Hits { get; init; } = [];

    /// <summary>The line that decides.</summary>
    public Evidence? Evidence => Rule?.ToEvidence() ?? Policy?.ToEvidence();
}

/// <summary>Walks the filter table's FORWARD chain for one packet, as the kernel would.</summary>
internal sealed class IptablesWalk
{
    private const int MaximumDepth = 64;
    private readonly NodeView _node;
    private readonly BridgedDhcpPacket _packet;
    private readonly Stack<string> _chains = new();
    private readonly List<IptablesRule> _hits = [];
    private bool _mightHavePassed;

    private IptablesWalk(NodeView node, BridgedDhcpPacket packet)
    {
        _node = node;
        _packet = packet;
    }

    /// <summary>The verdict on a packet that is bridged.</summary>
    public static IptablesResult Forward(NodeView node, BridgedDhcpPacket packet) => new IptablesWalk(node, packet).RunAll();

    /// <summary>Whether bridged packets meet iptables at all (net.bridge.bridge-nf-call-iptables; without br_netfilter it is absent, an empty value).</summary>
    public static bool MeetsBridgedPackets(NodeView node) =>
        !node.State.Sysctls.TryGetValue(BridgeSetting, out string? value) || (value.Length > 0 && value.Trim() != "0");

    /// <summary>The kernel's switch for it.</summary>
    public const string BridgeSetting = "net.bridge.bridge-nf-call-iptables";

    private IptablesResult RunAll() => Run() with { Hits = _hits };

    private IptablesResult Run()
    {
        IptablesResult? decided = Walk("FORWARD");
        if (decided is not null)
            return decided;
        IptablesChain? forward = _node.Chain("FORWARD");
        return forward?.Policy == "DROP"
            ? Dropped(null, forward)
            : new IptablesResult(IptablesVerdict.Accepted, null, forward, ["FORWARD"]);
    }

    // Null: the chain returned.
    private IptablesResult? Walk(string chain)
    {
        if (_chains.Count >= MaximumDepth)
            return null;
        _chains.Push(chain);
        foreach (IptablesRule rule in _node.RulesOf(chain))
        {
            bool? matches = RuleMatching.Matches(rule, _packet);
            if (matches == false)
                continue;
            if (matches is null)
            {
                _mightHavePassed |= rule.Target is not ("DROP" or "REJECT" or "LOG" or "");
                continue;
            }
            _hits.Add(rule);
            if (rule.Target == "RETURN")
                break;
            if (Decide(rule) is { } result)
                return result;
            if (rule.IsGoto)
                break;
        }
        _chains.Pop();
        return null;
    }

    private IptablesResult? Decide(IptablesRule rule) => rule.Target switch
    {
        "ACCEPT" => new IptablesResult(IptablesVerdict.Accepted, rule, null, [.. _chains.Reverse()]),
        "DROP" or "REJECT" => Dropped(rule, null),
        _ => _node.Chain(rule.Target) is null ? null : Walk(rule.Target),
    };

    private IptablesResult Dropped(IptablesRule? rule, IptablesChain? policy) =>
        new(_mightHavePassed ? IptablesVerdict.Unknown : IptablesVerdict.Dropped, rule, policy, policy is null ? [.. _chains.Reverse()] : [policy.Chain]);
}
