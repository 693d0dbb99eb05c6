using System.Buffers.Binary;

namespace QuantumNet.Parsing.Capture;

/// <summary>Takes a frame apart, down to DHCP or ARP, through VLANs and tunnels.
/// Allocates nothing and believes nothing: every length is held against the bytes that are there.</summary>
internal ref struct FrameDecoder
{
    private const int MaximumDepth = 8;

    private readonly ReadOnlySpan<byte> _bytes;
    private FrameLayers _layers;

    private FrameDecoder(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _layers = FrameLayers.Empty;
    }

    /// <summary>Takes a frame apart.</summary>
    public static FrameLayers Decode(ReadOnlySpan<byte> frame, int linkType, int originalLength)
    {
        var decoder = new FrameDecoder(frame);
        decoder._layers.IsTruncated = frame.Length < originalLength;
        decoder.Link(linkType);
        return decoder._layers;
    }

    private void Link(int linkType)
    {
        switch (linkType)
        {
            case LinkType.Ethernet:
                Ethernet(0);
                break;
            case LinkType.LinuxCooked:
                Cooked(0, 16, typeAt: 14, addressAt: 6);
                break;
            case LinkType.LinuxCooked2:
                if (Has(0, 8))
                    _layers.InterfaceIndex = (int)BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);
                Cooked(0, 20, typeAt: 0, addressAt: 12);
                break;
            case LinkType.Null or LinkType.Loop:
                IpOfAnyVersion(4);
                break;
            case LinkType.Raw or LinkType.RawBsd or LinkType.RawOpenBsd or LinkType.IPv4 or LinkType.IPv6:
                IpOfAnyVersion(0);
                break;
        }
    }

    /// <summary>Linux cooked captures, v1 and v2 (LINKTYPE_LINUX_SLL, LINKTYPE_LINUX_SLL2).</summary>
    private void Cooked(int at, int length, int typeAt, int addressAt)
    {
        if (!Has(at, length))
            return;
        _layers.CookedSource = at + addressAt;
        EtherType(UInt16(at + typeAt), at + length);
    }

    private void Ethernet(int at)
    {
        const int Header = 14;
        if (!Has(at, Header))
            return;
        _layers.Ethernet = at;
        EtherType(UInt16(at + 12), at + Header);
    }

    /// <summary>Goes through VLAN tags (802.1Q, 802.1ad, and the numbers used before it) to what they tag.</summary>
    private void EtherType(int type, int at)
    {
        while (type is 0x8100 or 0x88a8 or 0x9100 or 0x9200)
        {
            if (!Has(at, 4))
                return;
            _layers.Vlans.Push(UInt16(at) & 0xfff);
            type = UInt16(at + 2);
            at += 4;
        }
        switch (type)
        {
            case 0x0800:
                IPv4(at);
                break;
            case 0x86dd:
                IPv6(at);
                break;
            case 0x0806:
                Arp(at);
                break;
        }
    }

    /// <summary>ARP for IPv4 over Ethernet (RFC 826).</summary>
    private void Arp(int at)
    {
        const int Length = 28;
        if (!Has(at, Length) || UInt16(at) != 1 || UInt16(at + 2) != 0x0800
            || _bytes[at + 4] != 6 || _bytes[at + 5] != 4)
            return;
        _layers.Content = FrameContent.Arp;
        _layers.Message = at;
        _layers.MessageCaptured = _layers.MessageLength = Length;
    }

    private void IpOfAnyVersion(int at)
    {
        if (!Has(at, 1))
            return;
        if (_bytes[at] >> 4 == 4)
            IPv4(at);
        else if (_bytes[at] >> 4 == 6)
            IPv6(at);
    }

    /// <summary>IPv4 (RFC 791).</summary>
    private void IPv4(int at)
    {
        const int MinimumHeader = 20;
        if (!Has(at, MinimumHeader))
            return;
        int header = (_bytes[at] & 0xf) * 4;
        if (_bytes[at] >> 4 != 4 || header < MinimumHeader)
        {
            Issue("IPv4 header with a wrong version or length");
            return;
        }
        if (!Has(at, header))
            return;
        int total = UInt16(at + 2);
        int available = _bytes.Length - at;
        if (total == 0)
            total = available;                          // left to the NIC (segmentation offload)
        if (total < header)
        {
            Issue("IPv4 packet shorter than its header");
            return;
        }
        _layers.Ip = at;
        _layers.IpVersion = 4;
        int fragment = UInt16(at + 6);
        _layers.IsFragment |= (fragment & 0x3fff) != 0;
        _layers.IsSourceRouted = header > MinimumHeader
            && IsSourceRouted(_bytes.Slice(at + MinimumHeader, header - MinimumHeader));
        if ((fragment & 0x1fff) == 0)
            Transport(_bytes[at + 9], at + header, total - header);
    }

    /// <summary>Whether IPv4 options route by the source: then the checksum's destination is the last one,
    /// not the header's.</summary>
    private static bool IsSourceRouted(ReadOnlySpan<byte> options)
    {
        const int Loose = 131, Strict = 137;
        while (options.Length > 1 && options[0] != 0)
        {
            if (options[0] is Loose or Strict)
                return true;
            int length = options[0] == 1 ? 1 : options[1];
            if (length == 0 || length > options.Length)
                return false;
            options = options[length..];
        }
        return false;
    }

    /// <summary>IPv6 (RFC 8200) and its extension headers.</summary>
    private void IPv6(int at)
    {
        const int Header = 40;
        if (!Has(at, Header))
            return;
        if (_bytes[at] >> 4 != 6)
        {
            Issue("IPv6 header with a wrong version");
            return;
        }
        _layers.Ip = at;
        _layers.IpVersion = 6;
        _layers.IsSourceRouted = false;
        int length = UInt16(at + 4);
        if (length == 0)
            length = _bytes.Length - at - Header;       // jumbogram, or left to the NIC
        int next = _bytes[at + 6], end = at + Header + length;
        at += Header;
        while (next is 0 or 43 or 44 or 51 or 60 or 135 or 139 or 140)
        {
            if (!TryExtension(ref next, ref at))
                return;
        }
        if (end >= at)
            Transport(next, at, end - at);
        else
            Issue("IPv6 extension headers longer than the packet");
    }

    private bool TryExtension(ref int next, ref int at)
    {
        if (!Has(at, 8))
            return false;
        int length = next switch { 44 => 8, 51 => (_bytes[at + 1] + 2) * 4, _ => (_bytes[at + 1] + 1) * 8 };
        if (!Has(at, length))
            return false;
        if (next == 43 && _bytes[at + 3] > 0)
            _layers.IsSourceRouted = true;
        bool isLater = false;
        if (next == 44)
        {
            int fragment = UInt16(at + 2);
            _layers.IsFragment |= (fragment & 0xfff9) != 0;
            isLater = fragment >> 3 != 0;
        }
        next = _bytes[at];
        at += length;
        return !isLater;
    }

    /// <summary>UDP, or a tunnel of its own protocol.</summary>
    private void Transport(int protocol, int at, int length)
    {
        if (at + length > _bytes.Length)
            _layers.IsTruncated = true;
        const int Udp = 17, Gre = 47;
        if (protocol == Udp)
            UserDatagram(at, length);
        else if (protocol == Gre)
            GenericRouting(at);
    }

    /// <summary>UDP (RFC 768).</summary>
    private void UserDatagram(int at, int ipLength)
    {
        const int Header = 8;
        if (!Has(at, Header))
            return;
        int source = UInt16(at), destination = UInt16(at + 2), length = UInt16(at + 4);
        _layers.Udp = at;
        if (length < Header || length > ipLength)
        {
            bool isJumbo = length == 0 && _layers.IpVersion == 6;
            if (_layers.IsFragment && length > ipLength)
                Issue("first fragment of a message: the others are not put together with it");
            else if (!isJumbo)
                Issue($"UDP length {length} in {ipLength} bytes");
            length = Math.Max(_layers.IsFragment ? length : ipLength, Header);
        }
        int payload = at + Header, payloadLength = length - Header;
        switch (destination)
        {
            case 4789 or 8472:
                Vxlan(payload);
                return;
            case 6081:
                Geneve(payload);
                return;
        }
        FrameContent content = ContentOf(source, destination);
        if (content == FrameContent.Other)
            return;
        _layers.Content = content;
        _layers.Message = payload;
        _layers.MessageLength = payloadLength;
        _layers.MessageCaptured = Math.Min(Math.Min(payloadLength, Math.Max(ipLength - Header, 0)),
            _bytes.Length - payload);
        _layers.IsTruncated |= _layers.MessageCaptured < payloadLength;
        Checksum(at, length);
    }

    private static FrameContent ContentOf(int source, int destination) => (source, destination) switch
    {
        (67 or 68, _) or (_, 67 or 68) => FrameContent.Dhcp,
        (546 or 547, _) or (_, 546 or 547) => FrameContent.Dhcp6,
        _ => FrameContent.Other,
    };

    private void Checksum(int at, int length)
    {
        int stated = UInt16(at + 6);
        if (stated == 0)
            _layers.Checksum = UdpChecksum.None;
        else if (!_layers.IsFragment && !_layers.IsSourceRouted && at + length <= _bytes.Length)
        {
            uint pseudo = InternetChecksum.PseudoHeader(_bytes, _layers.Ip, _layers.IpVersion, length);
            bool isGood = InternetChecksum.Fold(pseudo + InternetChecksum.Sum(_bytes.Slice(at, length))) == 0xffff;
            _layers.Checksum = isGood ? UdpChecksum.Good : UdpChecksum.Bad;
            _layers.IsChecksumPartial = !isGood && InternetChecksum.Fold(pseudo) == stated;
        }
    }

    /// <summary>GRE version 0 (RFC 2784, RFC 2890): checksum, key and sequence number are optional.</summary>
    private void GenericRouting(int at)
    {
        if (!Has(at, 4))
            return;
        int flags = UInt16(at), type = UInt16(at + 2);
        const int WithChecksum = 0x8000, WithRouting = 0x4000, WithKey = 0x2000, WithSequence = 0x1000, Version = 7;
        if ((flags & Version) != 0)
            return;                                     // version 1 is PPTP's
        if ((flags & WithRouting) != 0)
        {
            Issue("GRE with source routing");
            return;
        }
        at += (flags & WithChecksum) != 0 ? 8 : 4;
        long key = FrameLayers.None;
        if ((flags & WithKey) != 0)
        {
            if (!Has(at, 4))
                return;
            key = BinaryPrimitives.ReadUInt32BigEndian(_bytes[at..]);
            at += 4;
        }
        at += (flags & WithSequence) != 0 ? 4 : 0;
        Inside(TunnelKind.Gre, key, type, at);
    }

    /// <summary>VXLAN (RFC 7348).</summary>
    private void Vxlan(int at)
    {
        if (!Has(at, 8))
            return;
        if ((_bytes[at] & 0x08) == 0)
            Issue("VXLAN without the flag that its VNI is valid");
        else
            Inside(TunnelKind.Vxlan, BinaryPrimitives.ReadUInt32BigEndian(_bytes[(at + 4)..]) >> 8,
                TransparentEthernet, at + 8);
    }

    /// <summary>Geneve (RFC 8926).</summary>
    private void Geneve(int at)
    {
        if (!Has(at, 8))
            return;
        if (_bytes[at] >> 6 != 0)
            return;
        int options = (_bytes[at] & 0x3f) * 4;
        long key = BinaryPrimitives.ReadUInt32BigEndian(_bytes[(at + 4)..]) >> 8;
        Inside(TunnelKind.Geneve, key, UInt16(at + 2), at + 8 + options);
    }

    private const int TransparentEthernet = 0x6558;

    private void Inside(TunnelKind kind, long key, int type, int at)
    {
        if (_layers.TunnelCount >= MaximumDepth)
        {
            Issue($"more than {MaximumDepth} tunnels inside each other");
            return;
        }
        _layers.Enter(kind, key);
        if (type == TransparentEthernet)
            Ethernet(at);
        else
            EtherType(type, at);
    }

    /// <summary>Whether so many bytes are there; if not, the frame was cut, or lies.</summary>
    private bool Has(int at, int count)
    {
        if (at + count <= _bytes.Length)
            return true;
        _layers.IsTruncated = true;
        return false;
    }

    private readonly int UInt16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_bytes[at..]);

    private void Issue(string text) => _layers.Issue ??= text;
}
