namespace QuantumNet;

/// <summary>What a DHCP message is for: option 53 of DHCPv4 by its number (RFC 2132 and later),
/// DHCPv6 types from 1000 (RFC 8415).</summary>
public enum DhcpMessageType
{
    /// <summary>BOOTP without option 53, or cut off before it.</summary>
    None = 0,
    /// <summary>The client looks for servers.</summary>
    Discover = 1,
    /// <summary>A server offers an address.</summary>
    Offer = 2,
    /// <summary>The client takes an offer, or renews.</summary>
    Request = 3,
    /// <summary>The client found the address in use.</summary>
    Decline = 4,
    /// <summary>The server confirms.</summary>
    Ack = 5,
    /// <summary>The server refuses.</summary>
    Nak = 6,
    /// <summary>The client gives the address back.</summary>
    Release = 7,
    /// <summary>The client asks for settings only.</summary>
    Inform = 8,
    /// <summary>The server asks the client to renew (RFC 3203).</summary>
    ForceRenew = 9,
    /// <summary>A relay asks about a lease (RFC 4388).</summary>
    LeaseQuery = 10,
    /// <summary>No lease for that address.</summary>
    LeaseUnassigned = 11,
    /// <summary>The server knows nothing of it.</summary>
    LeaseUnknown = 12,
    /// <summary>The lease is active.</summary>
    LeaseActive = 13,
    /// <summary>A type not in this list; option 53 shows its number.</summary>
    Other = 255,
    /// <summary>DHCPv6: the client looks for servers.</summary>
    Solicit6 = 1001,
    /// <summary>DHCPv6: a server answers.</summary>
    Advertise6 = 1002,
    /// <summary>DHCPv6: the client takes an address.</summary>
    Request6 = 1003,
    /// <summary>DHCPv6: is the address still right.</summary>
    Confirm6 = 1004,
    /// <summary>DHCPv6: renewal by the same server.</summary>
    Renew6 = 1005,
    /// <summary>DHCPv6: renewal by any server.</summary>
    Rebind6 = 1006,
    /// <summary>DHCPv6: the server's answer.</summary>
    Reply6 = 1007,
    /// <summary>DHCPv6: the client gives the address back.</summary>
    Release6 = 1008,
    /// <summary>DHCPv6: the client found the address in use.</summary>
    Decline6 = 1009,
    /// <summary>DHCPv6: the server asks the client to renew.</summary>
    Reconfigure6 = 1010,
    /// <summary>DHCPv6: the client asks for settings only.</summary>
    InformationRequest6 = 1011,
    /// <summary>DHCPv6: a relay passes a client's message on.</summary>
    RelayForward6 = 1012,
    /// <summary>DHCPv6: a server answers through a relay.</summary>
    RelayReply6 = 1013,
    /// <summary>DHCPv6: a type not in this list.</summary>
    Other6 = 1255,
}

/// <summary>What a packet's UDP checksum says.</summary>
public enum UdpChecksum
{
    /// <summary>Cannot be determined: the packet was cut, fragmented or source-routed.</summary>
    Unknown,
    /// <summary>Right.</summary>
    Good,
    /// <summary>Wrong: receivers drop the packet.</summary>
    Bad,
    /// <summary>Zero: the sender made none.</summary>
    None,
}

/// <summary>One DHCP option.</summary>
public sealed record DhcpOption
{
    /// <summary>Its number.</summary>
    public int Code { get; init; }
    /// <summary>Its name, as dnsmasq calls it where dnsmasq has one.</summary>
    public string Name { get; init; } = "";
    /// <summary>Its value as text; pieces of a long option (RFC 3396) are joined.</summary>
    public string Value { get; init; } = "";
    /// <summary>Bytes of its value.</summary>
    public int Length { get; init; }
    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Code}): {Value}";
}

/// <summary>One DHCP message, as it was captured.</summary>
public sealed record DhcpPacket : IComparable
{
    private DhcpOption[]? _options;

    /// <summary>The file it was read from; empty when it came over the wire.</summary>
    public string Path { get; init; } = "";
    /// <summary>Its number in the capture, from 1.</summary>
    public long FrameNumber { get; init; }
    /// <summary>When it was captured, UTC, to 100 ns.</summary>
    public DateTime Time { get; init; }
    /// <summary>When it was captured: nanoseconds since 1970, UTC.</summary>
    public long TimeNanoseconds { get; init; }
    /// <summary>The interface it was captured on, where the capture tells: a name, or the kernel's index.</summary>
    public string Interface { get; init; } = "";
    /// <summary>What it is for.</summary>
    public DhcpMessageType Type { get; init; }
    /// <summary>Which way it goes, by its op field.</summary>
    public DhcpDirection Direction { get; init; }
    /// <summary>The transaction id, <c>0xed2f1d2d</c>.</summary>
    public string TransactionId { get; init; } = "";
    /// <summary>The client's MAC (chaddr); of another hardware type, its bytes.</summary>
    public string Mac { get; init; } = "";
    /// <summary>The address the server gives (yiaddr); empty when none.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>The address the client has already (ciaddr); empty when none.</summary>
    public string ClientAddress { get; init; } = "";
    /// <summary>The server to boot from next (siaddr); empty when none.</summary>
    public string NextServer { get; init; } = "";
    /// <summary>The relay (giaddr); empty when none.</summary>
    public string RelayAddress { get; init; } = "";
    /// <summary>Whether the client asks for a broadcast reply.</summary>
    public bool IsBroadcast { get; init; }
    /// <summary>The flags field.</summary>
    public int Flags { get; init; }
    /// <summary>Seconds since the client began.</summary>
    public int SecondsElapsed { get; init; }
    /// <summary>The server that speaks or is meant (option 54); empty when not told.</summary>
    public string ServerId { get; init; } = "";
    /// <summary>The address the client wants (option 50); empty when not told.</summary>
    public string RequestedAddress { get; init; } = "";
    /// <summary>Lease time (option 51); null when not told.</summary>
    public long? LeaseSeconds { get; init; }
    /// <summary>MAC it was sent from.</summary>
    public string SourceMac { get; init; } = "";
    /// <summary>MAC it was sent to.</summary>
    public string DestinationMac { get; init; } = "";
    /// <summary>Address it was sent from.</summary>
    public string SourceAddress { get; init; } = "";
    /// <summary>Address it was sent to.</summary>
    public string DestinationAddress { get; init; } = "";
    /// <summary>UDP port it was sent from.</summary>
    public int SourcePort { get; init; }
    /// <summary>UDP port it was sent to.</summary>
    public int DestinationPort { get; init; }
    /// <summary>VLANs it stands in, outer first; those of a tunnel's outer frame are
    /// in <see cref="OuterVlans"/>.</summary>
    public int[] Vlans { get; init; } = [];
    /// <summary>What it is wrapped in, outer first: <c>gre</c>, <c>vxlan</c>, <c>geneve</c>, <c>gre/vxlan</c>;
    /// empty when in nothing.</summary>
    public string Encapsulation { get; init; } = "";
    /// <summary>GRE key or VNI of the innermost tunnel; null when there is none.</summary>
    public long? TunnelKey { get; init; }
    /// <summary>The tunnel's sender; empty when there is none.</summary>
    public string OuterSource { get; init; } = "";
    /// <summary>The tunnel's receiver; empty when there is none.</summary>
    public string OuterDestination { get; init; } = "";
    /// <summary>VLANs of the tunnel's outer frame.</summary>
    public int[] OuterVlans { get; init; } = [];
    /// <summary>What its UDP checksum says.</summary>
    public UdpChecksum Checksum { get; init; }
    /// <summary>Whether a bad checksum is the unfinished one that checksum offload leaves to a NIC:
    /// normal where the sender itself captures, fatal where the receiver gets it so.</summary>
    public bool IsChecksumPartial { get; init; }
    /// <summary>Bytes on the wire.</summary>
    public int Length { get; init; }
    /// <summary>Bytes of the UDP payload: the DHCP message.</summary>
    public int MessageLength { get; init; }
    /// <summary>Whether part of it was not captured.</summary>
    public bool IsTruncated { get; init; }
    /// <summary>What is wrong with it, in words; empty when nothing is.</summary>
    public string[] Issues { get; init; } = [];

    /// <summary>Its options, in the order of their first appearance.</summary>
    public DhcpOption[] Options
    {
        get => _options ??= Message?.Options() ?? [];
        init => _options = value;
    }

    /// <summary>The message's bytes, for options read when somebody asks.</summary>
    internal DhcpMessage? Message { get; init; }

    /// <summary>By time.</summary>
    public int CompareTo(object? obj) =>
        obj is not DhcpPacket other ? 1 : TimeNanoseconds.CompareTo(other.TimeNanoseconds);

    /// <inheritdoc/>
    public override string ToString() => $"{Type} {Mac} {TransactionId} {SourceAddress} > {DestinationAddress}";
}

/// <summary>One ARP message for IPv4 over Ethernet, as it was captured.</summary>
public sealed record ArpPacket
{
    /// <summary>The file it was read from; empty when it came over the wire.</summary>
    public string Path { get; init; } = "";
    /// <summary>Its number in the capture, from 1.</summary>
    public long FrameNumber { get; init; }
    /// <summary>When it was captured, UTC, to 100 ns.</summary>
    public DateTime Time { get; init; }
    /// <summary>Request (1), reply (2) or another operation.</summary>
    public int Operation { get; init; }
    /// <summary>Who speaks.</summary>
    public string SenderMac { get; init; } = "";
    /// <summary>Who speaks.</summary>
    public string SenderAddress { get; init; } = "";
    /// <summary>Who is meant; zeros in a request.</summary>
    public string TargetMac { get; init; } = "";
    /// <summary>Who is meant.</summary>
    public string TargetAddress { get; init; } = "";
    /// <summary>VLANs it stands in, outer first.</summary>
    public int[] Vlans { get; init; } = [];
    /// <summary>What it is wrapped in, outer first; empty when in nothing.</summary>
    public string Encapsulation { get; init; } = "";
    /// <summary>GRE key or VNI of the innermost tunnel; null when there is none.</summary>
    public long? TunnelKey { get; init; }
    /// <summary>Whether part of it was not captured.</summary>
    public bool IsTruncated { get; init; }
    /// <inheritdoc/>
    public override string ToString() => $"ARP {Operation} {SenderAddress} ({SenderMac}) > {TargetAddress}";
}

/// <summary>A DHCP message as captured: its options are read when somebody asks.</summary>
internal abstract class DhcpMessage
{
    /// <summary>How many of its bytes were captured.</summary>
    public abstract int Length { get; }

    /// <summary>All options, in the order of their first appearance.</summary>
    public abstract DhcpOption[] Options();
}
