using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Observations.Counters;

/// <summary>Says which counters moved between two samples of a cloud, and lays them along a port's path.</summary>
public static class CounterMeasurement
{
    /// <summary>What moved, on every node and layer; each port's path first, with its counters
    /// that stood still.</summary>
    /// <param name="before">The first sample.</param>
    /// <param name="after">The second.</param>
    /// <param name="quiet">One taken before the first, with nothing done in between; null for none.</param>
    /// <param name="ports">The ports whose paths are laid out; none when left out.</param>
    public static DhcpCounterChange[] Compare(
        Cloud before, Cloud after, Cloud? quiet = null, params QuantumPort[] ports) =>
            Compare(before, after, quiet, PacketCast.Unknown, isAll: false, ports);

    /// <summary>The same, where it is known whom the packets are sent to, and with every counter where all are wanted:
    /// off the paths, too, those that did not move.</summary>
    internal static DhcpCounterChange[] Compare(
        Cloud before, Cloud after, Cloud? quiet, PacketCast cast, bool isAll, params QuantumPort[] ports)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(ports);
        Dictionary<CounterKey, DhcpCounterChange> counters = new CounterComparison(before, after, quiet).Compare();
        List<DhcpCounterChange> entries = [.. NewEntries.Find(before, after)];
        List<DhcpCounterChange> paths = [];
        if (ports.Length > 0)
        {
            LegFinder legs = new(new CloudView(after));
            foreach (QuantumPort port in ports)
                paths.AddRange(PathOf(legs.Find(port), counters, entries, cast));
        }
        HashSet<(string, CounterKind, string)> shown = [.. paths.Select(Identity)];
        return [.. paths, .. InOrder((isAll ? counters.Values : counters.Values.Where(HasMoved)).Concat(entries))
            .Where(change => !shown.Contains(Identity(change)))];
    }

    // Of several servers the one that answered tells whether a lease is possible.
    private static IEnumerable<DhcpCounterChange> PathOf(
        IReadOnlyList<DhcpLeg> legs, Dictionary<CounterKey, DhcpCounterChange> counters,
        List<DhcpCounterChange> entries, PacketCast cast) =>
        WithNotes(legs.Select(leg => Lay(leg, counters, entries, cast)).OrderByDescending(Progress).First());

    private static List<DhcpCounterChange> Lay(DhcpLeg leg, Dictionary<CounterKey, DhcpCounterChange> counters,
        List<DhcpCounterChange> entries, PacketCast cast)
    {
        var stations = DhcpPath.Of(leg);
        List<DhcpCounterChange> path = [];
        foreach (PathCounter counter in PathCounters.Of(stations, cast))
        {
            if (counters.TryGetValue(counter.Key, out DhcpCounterChange? change))
                path.Add(OnPath(change, counter.Station, leg)
                    with { IsDecisive = counter.IsDecisive, IsExclusive = counter.IsExclusive });
        }
        // A server's MAC may be learnt from its ARP broadcast while its unicast replies are lost.
        path.AddRange(PathEntries.Of(stations, entries).Where(entry => entry.Change.Kind != CounterKind.FdbEntry
                || !PathCounters.IsUnicast(cast, entry.Station.Direction))
            .Select(entry => OnPath(entry.Change, entry.Station, leg)
                with { IsDecisive = true, IsExclusive = entry.Change.Kind == CounterKind.DhcpEvent }));
        return [.. path.OrderBy(change => change.Direction).ThenBy(change => change.Sequence)];
    }

    private static DhcpCounterChange OnPath(DhcpCounterChange change, Station station, DhcpLeg leg) => change with
    {
        PortId = leg.Port.PortId,
        Sequence = station.Sequence,
        Direction = station.Direction,
        Component = station.Place.Component,
        IsOnPath = true,
    };

    private static int Progress(List<DhcpCounterChange> path)
    {
        CounterTestimony testimony = CounterTestimony.Read(path);
        return ((testimony.Request.LastMoved?.Sequence ?? 0) * 1000) + (testimony.Reply.LastMoved?.Sequence ?? 0);
    }

    private static IEnumerable<DhcpCounterChange> WithNotes(List<DhcpCounterChange> path)
    {
        CounterTestimony testimony = CounterTestimony.Read(path);
        DirectionTestimony? lost = testimony.Lost;
        foreach (DhcpCounterChange change in path)
        {
            if (ReferenceEquals(change, lost?.FirstStill))
                yield return change with { Note = LossNote(lost, testimony.IsCertain) };
            else if (ReferenceEquals(change, testimony.NeverAsked))
                yield return change with { Note = testimony.Request.IsOther
                    ? "the instance sent packets, and none of them asked for a lease" : "the instance sent nothing" };
            else
                yield return change;
        }
    }

    private static string LossNote(DirectionTestimony lost, bool isCertain)
    {
        string what = lost.FirstStill!.Direction == DhcpDirection.Request ? "request" : "reply";
        if (ReferenceEquals(lost.FirstStill, lost.LastMoved))
            return $"drops the {what}";
        string last = lost.LastMoved is { } moved
            ? $"the last that did: {moved.ComputerName} {moved.Object}" : "none before it did";
        return $"the first that did not count the {what}; "
            + $"{last}{(isCertain ? "" : " (which counts other traffic too)")}";
    }

    private static bool HasMoved(DhcpCounterChange change) => change.Change != CounterChange.Still
        && (change.PacketDelta != 0 || change.Change == CounterChange.Restarted);

    private static IEnumerable<DhcpCounterChange> InOrder(IEnumerable<DhcpCounterChange> changes) => changes
        .OrderBy(change => change.ComputerName, StringComparer.Ordinal).ThenBy(change => change.Kind)
        .ThenBy(change => change.Object, StringComparer.Ordinal);

    private static (string, CounterKind, string) Identity(DhcpCounterChange change) =>
        (change.ComputerName, change.Kind, change.RawText);
}
