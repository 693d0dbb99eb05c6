using System.Globalization;
using System.Net;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Iptables;

/// <summary>Whether a rule's matches hold for a bridged DHCP packet (iptables-extensions(8));
/// null when that cannot be determined.</summary>
internal static class RuleMatching
{
    /// <summary>All matches together: false as soon as one fails, null when none fails but one
    /// cannot be determined.</summary>
    public static bool? Matches(IptablesRule rule, DhcpPacketHeaders packet)
    {
        bool? all = true;
        foreach (IptablesMatch match in rule.Matches)
        {
            bool? one = Match(match, packet) ^ match.Negated;
            if (one == false)
                return false;
            all &= one;
        }
        return all;
    }

    private static bool? Match(IptablesMatch match, DhcpPacketHeaders packet) => match.Option switch
    {
        "" => true,     // -m udp alone loads a module
        "comment" => true,
        "physdev-is-bridged" or "physdev-is-in" or "physdev-is-out" => packet.PhysicalIn.Length > 0,
        "protocol" => IsProtocol(match.Value.ToLowerInvariant(), packet.Protocol),
        "source" => HasAddress(match.Value, packet.Source),
        "destination" => HasAddress(match.Value, packet.Destination),
        "out-interface" when packet.IsForHost =>
            packet.LeavesBy is { } device && IsDevice(match.Value, device),
        "in-interface" when packet.IsForHost && packet.Bridge.Length == 0 => null,
        "in-interface" or "out-interface" => IsDevice(match.Value, packet.Bridge),
        "physdev-in" => IsDevice(match.Value, packet.PhysicalIn),
        "physdev-out" => IsDevice(match.Value, packet.PhysicalOut),
        "sport" or "source-port" or "sports" or "source-ports" or "dport" or "destination-port" or "dports"
            or "destination-ports" or "ports" when packet.Protocol != "udp" => false,
        "sport" or "source-port" or "sports" or "source-ports" or "ports"
                when packet.SourcePort == DhcpPacketHeaders.AnyPort =>
            match.Option == "ports" && HasPort(match.Value, packet.DestinationPort) ? true : HasAnyPort(match.Value),
        "sport" or "source-port" or "sports" or "source-ports" => HasPort(match.Value, packet.SourcePort),
        "dport" or "destination-port" or "dports" or "destination-ports" =>
            HasPort(match.Value, packet.DestinationPort),
        "ports" => HasPort(match.Value, packet.SourcePort) || HasPort(match.Value, packet.DestinationPort),
        "mac-source" => packet.SourceMac.Length == 0 ? null
            : match.Value.Equals(packet.SourceMac, StringComparison.OrdinalIgnoreCase),
        "state" or "ctstate" when packet.IsForHost => IsState(match.Value, packet.Protocol),
        "state" or "ctstate" => match.Value.Split(',').Contains("NEW", StringComparer.OrdinalIgnoreCase),
        // Nothing marks a packet before its first rule; what a rule of another table marks is not followed.
        "mark" => HasMark(match.Value, 0),
        "dst-type" when packet.Destination == "255.255.255.255" =>
            match.Value.Split(',').Contains("BROADCAST", StringComparer.OrdinalIgnoreCase),
        // Sets hold members of security groups; a DHCP server's port has none and 0.0.0.0 is in no set.
        "match-set" => packet.IsForHost ? null : false,
        "dst-type" when packet.IsForHost =>
            (packet.LeavesBy is null && HasWord(match.Value, "LOCAL")) || HasWord(match.Value, "UNICAST"),
        "pkt-type" when packet.IsForHost => HasWord(match.Value, "unicast"),
        _ => null,
    };

    private static bool IsProtocol(string rule, string protocol) => rule is "all" or "0" || rule == protocol
        || rule == protocol switch { "udp" => "17", "gre" => "47", _ => "50" };

    // VXLAN and Geneve have another source port each way, so that no packet answers another. GRE and ESP have none:
    // what has been sent is answered.
    private static bool? IsState(string states, string protocol) =>
        HasWord(states, "NEW") ? true : protocol != "udp" && HasWord(states, "ESTABLISHED") ? null : false;

    private static bool HasWord(string list, string word) =>
        list.Split(',').Contains(word, StringComparer.OrdinalIgnoreCase);

    // The kernel draws the source port from net.ipv4.ip_local_port_range.
    private static bool? HasAnyPort(string list) =>
        (HasPort(list, 32768), HasPort(list, 60999)) switch { (true, true) => true,
            (false, false) => false, _ => null };

    private static bool? HasMark(string text, long mark)
    {
        int slash = text.IndexOf('/');
        if (FlowRoles.Number(text) is not long value)
            return null;
        long? mask = slash < 0 ? 0xffff_ffff : FlowRoles.Number(text.AsSpan(slash + 1));
        return mask is null ? null : (mark & mask) == value;
    }

    private static bool IsDevice(string pattern, string device) => pattern.EndsWith('+')
        ? device.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : pattern == device;

    private static bool HasPort(string list, int port)
    {
        foreach (string part in list.Split(','))
        {
            string[] ends = part.Split(':');
            if (!int.TryParse(ends[0].Length == 0 ? "0" : ends[0], NumberStyles.None,
                    CultureInfo.InvariantCulture, out int first)
                || !int.TryParse(ends[^1].Length == 0 ? "65535" : ends[^1], NumberStyles.None,
                    CultureInfo.InvariantCulture, out int last))
                continue;
            if (port >= first && port <= last)
                return true;
        }
        return false;
    }

    private static bool? HasAddress(string block, string address)
    {
        int slash = block.IndexOf('/');
        if (!IPAddress.TryParse(slash < 0 ? block : block[..slash], out IPAddress? network)
            || !IPAddress.TryParse(address, out IPAddress? host))
            return null;
        byte[] one = network.GetAddressBytes(), other = host.GetAddressBytes();
        if (one.Length != other.Length)
            return false;
        byte[]? mask = Mask(slash < 0 ? "" : block[(slash + 1)..], one.Length);
        if (mask is null)
            return null;
        for (int i = 0; i < one.Length; i++)
        {
            if ((one[i] & mask[i]) != (other[i] & mask[i]))
                return false;
        }
        return true;
    }

    private static byte[]? Mask(string text, int length)
    {
        if (text.Length > 0 && text.Contains('.'))
            return IPAddress.TryParse(text, out IPAddress? mask) && mask.GetAddressBytes().Length == length
                ? mask.GetAddressBytes() : null;
        int bits = length * 8;
        if (text.Length > 0
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > length * 8))
            return null;
        byte[] bytes = new byte[length];
        for (int i = 0; i < bits; i++)
            bytes[i / 8] |= (byte)(0x80 >> (i % 8));
        return bytes;
    }
}
