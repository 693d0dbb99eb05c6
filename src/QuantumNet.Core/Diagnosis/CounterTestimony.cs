namespace QuantumNet.Diagnosis;

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
/// <param name="FirstStill">The counter of the first hop after it that saw none; null when there is none.</param>
/// <param name="HopCount">Hops that have something to say.</param>
internal sealed record DirectionTestimony(DhcpCounterChange? LastMoved, DhcpCounterChange? FirstStill, int HopCount)
{
    /// <summary>Whether packets got through as far as anything counts them.</summary>
    public bool IsComplete => LastMoved is not null && FirstStill is null;

    /// <summary>Whether packets were seen and then lost.</summary>
    public bool IsLost => LastMoved is not null && FirstStill is not null;
}

/// <summary>Reads the counters along a port's path as witnesses of both directions.</summary>
internal sealed record CounterTestimony(DirectionTestimony Request, DirectionTestimony Reply)
{
    /// <summary>Reads them. Counters lag: a still one before one that moved says nothing.</summary>
    public static CounterTestimony Read(IEnumerable<DhcpCounterChange> changes)
    {
        List<DhcpCounterChange> path = [.. changes.Where(change => change is { IsOnPath: true, Sequence: not null, Direction: not null })];
        return new(Read(path, DhcpDirection.Request), Read(path, DhcpDirection.Reply));
    }

    /// <summary>The direction in which packets are lost, with what tells so; null when none is seen to be.</summary>
    public DirectionTestimony? Lost => Request.IsLost ? Request
        : !Request.IsComplete ? null
        : Reply.IsLost || (Reply.LastMoved is null && Reply.FirstStill is not null) ? Reply
        : null;

    /// <summary>Whether a request and a reply got through, end to end.</summary>
    public bool IsWhole => Request.IsComplete && Reply.IsComplete;

    /// <summary>The counter that says that the instance asked nothing; null when it asked, or when nothing can say.</summary>
    public DhcpCounterChange? NeverAsked => Request is { LastMoved: null, FirstStill: { Sequence: 1 } still } ? still : null;

    private static DirectionTestimony Read(List<DhcpCounterChange> path, DhcpDirection direction)
    {
        List<(HopTestimony Says, DhcpCounterChange Counter)> hops =
            [.. path.Where(change => change.Direction == direction).GroupBy(change => change.Sequence!.Value).OrderBy(hop => hop.Key).Select(hop => Judge([.. hop]))];
        hops.RemoveAll(hop => hop.Says == HopTestimony.Silent);
        int last = hops.FindLastIndex(hop => hop.Says == HopTestimony.Passed);
        return new(last < 0 ? null : hops[last].Counter, last + 1 < hops.Count ? hops[last + 1].Counter : null, hops.Count);
    }

    private static (HopTestimony, DhcpCounterChange) Judge(List<DhcpCounterChange> hop)
    {
        DhcpCounterChange? passed = hop.Find(change => change.IsDecisive && Counted(change));
        if (passed is not null)
            return (HopTestimony.Passed, passed);
        DhcpCounterChange? decisive = hop.Find(change => change.IsDecisive && change.Change != CounterChange.Gone);
        if (decisive is not null)
            return (HopTestimony.Still, decisive);
        // What counts both directions, or several ports, proves by standing still only.
        return hop.Exists(change => Counted(change) || change.Change == CounterChange.Gone) ? (HopTestimony.Silent, hop[0]) : (HopTestimony.Still, hop[0]);
    }

    private static bool Counted(DhcpCounterChange change) => change.Change is not (CounterChange.Still or CounterChange.Gone)
        && change.PacketDelta >= 0 && change.IsAboveBackground && (change.PacketDelta > 0 || change.Kind is CounterKind.FdbEntry);
}
