namespace QuantumNet.Observations.Captures;

/// <summary>One transaction, with what verdicts need besides what a user sees.</summary>
/// <param name="Seen">What the user sees.</param>
/// <param name="Way">The way it was followed on: the one it came farthest on.</param>
/// <param name="Messages">All its sightings, by aligned time.</param>
/// <param name="LastRequest">The client's last message; null when only answers were seen.</param>
/// <param name="Request">How far that came.</param>
/// <param name="Answer">What the server said to it; null when nothing was seen, or nothing was to be said.</param>
/// <param name="Reply">How far that came.</param>
internal sealed record TracedTransaction(
    DhcpTraceTransaction Seen, TraceWay? Way, IReadOnlyList<(DhcpPacketObservation Packet, long Time)> Messages,
    DhcpMessageType? LastRequest, TraceProgress Request, DhcpMessageType? Answer, TraceProgress Reply)
{
    /// <summary>Whether all hops were listened at while it ran, or it came to its end all the same.</summary>
    public bool IsJudged => Seen.IsComplete || Way is not null;

    /// <summary>Whether an answer is due.</summary>
    public bool WantsAnswer => LastRequest is DhcpMessageType.Discover or DhcpMessageType.Request
        or DhcpMessageType.Inform or DhcpMessageType.None;
}

/// <summary>Follows each transaction over all hops, in both directions.</summary>
internal sealed class TraceFollower
{
    private readonly Dictionary<string, long> _offsets;
    private readonly List<TraceWay> _ways;
    private readonly TraceWindow _window;

    public TraceFollower(IReadOnlyList<TraceWay> ways, IEnumerable<DhcpTraceClock> clocks, TraceWindow window)
    {
        _ways = [.. ways];
        _window = window;
        _offsets = clocks.ToDictionary(clock => clock.ComputerName, clock => (long)(clock.OffsetSeconds * 1e9));
    }

    /// <summary>The transactions, in order of time.</summary>
    public List<TracedTransaction> Follow(IReadOnlyList<DhcpPacketObservation> observations) =>
    [
        .. observations.GroupBy(one => (one.TransactionId, one.Mac))
            .Select(group => Follow([.. group.Select(one => (one, Aligned(one))).OrderBy(pair => pair.Item2)]))
            .OrderBy(one => one.Seen.Time),
    ];

    private long Aligned(DhcpPacketObservation one) =>
        one.TimeNanoseconds - _offsets.GetValueOrDefault(one.ComputerName);

    private TracedTransaction Follow(List<(DhcpPacketObservation Packet, long Time)> messages)
    {
        TracedTransaction whole = Follow(messages, messages);
        (double from, double until) = _window.Settled([.. messages.Select(one => one.Packet.Arrival).Order()]);
        // What came while some hop was not listened at yet, or no longer, tells nothing of a loss.
        List<(DhcpPacketObservation Packet, long Time)> judged =
            messages.FindAll(one => one.Packet.Arrival >= from && one.Packet.Arrival <= until);
        if (whole.Seen.IsComplete || judged.Count == messages.Count)
            return whole;
        return judged.Count > 0 ? Follow(messages, judged)
            : new(Describe(messages), null, messages, null, default, null, default);
    }

    private TracedTransaction Follow(List<(DhcpPacketObservation Packet, long Time)> messages,
        List<(DhcpPacketObservation Packet, long Time)> judged)
    {
        DhcpMessageType? request = judged.FindLast(one => one.Packet.Direction == DhcpDirection.Request).Packet?.Type;
        DhcpMessageType[] answers = AnswersTo(request);
        DhcpMessageType? answer = judged.FindLast(one => Array.IndexOf(answers, one.Packet.Type) >= 0).Packet?.Type;
        (TraceWay? way, TraceProgress forth, TraceProgress back) = Best(judged, request, answer);
        bool isDue = answers.Length > 0;
        TracedTransaction traced = new(Describe(messages), way, messages, request, forth,
            answer, isDue ? back : default);
        return traced with { Seen = Conclude(traced) };
    }

    private static DhcpMessageType[] AnswersTo(DhcpMessageType? request) => request switch
    {
        DhcpMessageType.Discover => [DhcpMessageType.Offer],
        DhcpMessageType.Request => [DhcpMessageType.Ack, DhcpMessageType.Nak],
        DhcpMessageType.Inform => [DhcpMessageType.Ack],
        DhcpMessageType.None => [DhcpMessageType.None],
        null => [DhcpMessageType.Offer, DhcpMessageType.Ack, DhcpMessageType.Nak],
        _ => [],
    };

    private static HashSet<string> HopsOf(
        TraceWay way, List<(DhcpPacketObservation Packet, long Time)> messages, DhcpMessageType? type) =>
            [.. messages.Where(one => one.Packet.Type == type && way.Leg.Carries(one.Packet))
                .Select(one => one.Packet.Hop)];

    private (TraceWay? Way, TraceProgress Request, TraceProgress Reply) Best(
        List<(DhcpPacketObservation Packet, long Time)> messages, DhcpMessageType? asked, DhcpMessageType? answer)
    {
        (TraceWay? Way, TraceProgress Request, TraceProgress Reply) best = default;
        foreach (TraceWay way in _ways)
        {
            TraceProgress request = way.Follow(HopsOf(way, messages, asked), DhcpDirection.Request);
            TraceProgress reply = way.Follow(HopsOf(way, messages, answer), DhcpDirection.Reply);
            if (best.Way is null || (reply.Count, request.Count).CompareTo((best.Reply.Count, best.Request.Count)) > 0)
                best = (way, request, reply);
        }
        return best;
    }

    private DhcpTraceTransaction Describe(List<(DhcpPacketObservation Packet, long Time)> messages) => new()
    {
        TransactionId = messages[0].Packet.TransactionId,
        Mac = messages[0].Packet.Mac,
        IsOfPort = messages.Exists(one => one.Packet.IsOfPort),
        Time = TimeOf(messages[0].Time),
        Types = [.. messages.Select(one => one.Packet.Type).Distinct()],
        Servers = [.. messages.Where(one => one.Packet is { Direction: DhcpDirection.Reply, ServerId.Length: > 0 })
            .Select(one => one.Packet.ServerId).Distinct()],
        HasNak = messages.Exists(one => one.Packet.Type == DhcpMessageType.Nak),
        IpAddress = messages.FindLast(one => one.Packet is { Direction: DhcpDirection.Reply, IpAddress.Length: > 0 })
            .Packet?.IpAddress ?? "",
        Hops =
        [
            .. messages.GroupBy(one => (one.Packet.Hop, one.Packet.Type, one.Packet.Direction))
                .Select(group => new DhcpTraceHop
                {
                    Hop = group.Key.Hop,
                    Type = group.Key.Type,
                    Direction = group.Key.Direction,
                    Time = TimeOf(group.First().Time),
                    Count = group.Count(),
                }),
        ],
    };

    private static DhcpTraceTransaction Conclude(TracedTransaction traced) => traced.Seen with
    {
        IsComplete = traced.Answer == DhcpMessageType.Ack && traced.Reply is { LastSeen: not null, FirstMissing: null },
        RequestLastSeen = traced.Request.LastSeen?.Name ?? "",
        RequestFirstMissing = traced.LastRequest is null ? "" : traced.Request.FirstMissing?.Name ?? "",
        ReplyLastSeen = traced.Reply.LastSeen?.Name ?? "",
        ReplyFirstMissing = traced.WantsAnswer && traced.Request.FirstMissing is null
            ? traced.Reply.FirstMissing?.Name ?? "" : "",
    };

    private static DateTime TimeOf(long nanoseconds) => DateTime.UnixEpoch.AddTicks(nanoseconds / 100);
}
