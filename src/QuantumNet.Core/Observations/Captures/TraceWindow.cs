namespace QuantumNet.Observations.Captures;

/// <summary>When all hops were listened at, by the clock of the listener: tcpdumps begin and end one after the other,
/// and outside of it a hop that did not see a message has not lost it.</summary>
/// <param name="From">When the last one began, in seconds since the trace did.</param>
/// <param name="Until">When the first one ended.</param>
internal readonly record struct TraceWindow(double From, double Until)
{
    /// <summary>What is on its way when the first one ends is given this long.</summary>
    private const double OnItsWay = 1;

    /// <summary>A pause between a client's attempts: within one, messages follow each other faster.</summary>
    private const double Pause = 0.5;

    /// <summary>Captures that lie there whole.</summary>
    public static TraceWindow Always { get; } = new(double.MinValue, double.MaxValue);

    /// <summary>From when to when a transaction's messages tell where it was lost:
    /// attempts that were still running at the end are left out.</summary>
    /// <param name="arrivals">When they came, in order.</param>
    public (double From, double Until) Settled(IReadOnlyList<double> arrivals)
    {
        double end = Until - OnItsWay;
        int last = arrivals.Count;
        while (last > 0 && arrivals[last - 1] > end)
            last--;
        if (last == arrivals.Count)
            return (From, double.MaxValue);
        while (last > 0 && arrivals[last] - arrivals[last - 1] < Pause)
            last--;
        return (From, last > 0 ? arrivals[last - 1] : double.MinValue);
    }
}
