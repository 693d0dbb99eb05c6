using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Observations.Counters;

/// <summary>The flows of br-int that only DHCP packets of one leg's direction can meet, or at least only
/// packets of its port.</summary>
internal static class PortFlows
{
    private static readonly string[] s_otherProtocols =
        ["arp", "rarp", "icmp", "icmp6", "ipv6", "tcp", "tcp6", "udp6", "sctp", "sctp6"];

    /// <summary>The flows; empty when all that the bridge has is shared.</summary>
    public static IEnumerable<OvsFlow> Of(DhcpLeg leg, LegEnd end, NodeView node, DhcpDirection direction)
    {
        IEnumerable<OvsFlow> flows = node.State.OvsFlows
            .Where(flow => flow.Bridge == node.IntegrationBridge && CanBeDhcp(flow, direction));
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
        if (FlowRoles.Drops(flow)
            || Array.Exists(flow.MatchFields, field => Array.IndexOf(s_otherProtocols, field.Name) >= 0))
            return false;
        int port = direction == DhcpDirection.Request ? 67 : 68;
        return DestinationPort(flow) is not long number || number == port;
    }

    /// <summary>Whether a DHCP packet of that direction can meet a flow of an end's bridge that
    /// throws it away.</summary>
    public static bool CanDrop(OvsFlow flow, DhcpLeg leg, LegEnd end, NodeView node, DhcpDirection direction)
    {
        if (!FlowRoles.Drops(flow)
            || Array.Exists(flow.MatchFields, field => Array.IndexOf(s_otherProtocols, field.Name) >= 0))
            return false;
        if (FlowRoles.VlanMatched(flow) is int vlan && vlan != end.Port?.Tag && vlan != leg.Segment)
            return false;
        if (FlowRoles.TunnelKeyMatched(flow) is long key && key != leg.Segment)
            return false;
        return flow.Find("in_port") is not { } input
            || CanEnter(input.Value.Trim('"'), flow.Bridge, end, node, direction);
    }

    // Into br-int the sender's packets come by its port, those to the receiver by the port of a network.
    private static bool CanEnter(string input, string bridge, LegEnd end, NodeView node, DhcpDirection direction)
    {
        OvsPort? port = node.PortsOf(bridge).FirstOrDefault(
            one => one.Device == input || (one.OfPort is int number && FlowRoles.Number(input) == number));
        return bridge != node.IntegrationBridge || port is null
            || (end.Sends == direction ? port.Device == end.Device
                : port.Type == "patch" || port.Device.StartsWith("int-", StringComparison.Ordinal));
    }

    private static bool IsFrom(OvsFlow flow, LegEnd end) =>
        FlowRoles.IsFrom(flow, end.Device, end.Port?.OfPort)
        || (flow.Find("dl_src") is { Mask.Length: 0 } source && end.Mac.Length > 0 && source.Value == end.Mac)
        || IsInRegister(flow, end, 67);

    private static bool IsTo(OvsFlow flow, LegEnd end) =>
        (end.Mac.Length > 0 && FlowRoles.IsForMac(flow, end.Mac)) || IsInRegister(flow, end, 68);

    // The openvswitch firewall keeps the port's number in register 5 (openvswitch_firewall/constants.py, REG_PORT).
    private static bool IsInRegister(OvsFlow flow, LegEnd end, int destination) =>
        flow.Find("reg5") is { } register && end.Port?.OfPort is int port && FlowRoles.Number(register.Value) == port
        && DestinationPort(flow) == destination;

    /// <summary>Whether a flow that DHCP packets meet asks for their ports, so that nothing else meets it.</summary>
    public static bool IsExclusive(OvsFlow flow) => DestinationPort(flow) is not null;

    private static long? DestinationPort(OvsFlow flow) =>
        (flow.Find("tp_dst") ?? flow.Find("udp_dst")) is { } field ? FlowRoles.Number(field.Value) : null;
}
