using System.Collections.Concurrent;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Iptables;

/// <summary>What was collected of iptables and ip6tables on a node, in its own namespace and in others,
/// ready to meet packets.</summary>
internal sealed class NodeFilter
{
    private static readonly NodeMemo<NodeFilter> s_known = new(node => new NodeFilter(node));

    private readonly NodeView _node;
    private readonly ILookup<string, IptablesChain> _chains;
    private readonly ILookup<string, IptablesRule> _rules;
    private readonly Dictionary<string, AddressSet> _sets;
    private readonly ConcurrentDictionary<(string Namespace, bool IsSix), IptablesSimulator> _simulators = new();
    private readonly ConcurrentDictionary<string, HostAddresses> _addresses = new();

    private sealed record HostAddresses(IReadOnlySet<HostAddress>? Local, IReadOnlySet<HostAddress>? Broadcast);

    private NodeFilter(NodeView node)
    {
        _node = node;
        _chains = node.State.IptablesChains.ToLookup(chain => chain.Namespace);
        _rules = node.State.IptablesRules.ToLookup(rule => rule.Namespace);
        _sets = AddressSet.ByName(node.State.IpSets);
    }

    /// <summary>A node's.</summary>
    public static NodeFilter Of(NodeView node) => s_known.Of(node);

    /// <summary>A packet that one of the node's bridges passes on: raw, mangle and nat PREROUTING, mangle and filter
    /// FORWARD, mangle and nat POSTROUTING. What nat makes of one on a bridge is not followed.</summary>
    public IptablesTraversal Bridged(FilteredPacket packet)
    {
        IptablesTraversal result = SimulatorOf(packet, "").Forwarded(Placed(packet, ""));
        return result is { Outcome: IptablesOutcome.Accepted, Packet.IsTranslated: true }
            ? result with { Outcome = IptablesOutcome.Unknown,
                Doubt = result.Met.LastOrDefault(rule => rule.Table == "nat") } : result;
    }

    /// <summary>A packet for a process in a namespace: raw, mangle and nat PREROUTING, mangle, filter and nat
    /// INPUT.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="namespace">The namespace; empty for the node's own.</param>
    public IptablesTraversal ToHost(FilteredPacket packet, string @namespace = "") =>
        SimulatorOf(packet, @namespace).ToHost(Placed(packet, @namespace));

    /// <summary>A packet that the node routes.</summary>
    public IptablesTraversal Routed(FilteredPacket packet) =>
        SimulatorOf(packet, "").Forwarded(Placed(packet, ""));

    /// <summary>Whether what leaves a packet's way open is a rule that names a set whose members were not
    /// collected.</summary>
    public static bool LacksSet(NodeView node, IptablesTraversal result) =>
        result is { Outcome: IptablesOutcome.Unknown, Doubt: { Namespace: "" } rule }
        && Array.Exists(rule.Matches, match => match.Option == "match-set"
            && !node.State.IpSets.Exists(set => set.IsListed && set.Name == match.Value.Split(' ')[0]));

    private IptablesSimulator SimulatorOf(FilteredPacket packet, string @namespace) =>
        _simulators.GetOrAdd((@namespace, packet.IsSix), key => new(key.IsSix
            ? new IptablesTables(key.Namespace.Length == 0 ? _node.State.Ip6tablesChains : [],
                key.Namespace.Length == 0 ? _node.State.Ip6tablesRules : []) { Sets = SetsOf(key.Namespace) }
            : new IptablesTables(_chains[key.Namespace], _rules[key.Namespace]) { Sets = SetsOf(key.Namespace) }));

    // Each namespace has its own; only those of the node itself are collected.
    private Dictionary<string, AddressSet> SetsOf(string @namespace) => @namespace.Length == 0 ? _sets : [];

    private FilteredPacket Placed(FilteredPacket packet, string @namespace)
    {
        HostAddresses own = _addresses.GetOrAdd(@namespace, Addresses);
        return packet with { LocalAddresses = own.Local, BroadcastAddresses = own.Broadcast };
    }

    private HostAddresses Addresses(string @namespace)
    {
        if (!_node.ShowsAddresses(@namespace))
            return new(null, null);
        HashSet<HostAddress> local = [], broadcast = [];
        foreach (string text in _node.LinksOf(@namespace).SelectMany(link => link.Addresses))
        {
            if (!HostAddress.TryParseBlock(text, out HostAddress address, out int length))
                continue;
            local.Add(address);
            // The kernel takes both ends of a subnet for broadcast (fib_add_ifaddr()).
            if (!address.IsSix && length < 31)
                broadcast.UnionWith([address with { Value = address.Value & address.Mask(length) },
                    address with { Value = address.Value | (uint.MaxValue ^ address.Mask(length)) }]);
        }
        return new(local, broadcast);
    }
}
