using System.Buffers.Binary;

namespace QuantumNet.Parsing.Capture;

/// <summary>The checksum of IP, UDP and TCP (RFC 1071): a sum in ones' complement.</summary>
internal static class InternetChecksum
{
    private const int Udp = 17;

    /// <summary>The sum of bytes, not folded to the end.</summary>
    public static uint Sum(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        while (bytes.Length >= 8)
        {
            ulong word = BinaryPrimitives.ReadUInt64BigEndian(bytes);
            sum += (word >> 32) + (uint)word;           // 32-bit words fold to the same 16 bits
            bytes = bytes[8..];
        }
        while (bytes.Length >= 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
            bytes = bytes[2..];
        }
        if (bytes.Length == 1)
            sum += (uint)bytes[0] << 8;
        return Fold(sum);
    }

    /// <summary>Folds carries in, down to 16 bits.</summary>
    public static uint Fold(ulong sum)
    {
        while (sum >> 16 != 0)
            sum = (sum & 0xffff) + (sum >> 16);
        return (uint)sum;
    }

    /// <summary>The sum of what UDP's checksum covers besides the datagram (RFC 768; RFC 8200, 8.1).</summary>
    public static uint PseudoHeader(ReadOnlySpan<byte> frame, int ip, int version, int length)
    {
        ReadOnlySpan<byte> addresses = version == 4 ? frame.Slice(ip + 12, 8) : frame.Slice(ip + 8, 32);
        return Sum(addresses) + Udp + (uint)length;
    }
}
