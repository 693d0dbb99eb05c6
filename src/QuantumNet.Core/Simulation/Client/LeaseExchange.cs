using QuantumNet.Simulation.Dnsmasq;

namespace QuantumNet.Simulation.Client;

/// <summary>How a client and a server end up.</summary>
internal enum LeaseOutcome
{
    /// <summary>What the server does is not known.</summary>
    Unknown,
    /// <summary>The client has its lease, and could renew it.</summary>
    Leased,
    /// <summary>It got the lease, and a renewal would be refused or left without an answer.</summary>
    NotRenewed,
    /// <summary>The server gives no answer.</summary>
    NoAnswer,
    /// <summary>The server refuses (NAK).</summary>
    Refused,
    /// <summary>The server answers, and the client leaves it aside.</summary>
    LeftAside,
}

/// <summary>A client's four messages with dnsmasq (DISCOVER, OFFER, REQUEST, ACK), and the renewal after them
/// (RFC 2131, 3.1 and 4.4.5).</summary>
internal sealed record LeaseExchange
{
    /// <summary>The client.</summary>
    public required DhcpClientProgram Client { get; init; }
    /// <summary>How it ends.</summary>
    public required LeaseOutcome Outcome { get; init; }
    /// <summary>Whether the client gets a lease.</summary>
    public bool IsLeased => Outcome is LeaseOutcome.Leased or LeaseOutcome.NotRenewed;
    /// <summary>Which message it ended with: <c>DISCOVER</c>, <c>REQUEST</c>, <c>renewal</c>.</summary>
    public required string Asked { get; init; }
    /// <summary>Why it did not end well, in the server's or the client's words; empty otherwise.</summary>
    public string Reason { get; init; } = "";
    /// <summary>The answer that decides: the ACK to the first REQUEST where there was one.</summary>
    public required DnsmasqAnswer Answer { get; init; }

    /// <summary>Lets a client ask a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="state">What it holds in memory.</param>
    /// <param name="now">The time, in seconds since 1970.</param>
    /// <param name="client">The client.</param>
    /// <param name="discover">Its first message.</param>
    public static LeaseExchange Of(
        DnsmasqServer server, DnsmasqState state, long now, DhcpClientProgram client, DhcpClientMessage discover)
    {
        DnsmasqAnswer offered = server.Answer(discover, state, now);
        if (Failed(client, "DISCOVER", discover, offered, 0) is { } withoutOffer)
            return withoutOffer;
        DhcpReply offer = DhcpReply.Of(offered, discover)!;
        DhcpClientMessage select = DhcpClientProgram.Select(discover, offer);
        DnsmasqAnswer acknowledged = server.Answer(select, offered.After, now);
        if (Failed(client, "REQUEST", select, acknowledged, offer.Server) is { } withoutLease)
            return withoutLease;
        DhcpReply ack = DhcpReply.Of(acknowledged, select)!;
        DhcpClientMessage renew = DhcpClientProgram.Renew(discover, ack);
        DnsmasqAnswer renewed = server.Answer(renew, Holding(acknowledged, discover), now);
        return Failed(client, "renewal", renew, renewed, offer.Server) is { } failed
            ? failed with { Outcome = failed.Outcome == LeaseOutcome.Unknown ? LeaseOutcome.Unknown
                : LeaseOutcome.NotRenewed, Answer = acknowledged }
            : new() { Client = client, Outcome = LeaseOutcome.Leased, Asked = "renewal", Answer = acknowledged };
    }

    // Where its leases are not known, the one that it has just given is.
    private static DnsmasqState Holding(DnsmasqAnswer acknowledged, DhcpClientMessage discover) =>
        acknowledged.After.KnowsLeases ? acknowledged.After : acknowledged.After with
        {
            KnowsLeases = true,
            Leases = [new(acknowledged.Address, discover.HardwareAddress, discover.Option(DhcpCode.ClientId),
                0, "", false)],
        };

    // Null: the client goes on.
    private static LeaseExchange? Failed(
        DhcpClientProgram client, string name, DhcpClientMessage asked, DnsmasqAnswer answer, uint server)
    {
        LeaseExchange End(LeaseOutcome outcome, string reason) =>
            new() { Client = client, Outcome = outcome, Asked = name, Reason = reason, Answer = answer };
        if (answer.Kind == DnsmasqAnswerKind.Unknown)
            return End(LeaseOutcome.Unknown, answer.Reason);
        if (DhcpReply.Of(answer, asked) is not { } reply)
            return End(LeaseOutcome.NoAnswer, answer.Reason);
        string objection = client.Objection(reply, asked, server);
        return objection.Length > 0 ? End(LeaseOutcome.LeftAside, objection)
            : reply.Type == DhcpMessageType.Nak ? End(LeaseOutcome.Refused, answer.Reason) : null;
    }
}
