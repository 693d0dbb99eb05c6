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

/// <summary>One message of a client and what became of it.</summary>
/// <param name="Name"><c>DISCOVER</c>, <c>REQUEST</c> or <c>renewal</c>.</param>
/// <param name="Asked">The message.</param>
/// <param name="Answer">What the server does.</param>
/// <param name="Objection">Why the client leaves the answer aside; empty when it does not.</param>
internal sealed record LeaseStep(string Name, DhcpClientMessage Asked, DnsmasqAnswer Answer, string Objection)
{
    /// <summary>How it ends with this message; Leased where the client goes on.</summary>
    public LeaseOutcome Outcome => Answer.Kind switch
    {
        DnsmasqAnswerKind.Unknown => LeaseOutcome.Unknown,
        DnsmasqAnswerKind.None => LeaseOutcome.NoAnswer,
        _ when Objection.Length > 0 => LeaseOutcome.LeftAside,
        DnsmasqAnswerKind.Nak => LeaseOutcome.Refused,
        _ => LeaseOutcome.Leased,
    };
}

/// <summary>A client's four messages with dnsmasq (DISCOVER, OFFER, REQUEST, ACK), and the renewal after them
/// (RFC 2131, 3.1 and 4.4.5).</summary>
/// <param name="Client">The client.</param>
/// <param name="Steps">Its messages, as far as it comes.</param>
internal sealed record LeaseExchange(DhcpClientProgram Client, IReadOnlyList<LeaseStep> Steps)
{
    private const int Messages = 3;

    private LeaseStep Last => Steps[^1];

    /// <summary>How it ends.</summary>
    public LeaseOutcome Outcome => Steps.Count == Messages && Last.Outcome is not (LeaseOutcome.Leased
        or LeaseOutcome.Unknown) ? LeaseOutcome.NotRenewed : Last.Outcome;
    /// <summary>Whether the client gets a lease.</summary>
    public bool IsLeased => Outcome is LeaseOutcome.Leased or LeaseOutcome.NotRenewed;
    /// <summary>Which message it ended with.</summary>
    public string Asked => Last.Name;
    /// <summary>Why it did not end well, in the server's or the client's words; empty otherwise.</summary>
    public string Reason => Last.Objection.Length > 0 ? Last.Objection : Last.Answer.Reason;
    /// <summary>The answer that decides: the ACK to the first REQUEST where there was one.</summary>
    public DnsmasqAnswer Answer => Steps.Count == Messages ? Steps[1].Answer : Last.Answer;

    /// <summary>Lets a client ask a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="state">What it holds in memory.</param>
    /// <param name="now">The time, in seconds since 1970.</param>
    /// <param name="client">The client.</param>
    /// <param name="discover">Its first message.</param>
    public static LeaseExchange Of(
        DnsmasqServer server, DnsmasqState state, long now, DhcpClientProgram client, DhcpClientMessage discover)
    {
        List<LeaseStep> steps = [];
        // Null: the client does not go on.
        DhcpReply? Ask(string name, DhcpClientMessage message, DnsmasqState held, uint chosen)
        {
            DnsmasqAnswer answer = server.Answer(message, held, now);
            DhcpReply? reply = DhcpReply.Of(answer, message);
            steps.Add(new(name, message, answer, reply is null ? "" : client.Objection(reply, message, chosen)));
            return steps[^1].Outcome == LeaseOutcome.Leased ? reply : null;
        }

        if (Ask("DISCOVER", discover, state, 0) is { } offer
            && Ask("REQUEST", DhcpClientProgram.Select(discover, offer), steps[0].Answer.After, offer.Server)
                is { } acknowledged)
            Ask("renewal", DhcpClientProgram.Renew(discover, acknowledged), Holding(steps[1].Answer, discover),
                offer.Server);
        return new(client, steps);
    }

    // Where its leases are not known, the one that it has just given is.
    private static DnsmasqState Holding(DnsmasqAnswer acknowledged, DhcpClientMessage discover) =>
        acknowledged.After.KnowsLeases ? acknowledged.After : acknowledged.After with
        {
            KnowsLeases = true,
            Leases = [new(acknowledged.Address, discover.HardwareAddress, discover.Option(DhcpCode.ClientId),
                0, "", false)],
        };
}
