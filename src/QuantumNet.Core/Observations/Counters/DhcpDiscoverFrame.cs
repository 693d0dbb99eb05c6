using System.Buffers.Binary;
using System.Globalization;

namespace QuantumNet.Observations.Counters;

/// <summary>The bytes of a DHCPDISCOVER on the wire: Ethernet, IPv4 (RFC 791), UDP (RFC 768),
/// BOOTP (RFC 951) with the options of RFC 2132, as RFC 2131 table 5 wants them.
/// It carries no client id, so that servers know the instance by its MAC alone.</summary>
internal static class DhcpDiscoverFrame
{
    private const int EthernetLength = 14;
    private const int IpLength = 20;
    private const int UdpLength = 8;
    private const int BootpLength = 300;        // what old servers and relays expect at least
    private const int UdpStart = EthernetLength + IpLength;
    private const int BootpStart = UdpStart + UdpLength;
    private const int OptionsStart = BootpStart + 236;
    private const byte Udp = 17;

    /// <summary>The frame of a client that asks.</summary>
    /// <param name="mac">The client's MAC, six bytes.</param>
    /// <param name="transactionId">The transaction id.</param>
    /// <param name="broadcast">Whether the reply shall be broadcast.</param>
    public static byte[] Build(ReadOnlySpan<byte> mac, uint transactionId, bool broadcast)
    {
        byte[] frame = new byte[BootpStart + BootpLength];
        WriteEthernet(frame, mac);
        WriteBootp(frame.AsSpan(BootpStart), mac, transactionId, broadcast);
        WriteOptions(frame.AsSpan(OptionsStart));
        WriteIp(frame.AsSpan(EthernetLength, IpLength), (ushort)transactionId);
        WriteUdp(frame);
        return frame;
    }

    /// <summary>The six bytes of a MAC, <c>fa:16:3e:b8:28:2a</c>; false when it is none.</summary>
    public static bool TryReadMac(string text, Span<byte> mac)
    {
        string[] parts = text.Split(':');
        if (parts.Length != 6 || mac.Length != 6)
            return false;
        for (int i = 0; i < 6; i++)
        {
            if (parts[i].Length != 2
                || !byte.TryParse(parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out mac[i]))
                return false;
        }
        return true;
    }

    private static void WriteEthernet(Span<byte> frame, ReadOnlySpan<byte> mac)
    {
        frame[..6].Fill(0xff);
        mac.CopyTo(frame[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], 0x0800);
    }

    private static void WriteIp(Span<byte> header, ushort id)
    {
        header[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], IpLength + UdpLength + BootpLength);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], id);
        header[8] = 64;
        header[9] = Udp;
        header[16..20].Fill(0xff);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], Checksum(header, 0));
    }

    private static void WriteUdp(Span<byte> frame)
    {
        Span<byte> udp = frame[UdpStart..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, 68);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], 67);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], UdpLength + BootpLength);
        // The pseudo header: both addresses, the protocol and the length.
        uint pseudo = Sum(frame.Slice(EthernetLength + 12, 8), Udp + UdpLength + BootpLength);
        ushort checksum = Checksum(udp, pseudo);
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], checksum == 0 ? ushort.MaxValue : checksum);
    }

    private static void WriteBootp(Span<byte> bootp, ReadOnlySpan<byte> mac, uint transactionId, bool broadcast)
    {
        bootp[0] = 1;       // BOOTREQUEST
        bootp[1] = 1;       // Ethernet
        bootp[2] = 6;
        BinaryPrimitives.WriteUInt32BigEndian(bootp[4..], transactionId);
        BinaryPrimitives.WriteUInt16BigEndian(bootp[10..], broadcast ? (ushort)0x8000 : (ushort)0);
        mac.CopyTo(bootp[28..]);
    }

    // Magic cookie; 53: DISCOVER; 55: mask, router, DNS, host name, domain, MTU, broadcast
    // address, classless routes; end.
    private static void WriteOptions(Span<byte> options) =>
        ((ReadOnlySpan<byte>)[0x63, 0x82, 0x53, 0x63, 53, 1, 1, 55, 8, 1, 3, 6, 12, 15, 26, 28, 121, 255])
            .CopyTo(options);

    private static ushort Checksum(ReadOnlySpan<byte> bytes, uint start)
    {
        uint sum = Sum(bytes, start);
        while (sum > ushort.MaxValue)
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~sum;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes, uint sum)
    {
        for (int i = 0; i + 1 < bytes.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        return sum;
    }
}
