using System.Globalization;

namespace QuantumNet.Simulation.Iptables;

/// <summary>How iptables-save writes values (iptables-extensions(8)).</summary>
internal static class IptablesValues
{
    /// <summary>A number, decimal or hexadecimal; null when it is none.</summary>
    public static uint? Number(ReadOnlySpan<char> text)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return uint.TryParse(isHex ? text[2..] : text, isHex ? NumberStyles.HexNumber : NumberStyles.None,
            CultureInfo.InvariantCulture, out uint number) ? number : null;
    }

    /// <summary><c>value/mask</c>, all bits without a mask; null when it is none.</summary>
    public static (uint Value, uint Mask)? Masked(string text)
    {
        int slash = text.IndexOf('/');
        uint? value = Number(slash < 0 ? text : text.AsSpan(0, slash));
        uint? mask = slash < 0 ? uint.MaxValue : Number(text.AsSpan(slash + 1));
        return value is { } v && mask is { } m ? (v, m) : null;
    }

    /// <summary>Whether a port is in a list of ports and ranges: <c>67,1000:2000</c>.</summary>
    public static bool HasPort(string list, int port)
    {
        foreach (string part in list.Split(','))
        {
            (int first, int last) = Ends(part);
            if (port >= first && port <= last)
                return true;
        }
        return false;
    }

    /// <summary>Whether a source port that is one of several is in a list; null where only some of them are.</summary>
    public static bool? HasPorts(string list, (int First, int Last) ports)
    {
        bool? has = false;
        foreach (string part in list.Split(','))
        {
            (int first, int last) = Ends(part);
            if (first <= ports.First && last >= ports.Last)
                return true;
            if (first <= ports.Last && last >= ports.First)
                has = null;
        }
        return has;
    }

    private static (int First, int Last) Ends(string part)
    {
        string[] ends = part.Split(':');
        return (ends[0].Length == 0 ? 0 : (int)(Number(ends[0]) ?? uint.MaxValue >> 1),
            ends[^1].Length == 0 ? ushort.MaxValue : (int)(Number(ends[^1]) ?? 0));
    }

    /// <summary>Whether an address is in a block: <c>10.0.0.0/8</c>, <c>10.0.0.0/255.0.0.255</c>, <c>fd00::/8</c>;
    /// null when that cannot be determined.</summary>
    public static bool? HasAddress(string block, HostAddress? address)
    {
        int slash = block.IndexOf('/');
        if (!HostAddress.TryParse(slash < 0 ? block : block.AsSpan(0, slash), out HostAddress network))
            return null;
        UInt128 mask = network.Mask(network.Length);
        if (slash >= 0)
        {
            ReadOnlySpan<char> told = block.AsSpan(slash + 1);
            if (HostAddress.TryParse(told, out HostAddress bits) && bits.IsSix == network.IsSix)
                mask = bits.Value;
            else if (Number(told) is { } length && length <= network.Length)
                mask = network.Mask((int)length);
        }
        return mask == 0 ? true : address is not { } one ? null : one.IsIn(network, mask);
    }

    /// <summary>Whether an address is in <c>first-last</c>; null when it cannot be determined.</summary>
    public static bool? InRange(string range, HostAddress? address)
    {
        string[] ends = range.Split('-');
        if (address is not { } one || !HostAddress.TryParse(ends[0], out HostAddress first)
            || !HostAddress.TryParse(ends[^1], out HostAddress last))
            return null;
        return one.IsSix == first.IsSix && one.Value >= first.Value && one.Value <= last.Value;
    }

    /// <summary>Whether a device fits a name, whose plus sign stands for any end; null when the device is not known,
    /// save that it is not the loopback device.</summary>
    public static bool? IsDevice(string pattern, string? device) => device is null ? (pattern is "lo" ? false : null)
        : pattern.EndsWith('+') ? device.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == device;

    /// <summary>A protocol's number, by number or name; null when not known here.</summary>
    public static int? Protocol(string text) => text.ToLowerInvariant() switch
    {
        "all" => 0, "icmp" => 1, "igmp" => 2, "ipencap" or "ipip" => 4, "tcp" => 6, "udp" => 17, "dccp" => 33,
        "gre" => 47, "esp" or "ipv6-crypt" => 50, "ah" => 51, "icmpv6" or "ipv6-icmp" => 58,
        "vrrp" => 112, "sctp" => 132,
        "udplite" => 136, var number => (int?)Number(number),
    };

    /// <summary>The words of a list between commas.</summary>
    public static bool HasWord(string list, string word) =>
        list.Split(',').Contains(word, StringComparer.OrdinalIgnoreCase);
}
