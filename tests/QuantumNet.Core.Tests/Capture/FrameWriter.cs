using System.Buffers.Binary;
using QuantumNet.Parsing.Capture;

namespace QuantumNet.Core.Tests.Capture;

/// <summary>Writes frames from the inside out: what the decoder must find again.</summary>
internal static class FrameWriter
{
    public static byte[] Ethernet(byte[] source, byte[] destination, int type, byte[] payload, params int[] vlans)
    {
        List<byte> frame = [.. destination, .. source];
        for (int i = 0; i < vlans.Length; i++)
            frame.AddRange([.. UInt16(i == 0 && vlans.Length > 1 ? 0x88a8 : 0x8100), .. UInt16(vlans[i])]);
        return [.. frame, .. UInt16(type), .. payload];
    }

    public static byte[] IPv4(byte[] source, byte[] destination, int protocol, byte[] payload, byte[]? options = null)
    {
        options ??= [];
        byte[] header =
        [
            (byte)(0x45 + (options.Length / 4)), 0, .. UInt16(20 + options.Length + payload.Length), 0x12, 0x34, 0, 0,
            64, (byte)protocol, 0, 0, .. source, .. destination, .. options,
        ];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), (ushort)~InternetChecksumOf(header));
        return [.. header, .. payload];
    }

    public static byte[] IPv6(byte[] source, byte[] destination, int protocol, byte[] payload, bool withOptions = false)
    {
        byte[] extension = withOptions ? [(byte)protocol, 0, 1, 4, 0, 0, 0, 0] : [];
        return
        [
            0x60, 0, 0, 0, .. UInt16(extension.Length + payload.Length), (byte)(withOptions ? 60 : protocol), 64,
            .. source, .. destination, .. extension, .. payload,
        ];
    }

    /// <summary>A datagram with a right checksum; without one, or with another, when told.</summary>
    public static byte[] Udp(byte[] source, byte[] destination, int from, int to, byte[] payload, UdpChecksum checksum)
    {
        byte[] datagram = [.. UInt16(from), .. UInt16(to), .. UInt16(8 + payload.Length), 0, 0, .. payload];
        if (checksum == UdpChecksum.None)
            return datagram;
        byte[] covered = [.. source, .. destination, 0, 17, .. UInt16(datagram.Length), .. datagram];
        int sum = (ushort)~InternetChecksumOf(covered);
        if (sum == 0)
            sum = 0xffff;
        if (checksum == UdpChecksum.Bad)
            sum = sum >= 0xfffe ? 0x1234 : sum + 1;
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(6), (ushort)sum);
        return datagram;
    }

    public static byte[] Gre(uint? key, uint? sequence, bool withChecksum, byte[] frame)
    {
        int flags = (withChecksum ? 0x8000 : 0) | (key is null ? 0 : 0x2000) | (sequence is null ? 0 : 0x1000);
        byte[] packet =
        [
            .. UInt16(flags), .. UInt16(0x6558), .. withChecksum ? new byte[4] : [],
            .. key is { } k ? UInt32(k) : [], .. sequence is { } s ? UInt32(s) : [], .. frame,
        ];
        if (withChecksum)
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)~InternetChecksumOf(packet));
        return packet;
    }

    public static byte[] Vxlan(uint key, byte[] frame) => [8, 0, 0, 0, .. UInt32(key << 8), .. frame];

    public static byte[] Geneve(uint key, byte[] options, byte[] frame) =>
        [(byte)(options.Length / 4), 0, .. UInt16(0x6558), .. UInt32(key << 8), .. options, .. frame];

    public static byte[] UInt16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] UInt32(uint value) =>
        [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    /// <summary>RFC 1071, word by word: another way than the one under test.</summary>
    private static int InternetChecksumOf(byte[] bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i++)
            sum += i % 2 == 0 ? (uint)bytes[i] << 8 : bytes[i];
        while (sum > 0xffff)
            sum = (sum & 0xffff) + (sum >> 16);
        return (int)sum;
    }
}
