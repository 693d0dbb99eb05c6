using System.Buffers.Binary;
using System.Globalization;

namespace QuantumNet.Simulation;

/// <summary>IPv4 addresses as numbers, the first byte highest, and as texts: <c>10.0.0.1</c>.</summary>
internal static class DottedQuad
{
    /// <summary>Reads an address as inet_pton(3) does: four numbers up to 255, without leading zeros.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        for (int part = 0; part < 4; part++)
        {
            int end = part < 3 ? text.IndexOf('.') : text.Length;
            if (end is < 1 or > 3 || (text[0] == '0' && end > 1)
                || !byte.TryParse(text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out byte value))
                return false;
            address = (address << 8) | value;
            text = text[Math.Min(end + 1, text.Length)..];
        }
        return true;
    }

    /// <summary>The address as text.</summary>
    public static string Format(uint address) => string.Create(CultureInfo.InvariantCulture,
        $"{address >> 24}.{(address >> 16) & 0xff}.{(address >> 8) & 0xff}.{address & 0xff}");

    /// <summary>Four bytes, as they stand in a packet.</summary>
    public static byte[] Bytes(uint address)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, address);
        return bytes;
    }

    /// <summary>The mask of a prefix length, 0 to 32.</summary>
    public static uint Mask(int length) => length <= 0 ? 0 : uint.MaxValue << (32 - Math.Min(length, 32));

    /// <summary>Whether two addresses are one network's.</summary>
    public static bool IsSameNetwork(uint one, uint other, uint mask) => (one & mask) == (other & mask);
}
