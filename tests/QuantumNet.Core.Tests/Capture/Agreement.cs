using System.Globalization;

namespace QuantumNet.Core.Tests.Capture;

/// <summary>Holds what was decoded against what tshark and tcpdump say of the same capture.</summary>
internal static class Agreement
{
    public static void WithTshark(string file, IReadOnlyList<DhcpPacket> packets)
    {
        List<Tshark> theirs = Tshark.Read(file);
        Assert.Equal(theirs.Count, packets.Count);
        for (int i = 0; i < packets.Count; i++)
            SamePacket(theirs[i], packets[i]);
    }

    private static void SamePacket(Tshark theirs, DhcpPacket ours)
    {
        Assert.Equal(theirs.Last("frame.number"), Text(ours.FrameNumber));
        Assert.Equal(theirs.Last("dhcp.id"), ours.TransactionId);
        Assert.Equal(theirs.Last("dhcp.hw.mac_addr"), ours.Mac);
        Assert.Equal(theirs.Last("dhcp.ip.your"), OrZero(ours.IpAddress));
        Assert.Equal(theirs.Last("dhcp.ip.client"), OrZero(ours.ClientAddress));
        Assert.Equal(theirs.Last("dhcp.ip.server"), OrZero(ours.NextServer));
        Assert.Equal(theirs.Last("dhcp.ip.relay"), OrZero(ours.RelayAddress));
        Assert.Equal(theirs.Last("dhcp.option.dhcp"), ours.Type == DhcpMessageType.None ? "" : Text((int)ours.Type));
        Assert.Equal(theirs.Last("dhcp.option.dhcp_server_id"), ours.ServerId);
        Assert.Equal(theirs.Last("dhcp.option.requested_ip_address"), ours.RequestedAddress);
        Assert.Equal(theirs.Last("dhcp.option.ip_address_lease_time"),
            ours.LeaseSeconds is { } lease ? Text(lease) : "");
        Assert.Equal(theirs.Last("eth.src"), ours.SourceMac);
        Assert.Equal(theirs.Last("eth.dst"), ours.DestinationMac);
        Assert.Equal(theirs.Last("ip.src"), ours.SourceAddress);
        Assert.Equal(theirs.Last("ip.dst"), ours.DestinationAddress);
        Assert.Equal(theirs.Last("frame.len"), Text(ours.Length));
        Assert.Equal(theirs.Last("udp.length"), Text(ours.MessageLength + 8));
        Assert.Equal(Key(theirs), ours.TunnelKey is { } key ? Text(key) : "");
        Assert.Equal(Vlans(theirs), ours.OuterVlans.Concat(ours.Vlans).Select(id => Text(id)).Order());
        Assert.Equal(ChecksumOf(theirs), ours.Checksum);
        Assert.Equal(theirs.All("dhcp.option.type").Where(code => code is not ("255" or "0")),
            ours.Options.Select(option => Text(option.Code)));
    }

    /// <summary>udp.checksum.status: 0 bad, 1 good, 2 unverified (truncated), 3 not present;
    /// tshark leaves the bytes of a zero checksum to see.</summary>
    private static UdpChecksum ChecksumOf(Tshark theirs) =>
        (theirs.Last("udp.checksum.status"), theirs.Last("udp.checksum")) switch
        {
            (_, "0x0000") => UdpChecksum.None,
            ("1", _) => UdpChecksum.Good,
            ("0", _) => UdpChecksum.Bad,
            _ => UdpChecksum.Unknown,
        };

    /// <summary>802.1ad's tags and 802.1Q's are two fields of tshark, so that their order among each
    /// other is lost.</summary>
    private static IEnumerable<string> Vlans(Tshark theirs) =>
        theirs.All("vlan.id").Concat(theirs.All("ieee8021ad.id")).Order();

    private static string Key(Tshark theirs)
    {
        string key = theirs.Last("vxlan.vni") is { Length: > 0 } vni ? vni
            : theirs.Last("geneve.vni") is { Length: > 0 } geneve ? geneve : theirs.Last("gre.key");
        return key.StartsWith("0x", StringComparison.Ordinal)
            ? Text(long.Parse(key.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)) : key;
    }

    public static void WithTcpdump(string file, IReadOnlyList<DhcpPacket> packets)
    {
        List<string> theirs = DhcpBlocks(Tool.Run("tcpdump", "-nvv", "-e", "-tt", "-r", file));
        Assert.Equal(theirs.Count, packets.Count);
        for (int i = 0; i < packets.Count; i++)
            SamePacket(theirs[i], packets[i]);
    }

    private static void SamePacket(string theirs, DhcpPacket ours)
    {
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture,
            $"{ours.TimeNanoseconds / 1_000_000_000}.{ours.TimeNanoseconds / 1000 % 1_000_000:d6} "), theirs);
        Assert.Contains($"xid 0x{ours.TransactionId.AsSpan(2).TrimStart('0')}", theirs);
        Assert.Contains($"Client-Ethernet-Address {ours.Mac}", theirs);
        Assert.Contains($"BOOTP/DHCP, {(ours.Direction == DhcpDirection.Request ? "Request" : "Reply")}", theirs);
        Assert.Contains($"{ours.SourceAddress}.{ours.SourcePort} > {ours.DestinationAddress}.{ours.DestinationPort}: ",
            theirs);
        Assert.Contains($"Flags [{(ours.IsBroadcast ? "Broadcast" : "none")}] (0x{ours.Flags:x4})", theirs);
        Present("Your-IP", ours.IpAddress, theirs);
        Present("Client-IP", ours.ClientAddress, theirs);
        Present("Server-IP", ours.NextServer, theirs);
        Present("Gateway-IP", ours.RelayAddress, theirs);
        Present("Server-ID (54), length 4:", ours.ServerId, theirs);
        Present("Requested-IP (50), length 4:", ours.RequestedAddress, theirs);
        Present("Lease-Time (51), length 4:", ours.LeaseSeconds is { } lease ? Text(lease) : "", theirs);
        Assert.Contains($"DHCP-Message (53), length 1: {TypeName(ours.Type)}", theirs);
        string innermost = theirs.Split('\n').Last(line => line.Contains("BOOTP/DHCP", StringComparison.Ordinal));
        Assert.Equal(ours.Checksum == UdpChecksum.Good, innermost.Contains("[udp sum ok]", StringComparison.Ordinal));
        Assert.Equal(ours.Checksum == UdpChecksum.Bad, innermost.Contains("[bad udp cksum ", StringComparison.Ordinal));
        Assert.Equal(ours.Checksum == UdpChecksum.None, innermost.Contains("[no cksum]", StringComparison.Ordinal));
        foreach (DhcpOption option in ours.Options)
            Assert.Contains($" ({option.Code}), length {option.Length}", theirs);
        if (ours.TunnelKey is { } key)
            Assert.True(theirs.Contains($"key=0x{key:x},") || theirs.Contains($"vni {key}")
                || theirs.Contains($"vni 0x{key:x}"), theirs);
        foreach (int vlan in ours.Vlans)
            Assert.Contains($"vlan {vlan}, ", theirs);
    }

    private static string TypeName(DhcpMessageType type) => type switch
    {
        DhcpMessageType.Ack => "ACK",
        DhcpMessageType.Nak => "NACK",
        _ => type.ToString(),
    };

    private static void Present(string label, string value, string text)
    {
        if (value.Length > 0)
            Assert.Contains($"{label} {value}", text);
        else
            Assert.DoesNotContain($"\t  {label}", text);
    }

    /// <summary>tcpdump's text of each DHCP packet: one line that begins with its time,
    /// and the lines behind it.</summary>
    private static List<string> DhcpBlocks(string output)
    {
        List<string> blocks = [];
        foreach (string line in output.Split('\n'))
        {
            if (line.AsSpan().TrimStart("0123456789").StartsWith(".") && char.IsAsciiDigit(line[0]))
                blocks.Add(line);
            else if (blocks.Count > 0)
                blocks[^1] += "\n" + line;
        }
        return blocks.FindAll(block => block.Contains("BOOTP/DHCP", StringComparison.Ordinal));
    }

    private static string OrZero(string address) => address.Length == 0 ? "0.0.0.0" : address;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
