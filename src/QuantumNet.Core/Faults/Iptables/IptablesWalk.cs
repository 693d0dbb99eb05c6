using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Iptables;

/// <summary>What iptables does with a packet.</summary>
internal enum IptablesVerdict
{
    /// <summary>It passes.</summary>
    Accepted,
    /// <summary>It is dropped or rejected.</summary>
    Dropped,
    /// <summary>A rule of which cannot be told whether it matches might decide otherwise.</summary>
    Unknown,
}

/// <summary>The verdict on one packet, with the rule and the chains that led to it.</summary>
/// <param name="Verdict">What becomes of the packet.</param>
/// <param name="Rule">The deciding rule; null when a policy decides.</param>
/// <param name="Policy">The chain whose policy decides; null when a rule does.</param>
/// <param name="Chains">The chains walked into, from the first to the one that decides.</param>
internal sealed record IptablesResult(
    IptablesVerdict Verdict, IptablesRule? Rule, IptablesChain? Policy, IReadOnlyList<string> Chains)
{
    /// <summary>The rule of which cannot be told whether it decides; null unless the verdict is unknown.</summary>
    public IptablesRule? Unclear { get; init; }

    /// <summary>Every rule of the filter table whose counter the packet raises, in order.</summary>
    public IReadOnlyList<IptablesRule> Hits { get; init; } = [];

    /// <summary>The line that decides.</summary>
    public Evidence? Evidence => Rule?.ToEvidence() ?? Policy?.ToEvidence();
}

/// <summary>Walks chains for one packet, as the kernel would.</summary>
internal sealed class IptablesWalk
{
    private const int MaximumDepth = 64;

    // What a bridged packet meets besides the filter table (netfilter's hooks in br_netfilter).
    private static readonly (string Table, string Chain)[] s_before =
        [("raw", "PREROUTING"), ("mangle", "PREROUTING"), ("mangle", "FORWARD")];
    private static readonly (string Table, string Chain)[] s_after = [("mangle", "POSTROUTING")];
    // Targets that only note something; the next rule is asked.
    private static readonly string[] s_passing =
        ["", "LOG", "NFLOG", "ULOG", "MARK", "CONNMARK", "CONNSECMARK", "SECMARK", "CT", "NOTRACK", "TRACE", "CHECKSUM",
            "SET", "TOS", "DSCP", "TCPMSS", "CLASSIFY", "AUDIT", "TTL"];

    private readonly NodeView _node;
    private readonly DhcpPacketHeaders _packet;
    private readonly string _namespace;
    private readonly Stack<string> _chains = new();
    private readonly List<IptablesRule> _hits = [];
    private readonly string _table;
    private bool _isSix;
    private IptablesRule? _mayAccept;
    private IptablesRule? _mayDrop;

    private IptablesWalk(NodeView node, DhcpPacketHeaders packet, string @namespace, string table)
    {
        _node = node;
        _packet = packet;
        _namespace = @namespace;
        _table = table;
    }

    /// <summary>The verdict on a packet that is bridged: the first table that does not accept it decides,
    /// else the filter table.</summary>
    public static IptablesResult Forward(NodeView node, DhcpPacketHeaders packet)
    {
        IptablesResult filter = Of(node, packet, "", "filter", "FORWARD");
        foreach ((string table,
            string chain) in filter.Verdict == IptablesVerdict.Accepted ? [.. s_before, .. s_after] : s_before)
        {
            IptablesResult other = Of(node, packet, "", table, chain);
            if (other.Verdict != IptablesVerdict.Accepted)
                return other with { Hits = filter.Hits };
        }
        return filter;
    }

    /// <summary>Whether the port's filter passes an OFFER from one address to another,
    /// as far as iptables is its filter.</summary>
    public static bool PassesOffer(DhcpLeg leg, string source, string destination) => leg.Compute is { } compute
        && (leg.Plug != PlugKind.Hybrid || !MeetsBridgedPackets(compute)
            || Forward(compute, DhcpPacketHeaders.Offer(leg, source) with { Destination = destination }).Verdict
                == IptablesVerdict.Accepted);

    /// <summary>The verdict on a packet that a process in a namespace is to get.</summary>
    public static IptablesResult Input(NodeView node, DhcpPacketHeaders packet, string @namespace) =>
        Of(node, packet, @namespace, "filter", "INPUT");

    /// <summary>The verdict on a tunnel's packet for the node, or through it, in the table of its family.</summary>
    public static IptablesResult Tunnelled(NodeView node, DhcpPacketHeaders packet)
    {
        IptablesWalk walk = new(node, packet, "", "filter") { _isSix = packet.Destination.Contains(':') };
        return walk.Run(packet.LeavesBy is null ? "INPUT" : "FORWARD") with { Hits = walk._hits };
    }

    private static IptablesResult Of(
        NodeView node, DhcpPacketHeaders packet, string @namespace, string table, string chain)
    {
        IptablesWalk walk = new(node, packet, @namespace, table);
        return walk.Run(chain) with { Hits = walk._hits };
    }

    /// <summary>Whether bridged packets meet iptables (net.bridge.bridge-nf-call-iptables;
    /// without br_netfilter it is absent, an empty value); null when it was not collected.</summary>
    public static bool? MeetsBridged(NodeView node) =>
        !node.State.Sysctls.TryGetValue(BridgeSetting, out string? value) ? null
            : value.Trim() switch { "" or "0" => false, "1" => true, _ => null };

    /// <summary>Whether they do, as far as is known.</summary>
    public static bool MeetsBridgedPackets(NodeView node) => MeetsBridged(node) != false;

    /// <summary>The kernel's switch for it.</summary>
    public const string BridgeSetting = "net.bridge.bridge-nf-call-iptables";

    private IptablesResult Run(string first)
    {
        if (Walk(first) is { } decided)
            return decided;
        IptablesChain? chain = ChainOf(first);
        return Decided(accepts: chain?.Policy != "DROP", null, chain, [first]);
    }

    // A rule before that may have decided otherwise leaves it open.
    private IptablesResult Decided(
        bool accepts, IptablesRule? rule, IptablesChain? policy, IReadOnlyList<string> chains)
    {
        IptablesRule? unclear = accepts ? _mayDrop : _mayAccept;
        IptablesVerdict verdict = unclear is not null ? IptablesVerdict.Unknown : accepts ? IptablesVerdict.Accepted
            : IptablesVerdict.Dropped;
        return new IptablesResult(verdict, rule, policy, chains) { Unclear = unclear };
    }

    // Null: the chain returned.
    private IptablesResult? Walk(string chain)
    {
        if (_chains.Count >= MaximumDepth)
            return null;
        _chains.Push(chain);
        foreach (IptablesRule rule in RulesOf(chain))
        {
            bool? matches = RuleMatching.Matches(rule, _packet);
            if (matches == false)
                continue;
            if (matches is null)
            {
                NoteUnclear(rule);
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

    private IptablesChain? ChainOf(string name) =>
        _isSix ? _node.SixChain(name, _table) : _node.Chain(name, _namespace, _table);

    private IEnumerable<IptablesRule> RulesOf(string chain) =>
        _isSix ? _node.SixRulesOf(chain, _table) : _node.RulesOf(chain, _namespace, _table);

    private void NoteUnclear(IptablesRule rule)
    {
        if (Array.IndexOf(s_passing, rule.Target) >= 0)
            return;
        if (rule.Target is not ("DROP" or "REJECT"))
            _mayAccept ??= rule;
        if (rule.Target != "ACCEPT")
            _mayDrop ??= rule;
    }

    private IptablesResult? Decide(IptablesRule rule)
    {
        switch (rule.Target)
        {
            case "ACCEPT":
                return Decided(accepts: true, rule, null, [.. _chains.Reverse()]);
            case "DROP" or "REJECT":
                return Decided(accepts: false, rule, null, [.. _chains.Reverse()]);
            default:
                if (ChainOf(rule.Target) is not null)
                    return Walk(rule.Target);
                NoteUnclear(rule);      // NFQUEUE and the like: somebody else decides
                return null;
        }
    }
}
