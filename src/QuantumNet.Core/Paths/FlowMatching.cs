using System.Globalization;

namespace QuantumNet.Paths;

/// <summary>Whether a flow's match holds for a DHCP packet (ovs-fields(7)): null when that cannot be told.</summary>
internal static class FlowMatching
{
    private const long GroupBit = 0x0100_0000_0000;
    private const long AllOfMac = 0xffff_ffff_ffff;
    private const int VlanPresent = 0x1000;

    /// <summary>All fields together: false as soon as one fails, null when none fails but one cannot be told.</summary>
    public static bool? Matches(OvsFlow flow, FlowPacket packet)
    {
        bool? all = true;
        foreach (OvsMatchField field in flow.MatchFields)
        {
            bool? one = Matches(field, packet);
            if (one == false)
                return false;
            all &= one;
        }
        return all;
    }

    private static bool? Matches(OvsMatchField field, FlowPacket packet) => field.Name switch
    {
        "in_port" or "in_port_oxm" => IsPort(field.Value, packet.In),
        "eth" or "ip" or "udp" => true,
        "ipv6" or "icmp" or "icmp6" or "tcp" or "tcp6" or "udp6" or "sctp" or "sctp6" or "arp" or "rarp" or "mpls"
            or "mplsm" or "nsh" => false,
        "dl_type" or "eth_type" => Masked(field, 0x0800, 0xffff),
        "nw_proto" or "ip_proto" => Masked(field, 17, 0xff),
        "dl_vlan" => packet.Vlan is not int vlan ? null
            : FlowRoles.Number(field.Value) is long asked ? vlan == (asked == 0xffff ? 0 : asked) : null,
        "vlan_tci" => Masked(field, Tci(packet), 0xffff),
        "vlan_vid" => Masked(field, Tci(packet), 0x1fff),
        "dl_vlan_pcp" or "vlan_pcp" => packet.Vlan == 0 ? false : Masked(field, 0, 7),
        "dl_src" or "eth_src" => IsMac(field, packet.SourceMac),
        "dl_dst" or "eth_dst" => IsMac(field, packet.DestinationMac),
        "tun_id" or "tunnel_id" => Masked(field, packet.TunnelKey, -1),
        "nw_src" or "ip_src" => IsAddress(field, packet.SourceAddress),
        "nw_dst" or "ip_dst" => IsAddress(field, packet.DestinationAddress),
        "tp_src" or "udp_src" => Masked(field, packet.SourcePort, 0xffff),
        "tp_dst" or "udp_dst" => Masked(field, packet.DestinationPort, 0xffff),
        "metadata" => Masked(field, packet.Register("metadata"), -1),
        "ct_state" => Tracked(field.Value, packet),
        "ip_frag" or "nw_frag" or "frag" => field.Value is "no" or "not_later",
        _ => OtherField(field, packet),
    };

    private static bool? OtherField(OvsMatchField field, FlowPacket packet)
    {
        string name = field.Name;
        if (name.StartsWith("reg", StringComparison.Ordinal))
            return Masked(field, packet.Register(name), 0xffff_ffff);
        bool isOfOtherProtocol = name.StartsWith("arp_", StringComparison.Ordinal)
            || name.StartsWith("ipv6_", StringComparison.Ordinal)
            || name.StartsWith("icmp", StringComparison.Ordinal) || name.StartsWith("tcp_", StringComparison.Ordinal)
            || name.StartsWith("nd_", StringComparison.Ordinal) || name.StartsWith("sctp_", StringComparison.Ordinal)
            || name.StartsWith("mpls_", StringComparison.Ordinal) || name.StartsWith("nsh_", StringComparison.Ordinal);
        return isOfOtherProtocol ? false : null;
    }

    private static bool? IsPort(string value, OvsPort port)
    {
        if (value == port.Device)
            return true;
        if (FlowRoles.Number(value) is long number)
            return port.OfPort is int own ? number == own : null;
        return value == "LOCAL" ? port.Device == port.Bridge : false;
    }

    private static long? Tci(FlowPacket packet) =>
        packet.Vlan is not int vlan ? null : vlan == 0 ? 0 : VlanPresent | vlan;

    // A packet that connection tracking has not seen has no state at all.
    private static bool? Tracked(string value, FlowPacket packet)
    {
        if (packet.IsTracked)
            return value.Contains("-trk", StringComparison.Ordinal) ? false : null;
        if (FlowRoles.Number(value) is long bits)
            return bits == 0;
        return !value.Contains('+');
    }

    private static bool? IsMac(OvsMatchField field, long? mac)
    {
        if (FlowPacket.Mac(field.Value) is not long value)
            return null;
        long? mask = field.Mask.Length == 0 ? AllOfMac : FlowPacket.Mac(field.Mask);
        if (mask is null)
            return null;
        // Of a device's own address one thing is sure: it is no group's.
        if (mac is null)
            return (mask & GroupBit) != 0 && (value & GroupBit) != 0 ? false : mask == GroupBit ? true : null;
        return (mac & mask) == (value & mask);
    }

    private static bool? IsAddress(OvsMatchField field, long? address)
    {
        if (FlowPacket.Address(field.Value) is not long value)
            return null;
        long mask = 0xffff_ffff;
        if (field.Mask.Length > 0)
        {
            if (FlowPacket.Address(field.Mask) is long dotted && field.Mask.Contains('.'))
                mask = dotted;
            else if (int.TryParse(field.Mask, NumberStyles.None, CultureInfo.InvariantCulture, out int bits)
                && bits <= 32)
                mask = bits == 0 ? 0 : (0xffff_ffffL << (32 - bits)) & 0xffff_ffff;
            else
                return null;
        }
        return address is null ? mask == 0 ? true : null : (address & mask) == (value & mask);
    }

    private static bool? Masked(OvsMatchField field, long? actual, long full)
    {
        if (FlowRoles.Number(field.Value) is not long value)
            return null;
        long? mask = field.Mask.Length == 0 ? full : FlowRoles.Number(field.Mask);
        return mask is null || actual is null ? null : (actual & mask) == (value & mask);
    }
}
