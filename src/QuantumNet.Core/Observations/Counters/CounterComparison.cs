namespace QuantumNet.Observations.Counters;

/// <summary>Holds the counters of two samples against each other, and the background of a third against both.</summary>
internal sealed class CounterComparison
{
    private readonly Dictionary<CounterKey, CounterReading> _before;
    private readonly Dictionary<CounterKey, CounterReading> _after;
    private readonly Dictionary<CounterKey, CounterReading>? _quiet;
    private readonly double _interval;
    private readonly double _stretch;

    /// <summary>Reads the samples.</summary>
    /// <param name="before">The first.</param>
    /// <param name="after">The second.</param>
    /// <param name="quiet">One taken while nothing was done, before the first; null for none.</param>
    public CounterComparison(Cloud before, Cloud after, Cloud? quiet)
    {
        _before = CounterReader.Read(before);
        _after = CounterReader.Read(after);
        _interval = Seconds(before, after);
        if (quiet is null || Seconds(quiet, before) is not (> 0 and double quietSeconds))
            return;
        _quiet = CounterReader.Read(quiet);
        _stretch = _interval / quietSeconds;
    }

    /// <summary>Seconds between two samples.</summary>
    public static double Seconds(Cloud first, Cloud second) =>
        Math.Round((second.CollectedAt - first.CollectedAt).TotalSeconds, 3);

    /// <summary>Every counter of either sample with what it did; those that did nothing are
    /// <see cref="CounterChange.Still"/>.</summary>
    public Dictionary<CounterKey, DhcpCounterChange> Compare()
    {
        Dictionary<CounterKey, DhcpCounterChange> changes = new(_after.Count);
        foreach ((CounterKey key, CounterReading now) in _after)
            changes[key] = _before.TryGetValue(key, out CounterReading? then) ? Moved(then, now) : Appeared(now);
        foreach ((CounterKey key, CounterReading then) in _before)
        {
            if (!_after.ContainsKey(key))
                changes[key] = Make(then, CounterChange.Gone, 0, null)
                    with { PacketsBefore = then.Packets, Note = "not there any more" };
        }
        return changes;
    }

    private DhcpCounterChange Moved(CounterReading then, CounterReading now)
    {
        string? restarted = WhyRestarted(then, now);
        if (restarted is not null)
        {
            return Make(now, CounterChange.Restarted, now.Packets, now.Bytes)
                with { PacketsBefore = then.Packets, PacketsAfter = now.Packets, Note = restarted };
        }
        long delta = now.Packets - then.Packets;
        return Make(now, delta == 0 ? CounterChange.Still : CounterChange.Moved, delta, now.Bytes - then.Bytes) with
        {
            PacketsBefore = then.Packets,
            PacketsAfter = now.Packets,
            BackgroundDelta = Background(then),
        };
    }

    private static string? WhyRestarted(CounterReading then, CounterReading now) =>
        now.AgeSeconds < then.AgeSeconds ? "added again between the samples: counted since then only"
        : now.Incarnation != then.Incarnation ? "recreated between the samples: counted since then only"
        : now.Packets < then.Packets ? "set back between the samples: counted since then only"
        : null;

    private DhcpCounterChange Appeared(CounterReading now) =>
        Make(now, CounterChange.Appeared, now.Packets, now.Bytes)
            with { PacketsAfter = now.Packets, Note = "not there before" };

    private long? Background(CounterReading then)
    {
        if (_quiet is null || !_quiet.TryGetValue(then.Key, out CounterReading? earlier)
            || WhyRestarted(earlier, then) is not null)
            return null;
        return (long)Math.Ceiling((then.Packets - earlier.Packets) * _stretch);
    }

    private DhcpCounterChange Make(CounterReading reading, CounterChange change, long packets, long? bytes) => new()
    {
        ComputerName = reading.Key.ComputerName,
        Component = reading.Component,
        Object = reading.Object,
        Kind = reading.Key.Kind,
        Change = change,
        PacketDelta = packets,
        ByteDelta = bytes,
        IntervalSeconds = _interval,
        Command = reading.Source.Command,
        RawText = reading.Source.RawText.Trim(),
    };
}
