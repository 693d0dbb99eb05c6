using System.Globalization;
using System.Net;
using QuantumNet.Parsing.Nftables;

namespace QuantumNet.Simulation.Nftables;

/// <summary>Compares values with what rules and sets hold: one value, <c>a-b</c>, <c>10.0.0.0/8</c>,
/// <c>eth*</c>.</summary>
internal static class NftValues
{
    private const int FirstEphemeral = 32768, LastEphemeral = 60999;

    // Names that nft prints for numbers (/etc/protocols, /etc/services); others are not those of a tunnel's packet.
    private static readonly Dictionary<string, int> s_names = new()
    {
        ["udp"] = 17, ["gre"] = 47, ["esp"] = 50, ["vxlan"] = 4789, ["otv"] = 8472, ["geneve"] = 6081,
        ["isakmp"] = 500, ["ipsec-nat-t"] = 4500,
    };

    /// <summary>Whether a number lies in a text of one or two: <c>17</c>, <c>gre</c>, <c>4789-4790</c>.</summary>
    public static bool HasNumber(string text, int number)
    {
        int dash = text.IndexOf('-');
        if (dash > 0 && Number(text[..dash]) is { } first && Number(text[(dash + 1)..]) is { } last)
            return number >= first && number <= last;
        return (s_names.TryGetValue(text, out int named) ? named : Number(text)) == number;
    }

    /// <summary>The same for a source port; null where some of those that the kernel draws are in it.</summary>
    public static bool? HasSourcePort(string text, int port)
    {
        if (port != NftPacket.AnyPort)
            return HasNumber(text, port);
        bool hasFirst = HasNumber(text, FirstEphemeral), hasLast = HasNumber(text, LastEphemeral);
        bool isInside = Number(text.Split('-')[0]) is >= FirstEphemeral and <= LastEphemeral;
        return hasFirst && hasLast ? true : hasFirst || hasLast || isInside ? null : false;
    }

    /// <summary>Whether an address is that of a text, in its block or in its range;
    /// null when it is not known.</summary>
    public static bool? HasAddress(string text, IPAddress? address)
    {
        if (address is null)
            return null;
        int dash = text.IndexOf('-');
        if (dash > 0)
            return Between(text[..dash], text[(dash + 1)..], address);
        if (!text.Contains('/'))
            return IPAddress.TryParse(text, out IPAddress? one) ? one.Equals(address) : null;
        int slash = text.IndexOf('/');
        return IPAddress.TryParse(text[..slash], out IPAddress? network) && Number(text[(slash + 1)..]) is { } bits
            ? IsInBlock(network, bits, address) : null;
    }

    /// <summary>Whether a device has that name, or its beginning before a <c>*</c>;
    /// null when it is not known.</summary>
    public static bool? IsDevice(string text, string device) => text == "lo" ? device == text
        : device.Length == 0 ? null
        : text.EndsWith('*') ? device.StartsWith(text[..^1], StringComparison.Ordinal) : text == device;

    /// <summary>A number, decimal or with 0x; null for anything else.</summary>
    public static int? Number(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? uint.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint hex)
                ? unchecked((int)hex) : null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>The elements that a value names: those in braces, of a named set, or the value alone;
    /// null when the set is not there.</summary>
    public static List<string>? Elements(string value, NftTable table)
    {
        if (value.StartsWith('{'))
            return NftWords.Elements(value);
        return value.StartsWith('@') ? table.Sets.Find(set => set.Name == value[1..])?.Elements : [value];
    }

    /// <summary>Whether an address lies in a block of so many bits.</summary>
    public static bool IsInBlock(IPAddress network, int bits, IPAddress address)
    {
        byte[] one = network.GetAddressBytes(), other = address.GetAddressBytes();
        if (one.Length != other.Length)
            return false;
        for (int i = 0; i < one.Length; i++)
        {
            int taken = Math.Clamp(bits - (i * 8), 0, 8), mask = 0xff00 >> taken & 0xff;
            if ((one[i] & mask) != (other[i] & mask))
                return false;
        }
        return true;
    }

    private static bool? Between(string first, string last, IPAddress address)
    {
        if (!IPAddress.TryParse(first, out IPAddress? low) || !IPAddress.TryParse(last, out IPAddress? high))
            return null;
        return low.AddressFamily == address.AddressFamily && Compare(low, address) <= 0 && Compare(address, high) <= 0;
    }

    private static int Compare(IPAddress one, IPAddress other) =>
        one.GetAddressBytes().AsSpan().SequenceCompareTo(other.GetAddressBytes());
}
