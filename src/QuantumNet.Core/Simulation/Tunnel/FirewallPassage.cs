using System.Collections.Concurrent;
using QuantumNet.Paths;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Tunnel;

/// <summary>Whether what an end's peer sends through the tunnel gets past the firewalls on its way in: FORWARD of nodes
/// that route between the two, INPUT of the end's own node.</summary>
/// <param name="Firewall">The one that decides, or leaves it open; the end's own where all accept.</param>
/// <param name="Chain">The chain that it meets there.</param>
internal sealed record FirewallPassage(HostFirewall Firewall, string Chain)
{
    private static readonly NodeMemo<ConcurrentDictionary<(NodeView Peer, string Type), Lazy<FirewallPassage?>>>
        s_known = new(_ => new());

    /// <summary>The packet of the deciding answer; null where all accept.</summary>
    public TunnelPacket? Packet { get; private init; }

    /// <summary>The answer that drops it or leaves it open; null where all accept, or what would answer was not
    /// collected.</summary>
    public FirewallAnswer? Answer { get; private init; }

    /// <summary>The collector, and its subject, that would answer; null where nothing is missing.</summary>
    public (string Collector, string Subject)? Lacks { get; private init; }

    /// <summary>Whether a firewall drops it.</summary>
    public bool IsLost => Answer?.Outcome is IptablesOutcome.Dropped or IptablesOutcome.Rejected;

    /// <summary>Whether that cannot be determined.</summary>
    public bool IsOpen => !IsLost && !Firewall.IsBypassed && (Lacks is not null || Answer is not null);

    /// <summary>Follows the packets in; null where the end was not collected, or has no tunnel to the peer.</summary>
    public static FirewallPassage? Of(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node)
            return null;
        // What the two nodes hold is the same for every leg between them.
        return peer.Node is not { } other ? Between(leg, end, peer, node)
            : s_known.Of(node).GetOrAdd((other, leg.NetworkType), _ => new(() => Between(leg, end, peer, node))).Value;
    }

    private static FirewallPassage? Between(DhcpLeg leg, LegEnd end, LegEnd peer, NodeView node)
    {
        if (TunnelMesh.To(leg, end, peer) is not { } tunnel)
            return null;
        TunnelPacket[] packets = [.. TunnelPacket.Of(leg, tunnel, end, peer)];
        HostFirewall own = new(node, IsInUserSpace(node));
        IEnumerable<HostFirewall> routers = packets.Length == 0 ? []
            : UnderlayRouters.Between(leg.Cloud, packets[0]).Select(router => new HostFirewall(router, false));
        List<FirewallPassage> met = [.. routers.Append(own).Select(firewall => Through(firewall, packets))];
        return met.Find(one => one.IsLost) ?? met.Find(one => one.IsOpen) ?? met[^1];
    }

    private static FirewallPassage Through(HostFirewall firewall, TunnelPacket[] packets)
    {
        FirewallPassage passed = new(firewall, packets.Length > 0 ? packets[0].Chain : "INPUT");
        FirewallPassage? open = null;
        foreach (TunnelPacket packet in packets.Select(firewall.Facing))
        {
            foreach (FirewallAnswer answer in firewall.Answers(packet))
            {
                FirewallPassage met = passed with { Packet = packet, Answer = answer };
                if (met.IsLost)
                    return met;
                if (answer.Outcome == IptablesOutcome.Unknown)
                    open ??= met;
            }
            if (firewall.Missing(packet) is { } missing)
                open = passed with { Lacks = missing };
        }
        return open ?? passed;
    }

    // Packets that Open vSwitch takes from the device itself never reach the kernel's own network stack.
    private static bool IsInUserSpace(NodeView node) =>
        node.Bridge(node.TunnelBridge) is { DatapathType: "netdev" };
}
