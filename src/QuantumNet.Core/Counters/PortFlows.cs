using QuantumNet.Paths;

namespace QuantumNet.Counters;

/// <summary>The flows of br-int that only DHCP packets of one leg's direction can meet, or at least only packets of its port.</summary>
internal static class PortFlows
{
    private static readonly string[] s_otherProtocols = ["arp", "rarp", "icmp", "icmp6", "ipv6", "tcp", "tcp6", "udp6", "sctp", "sctp6"];

    /// <summary>The flows; empty when all that the bridge has is shared.</summary>
    public static IEnumerable<OvsFlow> Of(DhcpLeg leg, LegEnd end, NodeView node, DhcpDirection direction)
    {
        IEnumerable<OvsFlow> flows = node.State.OvsFlows.Where(flow => flow.Bridge == node.IntegrationBridge && CanBeDhcp(flow, direction));
        List<OvsFlow> own = [.. flows.Where(flow => end.Sends == direction ? IsFrom(flow, end) : IsTo(flow, end))];
        // What the wire's VLAN turns into on a physical network is told in br-int.
        if (own.Count == 0 && leg.IsPhysical && end.Receives == direction)
            own.AddRange(PhysicalBridges.Inbound(leg, node).Select(flow => flow.Flow));
        List<OvsFlow> dhcp = own.FindAll(IsExclusive);
        return dhcp.Count > 0 ? dhcp : own;
    }

    /// <summary>Whether a DHCP packet of that direction can meet a flow and pass.</summary>
    public static bool CanBeDhcp(OvsFlow flow, DhcpDirection direction)
    {
        if (FlowRoles.Drops(flow) || Array.Exists(flow.MatchFields, field => Array.IndexOf(s_otherProtocols, field.Name) >= 0))
            return false;
        int port = direction == DhcpDirection.Request ? 67 : 68;
        return DestinationPort(flow) is not long number || number == port;
    }

    private static bool IsFrom(OvsFlow flow, LegEnd end) =>
        FlowRoles.IsFrom(flow, end.Device, end.Port?.OfPort)
        || (flow.Find("dl_src") is { Mask.Length: 0 } source && end.Mac.Length > 0 && source.Value == end.Mac)
        || IsInRegister(flow, end, 67);

    private static bool IsTo(OvsFlow flow, LegEnd end) =>
        (end.Mac.Length > 0 && FlowRoles.IsForMac(flow, end.Mac)) || IsInRegister(flow, end, 68);

    // The openvswitch firewall keeps the port's number in register 5 (openvswitch_firewall/constants.py, REG_PORT).
    private static bool IsInRegister(OvsFlow flow, LegEnd end, int destination) =>
        flow.Find("reg5") is { } register && end.Port?.OfPort is int port && FlowRoles.Number(register.Value) == port && DestinationPort(flow) == destination;

    /// <summary>Whether a flow that DHCP packets meet asks for their ports, so that nothing else meets it.</summary>
    public static bool IsExclusive(OvsFlow flow) => DestinationPort(flow) is not null;

    private static long? DestinationPort(OvsFlow flow) =>
        (flow.Find("tp_dst") ?? flow.Find("udp_dst")) is { } field ? FlowRoles.Number(field.Value) : null;
}
