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
            string[] ends = part.Split(':');
            int first = ends[0].Length == 0 ? 0 : (int)(Number(ends[0]) ?? uint.MaxValue >> 1);
            int last = ends[^1].Length == 0 ? ushort.MaxValue : (int)(Number(ends[^1]) ?? 0);
            if (port >= first && port <= last)
                return true;
        }
        return false;
    }

    /// <summary>Whether an address is in a block: <c>10.0.0.0/8</c>, <c>10.0.0.0/255.0.0.255</c>; null when it cannot
    /// be told.</summary>
    public static bool? HasAddress(string block, uint? address)
    {
        int slash = block.IndexOf('/');
        if (!DottedQuad.TryParse(slash < 0 ? block : block.AsSpan(0, slash), out uint network))
            return null;
        uint mask = uint.MaxValue;
        if (slash >= 0 && !DottedQuad.TryParse(block.AsSpan(slash + 1), out mask))
            mask = Number(block.AsSpan(slash + 1)) is { } length and <= 32 ? DottedQuad.Mask((int)length)
                : uint.MaxValue;
        return mask == 0 ? true : address is not { } one ? null : (one & mask) == (network & mask);
    }

    /// <summary>Whether an address is in <c>first-last</c>; null when it cannot be determined.</summary>
    public static bool? InRange(string range, uint? address)
    {
        string[] ends = range.Split('-');
        if (address is not { } one || !DottedQuad.TryParse(ends[0], out uint first)
            || !DottedQuad.TryParse(ends[^1], out uint last))
            return null;
        return one >= first && one <= last;
    }

    /// <summary>Whether a device fits a name, whose plus sign stands for any end.</summary>
    public static bool IsDevice(string pattern, string device) => pattern.EndsWith('+')
        ? device.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == device;

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
