namespace QuantumNet.Observations.Counters;

/// <summary>What the counters of one hop say of one direction.</summary>
internal enum HopTestimony
{
    /// <summary>It counts nothing that would tell.</summary>
    Silent,
    /// <summary>Packets passed.</summary>
    Passed,
    /// <summary>None passed.</summary>
    Still,
}

/// <summary>How far packets got in one direction, by the counters that moved and those that did not.</summary>
/// <param name="LastMoved">The counter of the last hop that saw packets; null when none did.</param>
/// <param name="FirstStill">The counter of the first hop after it that saw none, or of the rule that drops them;
/// null when there is none.</param>
/// <param name="IsDhcp">Whether something that counts this port's DHCP packets alone saw some:
/// the rest of the counters see ARP and the like too.</param>
/// <param name="IsOther">Whether packets passed around a counter that every DHCP packet must raise:
/// they were no DHCP.</param>
internal sealed record DirectionTestimony(
    DhcpCounterChange? LastMoved, DhcpCounterChange? FirstStill, bool IsDhcp, bool IsOther)
{
    /// <summary>Whether packets got through as far as anything counts them.</summary>
    public bool IsComplete => LastMoved is not null && FirstStill is null;

    /// <summary>Whether packets were seen and then lost.</summary>
    public bool IsLost => LastMoved is not null && FirstStill is not null && !IsOther;
}

/// <summary>Reads the counters along a port's path as witnesses of both directions.</summary>
internal sealed record CounterTestimony(DirectionTestimony Request, DirectionTestimony Reply)
{
    // No DHCP message is shorter: IPv4 (20), UDP (8), BOOTP without its options (236), the magic cookie (4);
    // RFC 951, RFC 2131.
    private const int ShortestDhcp = 268;
    private const int ShortestFrame = 42;       // Ethernet and ARP
    private const int ShortestPacket = 20;      // what iptables counts: an IPv4 header

    private sealed record HopSays(HopTestimony Says, DhcpCounterChange Counter);

    /// <summary>Reads them. Counters lag: a still one before one that moved says nothing,
    /// unless it counts DHCP alone.</summary>
    public static CounterTestimony Read(IEnumerable<DhcpCounterChange> changes)
    {
        List<DhcpCounterChange> path =
            [.. changes.Where(change => change is { IsOnPath: true, Sequence: not null, Direction: not null })];
        return new(Read(path, DhcpDirection.Request), Read(path, DhcpDirection.Reply));
    }

    /// <summary>The direction in which packets are lost, with what tells so; null when none is seen to be.</summary>
    public DirectionTestimony? Lost => Request.IsLost ? Request
        : !Request.IsComplete ? null
        : Reply.IsLost || (Reply.LastMoved is null && Reply.FirstStill is not null) ? Reply
        : null;

    /// <summary>Whether a request and a reply got through, end to end.</summary>
    public bool IsWhole => Request.IsComplete && Reply.IsComplete;

    /// <summary>Whether what is said of losses is about DHCP for sure.</summary>
    public bool IsCertain => Request.IsDhcp;

    /// <summary>The counter that says that the instance asked nothing; null when it asked,
    /// or when nothing can say.</summary>
    public DhcpCounterChange? NeverAsked =>
        Request.IsOther || Request is { LastMoved: null, FirstStill.Sequence: 1 } ? Request.FirstStill : null;

    /// <summary>For each hop of a path that stood still the counter that says so.</summary>
    public static IEnumerable<DhcpCounterChange> StillHops(IReadOnlyList<DhcpCounterChange> path) =>
        Hops(path, DhcpDirection.Request).Concat(Hops(path, DhcpDirection.Reply))
            .Where(hop => hop.Says == HopTestimony.Still).Select(hop => hop.Counter);

    private static IEnumerable<HopSays> Hops(IEnumerable<DhcpCounterChange> path, DhcpDirection direction) =>
        path.Where(change => change.Direction == direction).GroupBy(change => change.Sequence!.Value)
            .OrderBy(hop => hop.Key).Select(hop => Judge([.. hop]));

    private static DirectionTestimony Read(List<DhcpCounterChange> path, DhcpDirection direction)
    {
        List<HopSays> hops = [.. Hops(path, direction)];
        hops.RemoveAll(hop => hop.Says == HopTestimony.Silent);
        bool isDhcp = hops.Exists(hop => hop is { Says: HopTestimony.Passed, Counter.IsExclusive: true });

        int lastDhcp = hops.FindLastIndex(hop => hop is { Says: HopTestimony.Passed, Counter.IsExclusive: true });
        int dropped = hops.FindIndex(lastDhcp + 1, hop => hop.Says == HopTestimony.Passed && IsDrop(hop.Counter));
        if (dropped >= 0)
            return new(hops[dropped].Counter, hops[dropped].Counter, isDhcp, IsOther: false);

        int still = hops.FindIndex(lastDhcp + 1, hop => hop is { Says: HopTestimony.Still, Counter.IsExclusive: true });
        bool passedAround = still >= 0 && hops.FindIndex(still, hop => hop.Says == HopTestimony.Passed) >= 0;
        if (still >= 0)
            hops.RemoveRange(still + 1, hops.Count - still - 1);
        int last = hops.FindLastIndex(hop => hop.Says == HopTestimony.Passed);
        return new(last < 0 ? null : hops[last].Counter, last + 1 < hops.Count ? hops[last + 1].Counter : null, isDhcp,
            passedAround && !isDhcp && direction == DhcpDirection.Request);
    }

    // What counts DHCP alone decides, then what counts one direction; what counts both, or several ports,
    // proves by standing still only.
    private static HopSays Judge(List<DhcpCounterChange> hop)
    {
        hop.RemoveAll(change => change.Kind == CounterKind.Flow && IsDrop(change) && !Counted(change));
        if (hop.Count == 0)
            return new(HopTestimony.Silent, new());
        List<DhcpCounterChange> decisive = hop.FindAll(change => change.IsExclusive);
        if (decisive.Count == 0)
            decisive = hop.FindAll(change => change.IsDecisive);
        decisive.RemoveAll(change => change.Change == CounterChange.Gone);
        if (decisive.Count > 0)
            return decisive.Find(Counted) is { } passed
                ? new(HopTestimony.Passed, passed) : new(HopTestimony.Still, decisive[0]);
        return hop.Exists(change => change.Change == CounterChange.Gone || Counted(change))
            ? new(HopTestimony.Silent, hop[0]) : new(HopTestimony.Still, hop[0]);
    }

    private static bool Counted(DhcpCounterChange change) =>
        change.Change is not (CounterChange.Still or CounterChange.Gone)
        && change.IsAboveBackground && (change.PacketDelta > 0 || change.Kind is CounterKind.FdbEntry)
        && HasRoomForDhcp(change);

    // Guests and DHCP devices say more than DHCP: they solicit IPv6 routers and join groups (70 to 90 bytes),
    // again and again after they came up, and ask for neighbours. In the lab that moved the DHCP device's counters,
    // and its tunnel's, in most intervals of three seconds: a loss before them was taken for one behind them.
    // By their bytes such packets are told from DHCP.
    private static bool HasRoomForDhcp(DhcpCounterChange change)
    {
        int shortest = change.Kind is CounterKind.IptablesRule or CounterKind.IptablesPolicy ? ShortestPacket
            : ShortestFrame;
        return change.ByteDelta is not long bytes || change.PacketDelta <= 0
            || bytes >= ShortestDhcp + ((change.PacketDelta - 1) * shortest);
    }

    private static bool IsDrop(DhcpCounterChange change) => change.Kind switch
    {
        CounterKind.IptablesRule => change.RawText.Contains(" -j DROP", StringComparison.Ordinal)
            || change.RawText.Contains(" -j REJECT", StringComparison.Ordinal),
        CounterKind.Flow => change.RawText.EndsWith("actions=drop", StringComparison.Ordinal)
            || change.RawText.EndsWith("actions=", StringComparison.Ordinal),
        _ => false,
    };
}
