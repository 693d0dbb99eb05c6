using System.Globalization;
using QuantumNet.Faults;
using QuantumNet.Observations.Counters;

namespace QuantumNet.Diagnosis;

/// <summary>The counters of Measure-DhcpCounter as a witness of one port.</summary>
internal static class CounterWitness
{
    /// <summary>What they tell; null when none of them stands on the port's path.</summary>
    public static Witness? Of(QuantumPort port, IEnumerable<DhcpCounterChange> changes)
    {
        List<DhcpCounterChange> own = [.. changes.Where(change => change.IsOnPath && change.PortId == port.PortId)];
        if (own.Count == 0)
            return null;
        CounterTestimony testimony = CounterTestimony.Read(own);
        return new Witness
        {
            Name = "the counters",
            IsWhole = testimony.IsWhole && testimony.IsCertain,
            Loss = testimony.IsCertain && testimony.Lost is { } lost ? LossOf(lost) : null,
            RequestReached = testimony.IsCertain ? testimony.Request.LastMoved?.Sequence ?? 0 : 0,
            ReplyReached = testimony.Reply.IsDhcp ? testimony.Reply.LastMoved?.Sequence ?? 0 : 0,
            Evidence = [.. new[] { testimony.Request.LastMoved, testimony.Reply.LastMoved }.OfType<DhcpCounterChange>()
                .Select(change => change.ToEvidence())],
            Findings = testimony.NeverAsked is { } still ? [NeverAsked(port, still, testimony.Request.IsOther)] : [],
        };
    }

    private static WitnessedLoss LossOf(DirectionTestimony lost)
    {
        DhcpCounterChange still = lost.FirstStill!;
        if (ReferenceEquals(still, lost.LastMoved))
            return new(still.Direction!.Value, still.ComputerName, still.Object, still.Sequence,
                $"{still.ComputerName} {still.Object} counted and drops it", [still.ToEvidence()]);
        string last = lost.LastMoved is { } moved
            ? $"{moved.ComputerName} {moved.Object} counted it" : "no hop before it counted it";
        return new(still.Direction!.Value, still.ComputerName, still.Object, still.Sequence,
            $"{last}, {still.ComputerName} {still.Object} did not",
            [.. new[] { lost.LastMoved, still }.OfType<DhcpCounterChange>().Select(change => change.ToEvidence())]);
    }

    // A quiet instance with a lease is not a fault: only together with a missing lease does it mean
    // that the guest does not ask.
    private static Finding NeverAsked(QuantumPort port, DhcpCounterChange still, bool sentOther) =>
        GuestFaults.NeverAsks.Fail(still.ComputerName, still.Object,
            string.Create(CultureInfo.InvariantCulture, $"The instance of port {port.PortId} "
                + $"{(sentOther ? "sent packets, but asked for no lease" : "sent nothing")} "
                + $"in {still.IntervalSeconds:0.#} s: if it has no lease, its DHCP client does not ask."),
            still.ToEvidence()) with { Severity = CheckSeverity.Info, PortId = port.PortId, At = still.Component,
            Direction = DhcpDirection.Request };
}
