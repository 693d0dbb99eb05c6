using System.Diagnostics;
using System.Globalization;
using QuantumNet.Access.Ssh;
using QuantumNet.Diagnosis;
using QuantumNet.Observations.Captures;

namespace QuantumNet.Access.Capture;

/// <summary>Hears what a trace shows; its methods may be called from any thread.</summary>
internal interface ITraceObserver
{
    /// <summary>A message at a hop, of a traced port or of another instance.</summary>
    void Seen(DhcpPacketObservation observation);

    /// <summary>So many of so many hops are listened at; those where it failed do not count.</summary>
    void Listening(int hops, int total);

    /// <summary>A node could not be reached, or was lost; the others go on.</summary>
    void Failed(QuantumError error);
}

/// <summary>A trace of some ports: tcpdump on every hop of all their paths at once, one connection
/// for each node.</summary>
internal sealed class LiveTrace : ICaptureObserver
{
    private readonly IReadOnlyList<TracePlan> _plans;
    private readonly CaptureLimits _limits;
    private readonly ITraceObserver _observer;
    private readonly List<CaptureTap> _taps = [];
    private readonly Dictionary<CaptureTap, string> _obstacles = [];
    private readonly HashSet<CaptureTap> _listening = [];
    private readonly Dictionary<CaptureTap, double> _begun = [];
    private readonly Dictionary<CaptureTap, (double At, string Reason)> _ended = [];
    private readonly Dictionary<TracePlan, List<DhcpPacketObservation>> _observations = [];
    private readonly Stopwatch _clock = new();

    /// <summary>A trace.</summary>
    /// <param name="plans">The ports.</param>
    /// <param name="fits">Which of their hops to capture at.</param>
    /// <param name="limits">How much it may take.</param>
    /// <param name="observer">Hears what it shows.</param>
    public LiveTrace(
        IReadOnlyList<TracePlan> plans, Func<TracePoint, bool> fits, CaptureLimits limits, ITraceObserver observer)
    {
        (_plans, _limits, _observer) = (plans, limits, observer);
        foreach (TracePlan plan in plans)
        {
            _observations[plan] = [];
            foreach (TracePoint point in plan.Points.Where(point => point.CanCapture && fits(point)))
            {
                var tap = new CaptureTap(point with { Id = 0 });
                if (!_taps.Contains(tap))
                    _taps.Add(tap);
            }
        }
    }

    /// <summary>Listens, and judges what was seen.</summary>
    /// <param name="reach">How to reach a node.</param>
    /// <param name="enough">Ends it before its time.</param>
    /// <param name="stop">Ends it without a verdict.</param>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public async Task<DhcpTraceResult[]> RunAsync(Func<string, (InventoryNode Node, INodeTransport Transport)> reach,
        CancellationToken enough, CancellationToken stop)
    {
        DateTime start = DateTime.UtcNow;
        _clock.Start();
        await Task.WhenAll(_taps.GroupBy(tap => tap.Point.ComputerName)
            .Select(node => RunNodeAsync(node.Key, [.. node], reach, enough, stop))).ConfigureAwait(false);
        double duration = _clock.Elapsed.TotalSeconds;
        return [.. _plans.Select(
            plan => TraceAnalysis.Judge(plan, PointsOf(plan), _observations[plan], start, duration, WindowOf(plan)))];
    }

    void ICaptureObserver.Seen(CaptureTap tap, DhcpPacket packet)
    {
        List<DhcpPacketObservation> seen = [];
        double now = _clock.Elapsed.TotalSeconds;
        lock (_observations)
        {
            foreach (TracePlan plan in _plans)
            {
                if (plan.Points.FirstOrDefault(point => point with { Id = 0 } == tap.Point) is not { } point)
                    continue;
                DhcpPacketObservation observation = TraceAnalysis.Observe(plan, point, packet) with { Arrival = now };
                _observations[plan].Add(observation);
                seen.Add(observation);
            }
        }
        // Traced ports share hops: a message is shown once, as its own port's where it has one.
        if (seen.Count > 0)
            _observer.Seen(seen.Find(one => one.IsOfPort) ?? seen[0]);
    }

    void ICaptureObserver.Listening(CaptureTap tap)
    {
        int count, possible;
        lock (_listening)
        {
            _listening.Add(tap);
            _begun.TryAdd(tap, _clock.Elapsed.TotalSeconds);
            (count, possible) = (_listening.Count, Possible);
        }
        _observer.Listening(count, possible);
    }

    void ICaptureObserver.Ended(CaptureTap tap, string reason)
    {
        lock (_listening)
            _ended.TryAdd(tap, (_clock.Elapsed.TotalSeconds, reason));
    }

    void ICaptureObserver.Failed(CaptureTap tap, string reason) => SetObstacle(tap, reason);

    private async Task RunNodeAsync(
        string name, CaptureTap[] taps, Func<string, (InventoryNode Node, INodeTransport Transport)> reach,
        CancellationToken enough, CancellationToken stop)
    {
        QuantumError? error;
        try
        {
            (InventoryNode node, INodeTransport transport) = reach(name);
            error = await new NodeCapture(node, taps, this, _limits)
                .RunAsync(transport, enough, stop).ConfigureAwait(false);
        }
        catch (QuantumException e)
        {
            error = e.Error;
        }
        if (error is null)
            return;
        _observer.Failed(error);
        foreach (CaptureTap tap in taps)
            SetObstacle(tap, error.Message);
    }

    /// <summary>A tap that does not listen, or whose node is lost: that is noticed late,
    /// when ssh gives it up.</summary>
    private void SetObstacle(CaptureTap tap, string reason)
    {
        double now = _clock.Elapsed.TotalSeconds;
        int count, possible;
        lock (_listening)
        {
            _obstacles.TryAdd(tap, reason);
            _begun.TryAdd(tap, now);
            if (_listening.Contains(tap))
                _ended.TryAdd(tap, (now - SshTransport.GivesUpAfterSeconds, reason));
            (count, possible) = (_listening.Count, Possible);
        }
        _observer.Listening(count, possible);
    }

    /// <summary>How many hops are listened at, or may still be.</summary>
    private int Possible => _taps.Count(tap => _listening.Contains(tap) || !_obstacles.ContainsKey(tap));

    /// <summary>When all hops of a port's path were listened at that could be:
    /// outside it, what one hop did not see is not lost.</summary>
    private TraceWindow WindowOf(TracePlan plan)
    {
        double from = 0, until = double.MaxValue;
        foreach (CaptureTap tap in plan.Points.Select(point => new CaptureTap(point with { Id = 0 })))
        {
            from = Math.Max(from, _begun.GetValueOrDefault(tap));
            until = Math.Min(until, _ended.TryGetValue(tap, out (double At, string Reason) end) ? end.At : until);
        }
        return new TraceWindow(from, until);
    }

    private DhcpTracePoint[] PointsOf(TracePlan plan) => [.. plan.Points.Select(Describe)];

    private DhcpTracePoint Describe(TracePoint point)
    {
        var tap = new CaptureTap(point with { Id = 0 });
        bool isCaptured = _listening.Contains(tap);
        return new DhcpTracePoint
        {
            ComputerName = point.ComputerName,
            Device = point.Device,
            Namespace = point.Namespace,
            Component = point.Component,
            Hop = point.Hop,
            IsCaptured = isCaptured,
            Reason = point.Obstacle.Length > 0 ? point.Obstacle
                : _obstacles.TryGetValue(tap, out string? reason) ? reason
                : _ended.TryGetValue(tap, out (double At, string Reason) end) && end.Reason.Length > 0 ? string.Create(
                    CultureInfo.InvariantCulture, $"it was listened at for {end.At - _begun[tap]:0.0} s: {end.Reason}")
                : isCaptured ? "" : "it was not asked for",
        };
    }
}
