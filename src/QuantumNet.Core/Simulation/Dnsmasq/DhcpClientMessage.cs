using System.Buffers.Binary;

namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>What a DHCP client sends (RFC 2131, 4.4), as it arrives at the server:
/// over Ethernet, after all hops.</summary>
internal sealed record DhcpClientMessage
{
    /// <summary>DISCOVER, REQUEST, DECLINE, RELEASE or INFORM.</summary>
    public required DhcpMessageType Type { get; init; }
    /// <summary>The server's device that it arrives on.</summary>
    public required string Device { get; init; }
    /// <summary>The client's hardware address (chaddr), six bytes.</summary>
    public required byte[] HardwareAddress { get; init; }
    /// <summary>Transaction id (xid).</summary>
    public uint TransactionId { get; init; }
    /// <summary>The address that the client says it has (ciaddr); 0 for none.</summary>
    public uint ClientAddress { get; init; }
    /// <summary>The relay's address (giaddr); 0 for none.</summary>
    public uint RelayAddress { get; init; }
    /// <summary>Whether the client asks for a broadcast answer (flags, highest bit).</summary>
    public bool AsksForBroadcast { get; init; }
    /// <summary>Whether it is sent to the server's own address, as renewals are, not to 255.255.255.255.</summary>
    public bool IsUnicast { get; init; }
    /// <summary>Its options by code, without option 53.</summary>
    public IReadOnlyDictionary<int, byte[]> Options { get; init; } = new Dictionary<int, byte[]>();

    /// <summary>Option 50, the address that it asks for; null when it asks for none.</summary>
    public uint? RequestedAddress => Number(DhcpCode.RequestedAddress);
    /// <summary>Option 54, the server that it speaks to; null when it names none.</summary>
    public uint? ServerIdentifier => Number(DhcpCode.ServerIdentifier);
    /// <summary>Option 51, the lease time that it asks for, in seconds; null when it asks for none.</summary>
    public uint? LeaseSeconds => Number(DhcpCode.LeaseTime);
    /// <summary>Option 55, the options that it asks for; null when it has no such list.</summary>
    public byte[]? RequestedOptions => Options.GetValueOrDefault(DhcpCode.RequestedOptions);

    /// <summary>An option of at least so many bytes; null when there is none.</summary>
    public byte[]? Option(int code, int minimumLength = 1) =>
        Options.TryGetValue(code, out byte[]? value) && value.Length >= minimumLength ? value : null;

    private uint? Number(int code) =>
        Option(code, 4) is { } value ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;
}

/// <summary>Option codes that dnsmasq gives a meaning (RFC 2132; dnsmasq's dhcp-protocol.h).</summary>
internal static class DhcpCode
{
    public const int Pad = 0, Netmask = 1, Router = 3, DnsServer = 6, HostName = 12, DomainName = 15, Broadcast = 28,
        VendorEncapsulated = 43, RequestedAddress = 50, LeaseTime = 51, Overload = 52, MessageType = 53,
        ServerIdentifier = 54, RequestedOptions = 55, Message = 56, MaximumSize = 57, T1 = 58, T2 = 59,
        VendorClass = 60, ClientId = 61, ServerName = 66, FileName = 67, UserClass = 77, RapidCommit = 80,
        ClientName = 81, AgentId = 82, Architecture = 93, SubnetSelection = 118, DomainSearch = 119, SipServer = 120,
        VendorIdentifying = 124, VendorIdentifyingOptions = 125, End = 255;
}
