using QuantumNet.Paths;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Simulation.KernelBridge;
using QuantumNet.Topology;

namespace QuantumNet.Observations.Counters;

/// <summary>A counter that a DHCP packet of a leg must raise at a station.</summary>
/// <param name="Key">The counter.</param>
/// <param name="Station">The station.</param>
/// <param name="IsDecisive">Whether only packets of the station's direction raise it.</param>
/// <param name="IsExclusive">Whether only the port's DHCP packets of that direction raise it.</param>
internal sealed record PathCounter(CounterKey Key, Station Station, bool IsDecisive, bool IsExclusive = false);

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

/// <summary>Finds the counters that a leg's DISCOVER and OFFER must raise, station by station. Those that count nothing
/// of their own (patch ports, tunnels, the Linux bridge, whose counters rise before iptables decides) have
/// none.</summary>
internal static class PathCounters
{
    /// <summary>The counters of a path, request first.</summary>
    public static IReadOnlyList<PathCounter> Of(DhcpPath path, PacketCast cast) =>
        [.. path.Shown.SelectMany(station => At(path.Leg, station, cast))];

    /// <summary>Whether packets of a direction are known to go to one MAC alone.</summary>
    public static bool IsUnicast(PacketCast cast, DhcpDirection direction) =>
        cast == PacketCast.UnicastReply && direction == DhcpDirection.Reply;

    private static IEnumerable<PathCounter> At(DhcpLeg leg, Station station, PacketCast cast)
    {
        bool isRequest = station.Direction == DhcpDirection.Request;
        return station.Place.Component switch
        {
            HopComponent.Tap => Device(leg.Compute?.Link(leg.Tap), station, isRequest),
            HopComponent.Veth => Veth(leg, station),
            HopComponent.Iptables => Rules(leg, station),
            HopComponent.OvsBridge => Bridge(leg, station, cast),
            HopComponent.Namespace => Device(leg.Server?.InnerLink, station, isRequest),
            _ => [],
        };
    }

    private static IEnumerable<PathCounter> Device(NodeLink? link, Station station, bool receives)
    {
        if (link is { HasCounters: true })
            yield return new(CounterReader.KeyOf(link, receives ? CounterKind.LinkReceived : CounterKind.LinkSent),
                station, IsDecisive: true);
    }

    private static IEnumerable<PathCounter> Veth(DhcpLeg leg, Station station)
    {
        bool isRequest = station.Direction == DhcpDirection.Request;
        return Device(leg.Compute?.Link(DeviceNames.VethBridgeEnd(leg.Port.PortId)), station, !isRequest)
            .Concat(Device(leg.Compute?.Link(DeviceNames.VethOvsEnd(leg.Port.PortId)), station, isRequest));
    }

    // The rule that names the DHCP ports decides; the jumps that lead to it count other packets too.
    private static IEnumerable<PathCounter> Rules(DhcpLeg leg, Station station)
    {
        if (leg.Compute is not { } compute || LegFilter.Packet(leg, station.Direction) is not { } packet
            || !BridgeNetfilter.MayBeOn(compute))
            return [];
        string suffix = DeviceNames.ChainSuffix(leg.Port.PortId);
        IptablesTraversal result = NodeFilter.Of(compute).Bridged(packet);
        // Of a client's packets, which are all of one connection to conntrack, only the first meets nat.
        List<IptablesRule> hits = [.. result.Met.Where(rule => rule.Table != "nat")];
        // Where a rule drops the packet, that rule alone tells: those before it count it, and it goes no further.
        if (result is { IsLost: true, Rule: { } drop })
            return hits.Select(rule =>
                new PathCounter(CounterReader.KeyOf(rule), station, ReferenceEquals(rule, drop)));
        bool IsOwn(IptablesRule rule) => rule.Chain.EndsWith(suffix, StringComparison.Ordinal);
        bool NamesPorts(IptablesRule rule) => IsOwn(rule) && (rule.Find("dport") ?? rule.Find("sport")) is not null;
        bool named = hits.Exists(NamesPorts);
        return hits.Select(rule => new PathCounter(CounterReader.KeyOf(rule), station,
            named ? NamesPorts(rule) : IsOwn(rule), NamesPorts(rule)));
    }

    private static IEnumerable<PathCounter> Bridge(DhcpLeg leg, Station station, PacketCast cast)
    {
        if (station.End is not { Node: { } node } end)
            return [];
        List<OvsFlow> own = [.. station.Place.Name == node.IntegrationBridge
            ? PortFlows.Of(leg, end, node, station.Direction) : SegmentFlows(leg, end, node, station, cast)];
        if (own.Count > 0)
            return own.Select(flow => new PathCounter(
                CounterReader.KeyOf(flow), station, IsDecisive: true, PortFlows.IsExclusive(flow)));
        // Nothing of the bridge is known to pass the packet: what it drops then tells more
        // than that nothing passed.
        return node.State.OvsFlows
            .Where(flow => flow.Bridge == station.Place.Name
                && (PortFlows.CanBeDhcp(flow, station.Direction)
                    || PortFlows.CanDrop(flow, leg, end, node, station.Direction)))
            .Select(flow => new PathCounter(CounterReader.KeyOf(flow), station, IsDecisive: FlowRoles.Drops(flow)));
    }

    // The bridge of tunnels, or of a physical network: what the sender's end sends out, what the other end lets in.
    private static IEnumerable<OvsFlow> SegmentFlows(
        DhcpLeg leg, LegEnd end, NodeView node, Station station, PacketCast cast)
    {
        bool leaves = end.Sends == station.Direction;
        if (leg.IsPhysical)
            return leaves ? PhysicalBridges.Outbound(leg, node).Select(flow => flow.Flow) : [];
        BridgeFlows flows = node.FlowsOf(station.Place.Name);
        return (leaves ? flows.ToTunnel : flows.FromTunnel)
            .Where(flow => flow.Segment == leg.Segment && Takes(flow.Flow, leg, station.Direction, cast))
            .Select(flow => flow.Flow);
    }

    private static bool Takes(OvsFlow flow, DhcpLeg leg, DhcpDirection direction, PacketCast cast)
    {
        string receiver = (direction == DhcpDirection.Request ? leg.ServerEnd?.Mac : leg.Port.Mac) ?? "";
        return IsUnicast(cast, direction) ? FlowRoles.TakesUnicast(flow, receiver)
            : FlowRoles.TakesBroadcast(flow) || (cast == PacketCast.Unknown && FlowRoles.IsForMac(flow, receiver));
    }
}
