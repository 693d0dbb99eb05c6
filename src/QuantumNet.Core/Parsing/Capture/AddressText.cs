using System.Buffers.Binary;
using System.Net;

namespace QuantumNet.Parsing.Capture;

/// <summary>Addresses as text. Remembers the last ones: a capture repeats few of them.</summary>
internal sealed class AddressText
{
    private const int Slots = 1024;

    private readonly (uint Key, string? Text)[] _ipv4 = new (uint, string?)[Slots];
    private readonly (ulong Key, string? Text)[] _macs = new (ulong, string?)[Slots];

    /// <summary>An IPv4 address; empty for 0.0.0.0.</summary>
    public string IPv4OrNone(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32BigEndian(bytes) == 0 ? "" : IPv4(bytes);

    /// <summary>An IPv4 address.</summary>
    public string IPv4(ReadOnlySpan<byte> bytes)
    {
        uint key = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        ref (uint Key, string? Text) slot = ref _ipv4[(key * 2654435761u) >> 22];
        if (slot.Text is null || slot.Key != key)
            slot = (key, FormatIPv4(bytes));
        return slot.Text;
    }

    /// <summary>An IPv4 or IPv6 address of an IP header.</summary>
    public string Ip(ReadOnlySpan<byte> bytes) => bytes.Length == 4 ? IPv4(bytes) : FormatIPv6(bytes);

    /// <summary>A MAC.</summary>
    public string Mac(ReadOnlySpan<byte> bytes)
    {
        ulong key = ((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32)
            | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);
        ref (ulong Key, string? Text) slot = ref _macs[(uint)((key * 0x9e3779b97f4a7c15ul) >> 54)];
        if (slot.Text is null || slot.Key != key)
            slot = (key, FormatBytes(bytes[..6]));
        return slot.Text;
    }

    /// <summary>An IPv4 address of four bytes.</summary>
    public static string FormatIPv4(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[15];
        int length = 0;
        for (int i = 0; i < 4; i++)
        {
            if (i > 0)
                text[length++] = '.';
            int value = bytes[i];
            if (value >= 100)
                text[length++] = (char)('0' + (value / 100));
            if (value >= 10)
                text[length++] = (char)('0' + (value / 10 % 10));
            text[length++] = (char)('0' + (value % 10));
        }
        return new string(text[..length]);
    }

    /// <summary>An IPv6 address of sixteen bytes.</summary>
    public static string FormatIPv6(ReadOnlySpan<byte> bytes) => new IPAddress(bytes).ToString();

    /// <summary>Bytes in hexadecimal with colons between them, as MACs are written.</summary>
    public static string FormatBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return "";
        const string Digits = "0123456789abcdef";
        Span<char> text =
            bytes.Length <= 256 ? stackalloc char[(bytes.Length * 3) - 1] : new char[(bytes.Length * 3) - 1];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (i > 0)
                text[(i * 3) - 1] = ':';
            text[i * 3] = Digits[bytes[i] >> 4];
            text[(i * 3) + 1] = Digits[bytes[i] & 0xf];
        }
        return new string(text);
    }
}
