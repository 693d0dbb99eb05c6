using System.Buffers.Binary;
using QuantumNet.Simulation.Dnsmasq;

namespace QuantumNet.Simulation.Client;

/// <summary>A server's answer as it reaches the client (RFC 2131, 2 and 4.3).</summary>
internal sealed record DhcpReply
{
    /// <summary>OFFER, ACK or NAK.</summary>
    public required DhcpMessageType Type { get; init; }
    /// <summary>Transaction id (xid).</summary>
    public uint TransactionId { get; init; }
    /// <summary>The client's hardware address (chaddr), six bytes.</summary>
    public required byte[] HardwareAddress { get; init; }
    /// <summary>The address given (yiaddr); 0 for none.</summary>
    public uint Address { get; init; }
    /// <summary>Whether the UDP checksum is there and wrong. One of zero, or one that the kernel says is not filled in
    /// yet, is not.</summary>
    public bool HasBadChecksum { get; init; }
    /// <summary>Its options, without option 53.</summary>
    public IReadOnlyList<DhcpReplyOption> Options { get; init; } = [];

    /// <summary>Option 54, the server; 0 when there is none.</summary>
    public uint Server => Number(DhcpCode.ServerIdentifier) ?? 0;
    /// <summary>Option 51, the lease time in seconds; null when there is none.</summary>
    public uint? LeaseSeconds => Number(DhcpCode.LeaseTime);

    /// <summary>dnsmasq's answer to a message; null when it gives none.</summary>
    public static DhcpReply? Of(DnsmasqAnswer answer, DhcpClientMessage asked) => TypeOf(answer.Kind) is { } type
        ? new()
        {
            Type = type, TransactionId = asked.TransactionId, HardwareAddress = asked.HardwareAddress,
            Address = answer.Address, Options = answer.Options,
        } : null;

    /// <summary>Whether it has an option of that code.</summary>
    public bool Has(int code) => Options.Any(option => option.Code == code);

    private static DhcpMessageType? TypeOf(DnsmasqAnswerKind kind) => kind switch
    {
        DnsmasqAnswerKind.Offer => DhcpMessageType.Offer,
        DnsmasqAnswerKind.Ack => DhcpMessageType.Ack,
        DnsmasqAnswerKind.Nak => DhcpMessageType.Nak,
        _ => null,
    };

    private uint? Number(int code) => Options.FirstOrDefault(option => option.Code == code)?.Value is { Length: >= 4 }
        value ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;
}
