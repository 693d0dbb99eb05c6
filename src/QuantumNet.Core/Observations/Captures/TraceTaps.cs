using System.Globalization;

namespace QuantumNet.Observations.Captures;

/// <summary>Which taps stand at the points of a path, what they tell of each, and when all of them listened.</summary>
internal sealed class TraceTaps(TracePlan plan, IReadOnlyList<TapCapture> taps)
{
    /// <summary>What was seen, each message at the first point that its tap stands at, as it came.</summary>
    public IEnumerable<(TracePoint Point, TappedPacket Seen)> Seen =>
        taps.Select(tap => (Point: plan.Points.FirstOrDefault(point => IsAt(tap, point)), tap.Packets))
            .Where(pair => pair.Point is not null)
            .SelectMany(pair => pair.Packets.Select(seen => (pair.Point!, seen)))
            .OrderBy(pair => pair.seen.Arrival);

    /// <summary>The points: where was captured, and where not and why.</summary>
    public DhcpTracePoint[] Points => [.. plan.Points.Select(Describe)];

    /// <summary>When the trace began, UTC.</summary>
    public DateTime StartedAt => taps.Count > 0 ? taps.Min(tap => tap.TraceStartedAt) : default;

    /// <summary>How long it took, in seconds.</summary>
    public double DurationSeconds => taps.Count > 0 ? taps.Max(tap => tap.TraceSeconds) : 0;

    /// <summary>When all points were listened at that could be:
    /// outside it, what one of them did not see is not lost.</summary>
    public TraceWindow Window
    {
        get
        {
            List<TapCapture> known = [.. plan.Points.Select(At).OfType<TapCapture>()];
            return new(known.Select(tap => tap.From).DefaultIfEmpty(0).Max(),
                known.Select(tap => tap.Until ?? double.MaxValue).DefaultIfEmpty(double.MaxValue).Min());
        }
    }

    private static bool IsAt(TapCapture tap, TracePoint point) =>
        IsOn(tap, point) && tap.Filter == point.Filter;

    private static bool IsOn(TapCapture tap, TracePoint point) => point.CanCapture
        && (tap.ComputerName, tap.Namespace, tap.Device) == (point.ComputerName, point.Namespace, point.Device);

    private TapCapture? At(TracePoint point) => taps.FirstOrDefault(tap => IsAt(tap, point));

    private DhcpTracePoint Describe(TracePoint point) => new()
    {
        ComputerName = point.ComputerName,
        Device = point.Device,
        Namespace = point.Namespace,
        Component = point.Component,
        Hop = point.Hop,
        IsCaptured = At(point)?.IsListening == true,
        Reason = point.Obstacle.Length > 0 ? point.Obstacle : ReasonOf(point),
    };

    private string ReasonOf(TracePoint point) => At(point) switch
    {
        null => taps.Any(tap => IsOn(tap, point)) ? "it was captured with another filter" : "it was not asked for",
        { Obstacle.Length: > 0 } tap => tap.Obstacle,
        { Until: { } end, EndReason.Length: > 0 } tap => string.Create(CultureInfo.InvariantCulture,
            $"it was listened at for {end - tap.From:0.0} s: {tap.EndReason}"),
        _ => "",
    };
}
