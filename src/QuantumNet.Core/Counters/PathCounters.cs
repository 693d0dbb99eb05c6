using QuantumNet.Diagnosis;
using QuantumNet.Paths;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Simulation.KernelBridge;
using QuantumNet.Topology;

namespace QuantumNet.Counters;

/// <summary>A counter that a DHCP packet of a leg must raise at a hop.</summary>
/// <param name="Key">The counter.</param>
/// <param name="Hop">The hop.</param>
/// <param name="IsDecisive">Whether only packets of the hop's direction raise it.</param>
/// <param name="IsExclusive">Whether only the port's DHCP packets of that direction raise it.</param>
internal sealed record PathCounter(CounterKey Key, Hop Hop, bool IsDecisive, bool IsExclusive = false);

/// <summary>Whom a port's DHCP packets are sent to, where that is known.</summary>
internal enum PacketCast
{
    /// <summary>Not known: a guest may ask either way, and a renewal is unicast.</summary>
    Unknown,
    /// <summary>The request to all, the reply to the instance alone: a DISCOVER without the broadcast flag.</summary>
    UnicastReply,
    /// <summary>Both to all.</summary>
    BroadcastReply,
}

/// <summary>Finds the counters that a leg's DISCOVER and OFFER must raise, hop by hop. Hops that count nothing of their
/// own (patch ports, tunnels, the Linux bridge, whose counters rise before iptables decides) have none.</summary>
internal static class PathCounters
{
    /// <summary>The counters of a leg, request first.</summary>
    public static IReadOnlyList<PathCounter> Of(DhcpLeg leg, IReadOnlyList<Hop> hops, PacketCast cast) =>
        [.. hops.SelectMany(hop => At(leg, hop, cast))];

    /// <summary>Whether packets of a direction are known to go to one MAC alone.</summary>
    public static bool IsUnicast(PacketCast cast, DhcpDirection direction) =>
        cast == PacketCast.UnicastReply && direction == DhcpDirection.Reply;

    private static IEnumerable<PathCounter> At(DhcpLeg leg, Hop hop, PacketCast cast) => hop.Component switch
    {
        HopComponent.Tap => Device(leg.Compute?.Link(leg.Tap), hop, hop.Direction == DhcpDirection.Request),
        HopComponent.Veth => Veth(leg, hop),
        HopComponent.Iptables => Rules(leg, hop),
        HopComponent.OvsBridge => Bridge(leg, hop, cast),
        HopComponent.Namespace => Device(leg.Server?.InnerLink, hop, hop.Direction == DhcpDirection.Request),
        _ => [],
    };

    private static IEnumerable<PathCounter> Device(NodeLink? link, Hop hop, bool receives)
    {
        if (link is { HasCounters: true })
            yield return new(CounterReader.KeyOf(link, receives ? CounterKind.LinkReceived : CounterKind.LinkSent), hop,
                IsDecisive: true);
    }

    private static IEnumerable<PathCounter> Veth(DhcpLeg leg, Hop hop)
    {
        bool isRequest = hop.Direction == DhcpDirection.Request;
        return Device(leg.Compute?.Link(DeviceNames.VethBridgeEnd(leg.Port.PortId)), hop, !isRequest)
            .Concat(Device(leg.Compute?.Link(DeviceNames.VethOvsEnd(leg.Port.PortId)), hop, isRequest));
    }

    // The rule that names the DHCP ports decides; the jumps that lead to it count other packets too.
    private static IEnumerable<PathCounter> Rules(DhcpLeg leg, Hop hop)
    {
        if (leg.Compute is not { } compute || LegFilter.Packet(leg, hop.Direction) is not { } packet
            || !BridgeNetfilter.MayBeOn(compute))
            return [];
        string suffix = DeviceNames.ChainSuffix(leg.Port.PortId);
        IptablesTraversal result = NodeFilter.Of(compute).Bridged(packet);
        // Of a client's packets, which are all of one connection to conntrack, only the first meets nat.
        List<IptablesRule> hits = [.. result.Met.Where(rule => rule.Table != "nat")];
        // Where a rule drops the packet, that rule alone tells: those before it count it, and it goes no further.
        if (result is { IsLost: true, Rule: { } drop })
            return hits.Select(rule => new PathCounter(CounterReader.KeyOf(rule), hop, ReferenceEquals(rule, drop)));
        bool IsOwn(IptablesRule rule) => rule.Chain.EndsWith(suffix, StringComparison.Ordinal);
        bool NamesPorts(IptablesRule rule) => IsOwn(rule) && (rule.Find("dport") ?? rule.Find("sport")) is not null;
        bool named = hits.Exists(NamesPorts);
        return hits.Select(rule =>
            new PathCounter(CounterReader.KeyOf(rule), hop, named ? NamesPorts(rule) : IsOwn(rule), NamesPorts(rule)));
    }

    private static IEnumerable<PathCounter> Bridge(DhcpLeg leg, Hop hop, PacketCast cast)
    {
        LegEnd end = HostId.IsSame(hop.ComputerName, leg.ComputeName) ? leg.ComputeEnd
            : leg.ServerEnd ?? leg.ComputeEnd;
        if (end.Node is not { } node)
            return [];
        List<OvsFlow> own = [.. hop.Object == node.IntegrationBridge
            ? PortFlows.Of(leg, end, node, hop.Direction) : SegmentFlows(leg, end, node, hop, cast)];
        if (own.Count > 0)
            return own.Select(
                flow => new PathCounter(CounterReader.KeyOf(flow), hop, IsDecisive: true, PortFlows.IsExclusive(flow)));
        // Nothing of the bridge is known to pass the packet: what it throws away then tells more
        // than that nothing passed.
        return node.State.OvsFlows
            .Where(flow => flow.Bridge == hop.Object
                && (PortFlows.CanBeDhcp(flow, hop.Direction) || PortFlows.CanDrop(flow, leg, end, node, hop.Direction)))
            .Select(flow => new PathCounter(CounterReader.KeyOf(flow), hop, IsDecisive: FlowRoles.Drops(flow)));
    }

    // The bridge of tunnels, or of a physical network: what the sender's end sends out, what the other end lets in.
    private static IEnumerable<OvsFlow> SegmentFlows(DhcpLeg leg, LegEnd end, NodeView node, Hop hop, PacketCast cast)
    {
        bool leaves = end.Sends == hop.Direction;
        if (leg.IsPhysical)
            return leaves ? PhysicalBridges.Outbound(leg, node).Select(flow => flow.Flow) : [];
        BridgeFlows flows = node.FlowsOf(hop.Object);
        return (leaves ? flows.ToTunnel : flows.FromTunnel)
            .Where(flow => flow.Segment == leg.Segment && Takes(flow.Flow, leg, hop.Direction, cast))
            .Select(flow => flow.Flow);
    }

    private static bool Takes(OvsFlow flow, DhcpLeg leg, DhcpDirection direction, PacketCast cast)
    {
        string receiver = (direction == DhcpDirection.Request ? leg.ServerEnd?.Mac : leg.Port.Mac) ?? "";
        return IsUnicast(cast, direction) ? FlowRoles.TakesUnicast(flow, receiver)
            : FlowRoles.TakesBroadcast(flow) || (cast == PacketCast.Unknown && FlowRoles.IsForMac(flow, receiver));
    }
}
