using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace QuantumNet.Core.Tests.Capture;

/// <summary>A DHCP message drawn at random, and the frame that carries it.</summary>
internal sealed record GeneratedPacket
{
    private static readonly string[] s_tunnels = ["", "gre", "vxlan", "geneve"];

    public required byte[] Frame { get; init; }
    public required DhcpPacket Expected { get; init; }

    /// <summary>Packets of every wrapping, with right, wrong and no checksums.</summary>
    public static Arbitrary<GeneratedPacket> Any { get; } = Arb.From(
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select Draw(new Random(seed)));

    public static GeneratedPacket Draw(Random random)
    {
        DhcpPacket expected = Message(random, out byte[] message);
        byte[] source = Bytes(random, 4), destination = Bytes(random, 4), from = Mac(random), to = Mac(random);
        bool isRequest = expected.Direction == DhcpDirection.Request;
        var checksum = (UdpChecksum)random.Next((int)UdpChecksum.Good, (int)UdpChecksum.None + 1);
        byte[] datagram = FrameWriter.Udp(source, destination, isRequest ? 68 : 67,
            isRequest ? 67 : 68, message, checksum);
        byte[] recordRoute = random.Next(4) == 0 ? [7, 7, 4, 0, 0, 0, 0, 1] : [];
        int[] vlans = Vlans(random);
        byte[] frame = FrameWriter.Ethernet(from, to, 0x0800,
            FrameWriter.IPv4(source, destination, 17, datagram, recordRoute), vlans);
        expected = expected with
        {
            SourceMac = Text(from),
            DestinationMac = Text(to),
            SourceAddress = Dotted(source),
            DestinationAddress = Dotted(destination),
            SourcePort = isRequest ? 68 : 67,
            DestinationPort = isRequest ? 67 : 68,
            Checksum = checksum,
            Vlans = vlans,
        };
        return Wrap(random, frame, expected);
    }

    private static GeneratedPacket Wrap(Random random, byte[] frame, DhcpPacket expected)
    {
        string tunnel = s_tunnels[random.Next(s_tunnels.Length)];
        if (tunnel.Length == 0)
            return new GeneratedPacket { Frame = frame, Expected = expected with { Length = frame.Length } };
        bool isIPv6 = random.Next(3) == 0;
        byte[] source = OuterAddress(), destination = OuterAddress();
        int[] vlans = Vlans(random);
        uint key = (uint)random.Next(1 << 24);
        (int protocol, byte[] payload) = tunnel switch
        {
            "gre" => (47,
                FrameWriter.Gre(key, random.Next(2) == 0 ? (uint)random.Next() : null, random.Next(2) == 0, frame)),
            "vxlan" => (17, Outer(random.Next(2) == 0 ? 4789 : 8472, FrameWriter.Vxlan(key, frame))),
            _ => (17, Outer(6081, FrameWriter.Geneve(key, random.Next(2) == 0 ? [0, 1, 2, 1, 9, 9, 9, 9] : [], frame))),
        };
        byte[] packet = isIPv6 ? FrameWriter.IPv6(source, destination, protocol, payload)
            : FrameWriter.IPv4(source, destination, protocol, payload);
        byte[] outer = FrameWriter.Ethernet(Mac(random), Mac(random), isIPv6 ? 0x86dd : 0x0800, packet, vlans);
        return new GeneratedPacket
        {
            Frame = outer,
            Expected = expected with
            {
                Encapsulation = tunnel,
                TunnelKey = key,
                OuterSource = new IPAddress(source).ToString(),
                OuterDestination = new IPAddress(destination).ToString(),
                OuterVlans = vlans,
                Length = outer.Length,
            },
        };

        byte[] OuterAddress() => isIPv6 ? [0xfd, 0x12, .. Bytes(random, 14)] : Bytes(random, 4);

        byte[] Outer(int port, byte[] inside) =>
            FrameWriter.Udp(source, destination, random.Next(32768, 61000), port, inside, UdpChecksum.None);
    }

    private static DhcpPacket Message(Random random, out byte[] message)
    {
        bool isRequest = random.Next(2) == 0;
        byte[] mac = Mac(random), client = Address(random), your = Address(random),
            server = Address(random), relay = Address(random);
        uint transaction = (uint)random.NextInt64(1L << 32);
        bool isBroadcast = random.Next(2) == 0;
        byte type = (byte)(isRequest ? (byte[])[1, 3, 4, 7, 8] : [2, 5, 6])[random.Next(isRequest ? 5 : 3)];
        byte[] serverId = Bytes(random, 4), requested = Bytes(random, 4);
        uint lease = (uint)random.NextInt64(1L << 32);
        byte[] options =
        [
            53, 1, type, 54, 4, .. serverId, 50, 4, .. requested, 51, 4, .. FrameWriter.UInt32(lease),
            0, 12, 4, (byte)'h', (byte)'o', (byte)'s', (byte)'t', 55, 3, 1, 3, 6, 121, 9, 32, 169, 254,
            169, 254, .. serverId, 255,
        ];
        message =
        [
            (byte)(isRequest ? 1 : 2), 1, 6, 0, .. FrameWriter.UInt32(transaction), 0, 7,
            (byte)(isBroadcast ? 0x80 : 0), 0, .. client, .. your, .. server, .. relay, .. mac,
            .. new byte[10 + 64 + 128], 0x63, 0x82, 0x53, 0x63, .. options, .. new byte[random.Next(60)],
        ];
        return new DhcpPacket
        {
            Type = (DhcpMessageType)type,
            Direction = isRequest ? DhcpDirection.Request : DhcpDirection.Reply,
            TransactionId = $"0x{transaction:x8}",
            Mac = Text(mac),
            ClientAddress = OrNone(client),
            IpAddress = OrNone(your),
            NextServer = OrNone(server),
            RelayAddress = OrNone(relay),
            IsBroadcast = isBroadcast,
            Flags = isBroadcast ? 0x8000 : 0,
            SecondsElapsed = 7,
            ServerId = Dotted(serverId),
            RequestedAddress = Dotted(requested),
            LeaseSeconds = lease,
            MessageLength = message.Length,
        };
    }

    private static int[] Vlans(Random random) => random.Next(4) switch
    {
        0 => [random.Next(1, 4095)],
        1 => [random.Next(1, 4095), random.Next(1, 4095)],
        _ => [],
    };

    private static byte[] Address(Random random) => random.Next(2) == 0 ? new byte[4] : Bytes(random, 4);

    private static byte[] Mac(Random random) => [0xfa, 0x16, 0x3e, .. Bytes(random, 3)];

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        bytes[0] = (byte)random.Next(1, 224);       // neither 0.x nor a multicast sender
        return bytes;
    }

    private static string OrNone(byte[] address) => address[0] == 0 ? "" : Dotted(address);

    private static string Dotted(byte[] address) => string.Join('.', address);

    private static string Text(byte[] mac) =>
        Convert.ToHexStringLower(mac.AsSpan(0, 1)) + string.Concat(mac[1..].Select(value => $":{value:x2}"));
}
