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

/// <summary>Walks a chain of the filter table for one packet, as the kernel would.</summary>
internal sealed class IptablesWalk
{
    private const int MaximumDepth = 64;
    private readonly NodeView _node;
    private readonly DhcpPacketHeaders _packet;
    private readonly string _namespace;
    private readonly Stack<string> _chains = new();
    private readonly List<IptablesRule> _hits = [];
    private bool _mightHavePassed;

    private IptablesWalk(NodeView node, DhcpPacketHeaders packet, string @namespace)
    {
        _node = node;
        _packet = packet;
        _namespace = @namespace;
    }

    /// <summary>The verdict on a packet that is bridged.</summary>
    public static IptablesResult Forward(NodeView node, DhcpPacketHeaders packet) => new IptablesWalk(node, packet, "").RunAll("FORWARD");

    /// <summary>The verdict on a packet that a process in a namespace is to get.</summary>
    public static IptablesResult Input(NodeView node, DhcpPacketHeaders packet, string @namespace) => new IptablesWalk(node, packet, @namespace).RunAll("INPUT");

    /// <summary>Whether bridged packets meet iptables at all (net.bridge.bridge-nf-call-iptables; without br_netfilter it is absent, an empty value).</summary>
    public static bool MeetsBridgedPackets(NodeView node) =>
        !node.State.Sysctls.TryGetValue(BridgeSetting, out string? value) || (value.Length > 0 && value.Trim() != "0");

    /// <summary>The kernel's switch for it.</summary>
    public const string BridgeSetting = "net.bridge.bridge-nf-call-iptables";

    private IptablesResult RunAll(string first) => Run(first) with { Hits = _hits };

    private IptablesResult Run(string first)
    {
        if (Walk(first) is { } decided)
            return decided;
        IptablesChain? chain = _node.Chain(first, _namespace);
        IptablesVerdict verdict = chain?.Policy != "DROP" ? IptablesVerdict.Accepted
            : _mightHavePassed ? IptablesVerdict.Unknown : IptablesVerdict.Dropped;
        return new IptablesResult(verdict, null, chain, [first]);
    }

    // Null: the chain returned.
    private IptablesResult? Walk(string chain)
    {
        if (_chains.Count >= MaximumDepth)
            return null;
        _chains.Push(chain);
        foreach (IptablesRule rule in _node.RulesOf(chain, _namespace))
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
        "DROP" or "REJECT" => new IptablesResult(_mightHavePassed ? IptablesVerdict.Unknown : IptablesVerdict.Dropped, rule, null, [.. _chains.Reverse()]),
        _ => _node.Chain(rule.Target, _namespace) is null ? null : Walk(rule.Target),
    };
}
