using System.Buffers.Binary;
using static QuantumNet.Parsing.Capture.DhcpFields;

namespace QuantumNet.Parsing.Capture;

/// <summary>Makes <see cref="DhcpPacket"/>s of frames. One decoder per capture:
/// it remembers addresses as text.</summary>
internal sealed class DhcpPacketDecoder
{
    private const long UnixEpochTicks = 621355968000000000;

    private readonly AddressText _text = new();

    /// <summary>The file the frames come from; empty when they come over the wire.</summary>
    public string Path { get; init; } = "";

    /// <summary>Reads a frame; false when it carries no DHCP.</summary>
    public bool TryDecode(in CapturedFrame frame, [System.Diagnostics.CodeAnalysis.NotNullWhen(
        true)] out DhcpPacket? packet)
    {
        FrameLayers layers = FrameDecoder.Decode(frame.Data, frame.LinkType, frame.OriginalLength);
        return TryDecode(frame, layers, out packet);
    }

    /// <summary>Reads a frame that was taken apart; false when it carries no DHCP.</summary>
    public bool TryDecode(
        in CapturedFrame frame, in FrameLayers layers,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DhcpPacket? packet)
    {
        packet = null;
        if (layers.Content is not (FrameContent.Dhcp or FrameContent.Dhcp6))
            return false;
        ReadOnlySpan<byte> message = frame.Data.Slice(layers.Message, layers.MessageCaptured);
        packet = layers.Content == FrameContent.Dhcp
            ? ReadMessage(frame, layers, message) : ReadMessage6(frame, layers, message);
        return true;
    }

    /// <summary>Reads an ARP message of a frame that was taken apart; false when it carries none.</summary>
    public bool TryDecodeArp(
        in CapturedFrame frame, in FrameLayers layers,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ArpPacket? packet)
    {
        packet = null;
        if (layers.Content != FrameContent.Arp)
            return false;
        ReadOnlySpan<byte> message = frame.Data.Slice(layers.Message, layers.MessageCaptured);
        packet = new ArpPacket
        {
            Path = Path,
            FrameNumber = frame.Number,
            Time = ToTime(frame.TimeNanoseconds),
            Operation = BinaryPrimitives.ReadUInt16BigEndian(message[6..]),
            SenderMac = _text.Mac(message[8..]),
            SenderAddress = _text.IPv4(message[14..]),
            TargetMac = _text.Mac(message[18..]),
            TargetAddress = _text.IPv4(message[24..]),
            Vlans = layers.Vlans.ToArray(),
            Encapsulation = EncapsulationOf(layers),
            TunnelKey = layers.TunnelKey < 0 ? null : layers.TunnelKey,
            IsTruncated = layers.IsTruncated,
        };
        return true;
    }

    private DhcpPacket ReadMessage(in CapturedFrame frame, in FrameLayers layers, ReadOnlySpan<byte> message)
    {
        DhcpSummary summary = DhcpSummary.Read(message);
        return new DhcpPacket
        {
            Path = Path,
            FrameNumber = frame.Number,
            TimeNanoseconds = frame.TimeNanoseconds,
            Time = ToTime(frame.TimeNanoseconds),
            Interface = InterfaceOf(frame, layers),
            Type = summary.Type,
            Direction = DirectionOf(message, frame, layers),
            TransactionId = message.Length >= TransactionId + 4
                ? Hexadecimal(BinaryPrimitives.ReadUInt32BigEndian(message[TransactionId..])) : "",
            SecondsElapsed =
                message.Length >= Seconds + 2 ? BinaryPrimitives.ReadUInt16BigEndian(message[Seconds..]) : 0,
            Flags = summary.Flags,
            IsBroadcast = (summary.Flags & BroadcastFlag) != 0,
            ClientAddress = AddressAt(message, DhcpFields.ClientAddress),
            IpAddress = AddressAt(message, YourAddress),
            NextServer = AddressAt(message, ServerAddress),
            RelayAddress = AddressAt(message, DhcpFields.RelayAddress),
            Mac = HardwareAddressOf(message),
            ServerId = summary.ServerId < 0 ? "" : _text.IPv4(message[summary.ServerId..]),
            RequestedAddress = summary.Requested < 0 ? "" : _text.IPv4(message[summary.Requested..]),
            LeaseSeconds = summary.Lease < 0 ? null : BinaryPrimitives.ReadUInt32BigEndian(message[summary.Lease..]),
            SourceMac = SourceMacOf(frame.Data, layers),
            DestinationMac = layers.Ethernet < 0 ? "" : _text.Mac(frame.Data[layers.Ethernet..]),
            SourceAddress = IpOf(frame.Data, layers.Ip, layers.IpVersion, isDestination: false),
            DestinationAddress = IpOf(frame.Data, layers.Ip, layers.IpVersion, isDestination: true),
            SourcePort = BinaryPrimitives.ReadUInt16BigEndian(frame.Data[layers.Udp..]),
            DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(frame.Data[(layers.Udp + 2)..]),
            Vlans = layers.Vlans.ToArray(),
            Encapsulation = EncapsulationOf(layers),
            TunnelKey = layers.TunnelKey < 0 ? null : layers.TunnelKey,
            OuterSource = IpOf(frame.Data, layers.OuterIp, layers.OuterIpVersion, isDestination: false),
            OuterDestination = IpOf(frame.Data, layers.OuterIp, layers.OuterIpVersion, isDestination: true),
            OuterVlans = layers.OuterVlans.ToArray(),
            Checksum = layers.Checksum,
            IsChecksumPartial = layers.IsChecksumPartial,
            Length = frame.OriginalLength,
            MessageLength = layers.MessageLength,
            IsTruncated = layers.IsTruncated,
            Issues = IssuesOf(layers, summary),
            Message = new CapturedDhcpMessage(message.ToArray()),
        };
    }

    /// <summary>DHCPv6 (RFC 8415, sections 8 and 9): type, and transaction id where there is one.</summary>
    private DhcpPacket ReadMessage6(in CapturedFrame frame, in FrameLayers layers, ReadOnlySpan<byte> message)
    {
        const int First = (int)DhcpMessageType.Solicit6 - 1, Last = (int)DhcpMessageType.RelayReply6 - First;
        int type = message.IsEmpty ? 0 : message[0];
        bool isKnown = type is >= 1 and <= Last;
        DhcpMessageType named = isKnown ? (DhcpMessageType)(First + type) : DhcpMessageType.Other6;
        bool isRelay = named is DhcpMessageType.RelayForward6 or DhcpMessageType.RelayReply6;
        bool isReply = named is DhcpMessageType.Advertise6 or DhcpMessageType.Reply6 or DhcpMessageType.Reconfigure6
            or DhcpMessageType.RelayReply6;
        DhcpPacket packet = ReadMessage(frame, layers, []);
        return packet with
        {
            Type = named,
            Direction = isReply ? DhcpDirection.Reply : DhcpDirection.Request,
            TransactionId = isRelay || message.Length < 4 ? ""
                : Hexadecimal(BinaryPrimitives.ReadUInt32BigEndian(message) & 0xffffff),
            Issues = message.Length < 4 ? ["DHCPv6 message cut before its transaction id"]
                : layers.Issue is null ? [] : [layers.Issue],
            Options = [],
        };
    }

    private static string[] IssuesOf(in FrameLayers layers, in DhcpSummary summary) =>
        (layers.Issue, summary.Issue) switch
        {
            (null, null) => [],
            ({ } one, null) => [one],
            (null, { } other) => [other],
            ({ } one, { } other) => [one, other],
        };

    private string AddressAt(ReadOnlySpan<byte> message, int offset) =>
        message.Length < offset + 4 ? "" : _text.IPv4OrNone(message[offset..]);

    private string HardwareAddressOf(ReadOnlySpan<byte> message)
    {
        if (message.Length < HardwareAddress + MaximumHardwareLength)
            return "";
        int length = Math.Min((int)message[HardwareLength], MaximumHardwareLength);
        return length == 6
            ? _text.Mac(message[HardwareAddress..]) : AddressText.FormatBytes(message.Slice(HardwareAddress, length));
    }

    private static DhcpDirection DirectionOf(ReadOnlySpan<byte> message, in CapturedFrame frame, in FrameLayers layers)
    {
        if (message.Length > 0 && message[Operation] is BootRequest or BootReply)
            return message[Operation] == BootRequest ? DhcpDirection.Request : DhcpDirection.Reply;
        const int Client = 68;
        return BinaryPrimitives.ReadUInt16BigEndian(frame.Data[(layers.Udp + 2)..]) == Client ? DhcpDirection.Reply
            : DhcpDirection.Request;
    }

    private string SourceMacOf(ReadOnlySpan<byte> frame, in FrameLayers layers)
    {
        if (layers.Ethernet >= 0)
            return _text.Mac(frame[(layers.Ethernet + 6)..]);
        return layers.CookedSource >= 0 && layers.TunnelCount == 0 ? _text.Mac(frame[layers.CookedSource..]) : "";
    }

    private string IpOf(ReadOnlySpan<byte> frame, int ip, int version, bool isDestination)
    {
        if (ip < 0)
            return "";
        return version == 4 ? _text.IPv4(frame[(ip + (isDestination ? 16 : 12))..])
            : AddressText.FormatIPv6(frame.Slice(ip + (isDestination ? 24 : 8), 16));
    }

    private static string InterfaceOf(in CapturedFrame frame, in FrameLayers layers) =>
        frame.Interface.Length > 0 || layers.InterfaceIndex == 0 ? frame.Interface
            : layers.InterfaceIndex.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string EncapsulationOf(in FrameLayers layers)
    {
        string text = "";
        for (int i = 0; i < layers.TunnelCount; i++)
        {
            string one = (TunnelKind)((layers.Tunnels >> (4 * i)) & 0xf) switch
            {
                TunnelKind.Gre => "gre",
                TunnelKind.Vxlan => "vxlan",
                _ => "geneve",
            };
            text = i == 0 ? one : $"{text}/{one}";
        }
        return text;
    }

    private static string Hexadecimal(uint value) => string.Create(10, value, static (text, number) =>
    {
        text[0] = '0';
        text[1] = 'x';
        for (int i = 9; i >= 2; i--, number >>= 4)
            text[i] = "0123456789abcdef"[(int)(number & 0xf)];
    });

    private static DateTime ToTime(long nanoseconds) => new(UnixEpochTicks + (nanoseconds / 100), DateTimeKind.Utc);
}
