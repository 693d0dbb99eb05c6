namespace QuantumNet.Observations.Counters;

/// <summary>What of a measurement is worth showing: for ports, the counters of their paths with what these come to in
/// a sentence; without, what moved.</summary>
public static class CounterReport
{
    /// <summary>Compares two samples and picks what is shown.</summary>
    /// <param name="before">The first sample.</param>
    /// <param name="after">The second.</param>
    /// <param name="quiet">One taken before the first, with nothing done in between; null for none.</param>
    /// <param name="isAll">Whether every counter is shown: on the path or not, moved or not.</param>
    /// <param name="ports">The ports whose paths are laid out; none when left out.</param>
    public static IEnumerable<DhcpCounterChange> Of(
        Cloud before, Cloud after, Cloud? quiet, bool isAll, params QuantumPort[] ports)
    {
        ILookup<bool, DhcpCounterChange> changes =
            CounterMeasurement.Compare(before, after, quiet, PacketCast.Unknown, isAll, ports)
                .ToLookup(change => change.IsOnPath);
        IEnumerable<DhcpCounterChange> paths = changes[true].GroupBy(change => change.PortId)
            .SelectMany(path => PathOf([.. path], isAll));
        return isAll || ports.Length == 0 ? paths.Concat(changes[false].Select(change =>
            change with { Summary = $"Counters of {change.ComputerName}{(ports.Length > 0 ? " off the path" : "")}" }))
            : paths;
    }

    // What moved, what decides, and for each hop that stood still what says so: judged again, what is shown must
    // come to the same (Test-DhcpPath -Counter), and scripts select by IsDecisive.
    private static IEnumerable<DhcpCounterChange> PathOf(DhcpCounterChange[] path, bool isAll)
    {
        string summary = CounterSentence.Of(path);
        HashSet<DhcpCounterChange> still = [.. CounterTestimony.StillHops(path)];
        return path.Where(change => isAll || change.Change != CounterChange.Still || change.IsDecisive
            || still.Contains(change)).Select(change => change with { Summary = summary });
    }
}
