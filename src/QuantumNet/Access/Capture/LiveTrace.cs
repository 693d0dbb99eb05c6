using System.Diagnostics;
using QuantumNet.Access.Ssh;
using QuantumNet.Diagnosis;
using QuantumNet.Observations.Captures;
using QuantumNet.Snapshots.Captures;

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
internal sealed class LiveTrace : INodeCaptureObserver
{
    private readonly IReadOnlyList<TracePlan> _plans;
    private readonly CaptureLimits _limits;
    private readonly ITraceObserver _observer;
    private readonly List<(CaptureTap Tap, TapLog Log)> _taps = [];
    private readonly Stopwatch _clock = new();
    private readonly object _gate = new();
    private DateTime _start;
    private double _duration;

    /// <summary>A trace.</summary>
    /// <param name="plans">The ports.</param>
    /// <param name="fits">Which of their hops to capture at.</param>
    /// <param name="limits">How much it may take.</param>
    /// <param name="observer">Hears what it shows.</param>
    /// <param name="isKept">Whether what tcpdump prints is kept, for <see cref="Outputs"/>.</param>
    public LiveTrace(IReadOnlyList<TracePlan> plans, Func<TracePoint, bool> fits, CaptureLimits limits,
        ITraceObserver observer, bool isKept = false)
    {
        (_plans, _limits, _observer) = (plans, limits, observer);
        foreach (CaptureTap tap in plans.SelectMany(plan => plan.Points)
            .Where(point => point.CanCapture && fits(point)).Select(point => new CaptureTap(point with { Id = 0 }))
            .Distinct())
            _taps.Add((tap, new TapLog(limits.SnapLength, isKept) { Found = packet => Tell(tap, packet) }));
    }

    /// <summary>What every tcpdump printed, raw: what a snapshot keeps of the trace.</summary>
    public CommandOutput[] Outputs => [.. _taps.Select(one =>
        CaptureOutputs.Of(one.Log, Capture(one.Tap, one.Log), one.Tap.Command(_limits, mark: null)))];

    /// <summary>Listens, and judges what was seen.</summary>
    /// <param name="reach">How to reach a node.</param>
    /// <param name="enough">Ends it before its time.</param>
    /// <param name="stop">Ends it without a verdict.</param>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public async Task<DhcpTraceResult[]> RunAsync(Func<string, (InventoryNode Node, INodeTransport Transport)> reach,
        CancellationToken enough, CancellationToken stop)
    {
        _start = DateTime.UtcNow;
        _clock.Start();
        try
        {
            await Task.WhenAll(_taps.GroupBy(one => one.Tap.Point.ComputerName)
                .Select(node => RunNodeAsync(node.Key, [.. node], reach, enough, stop))).ConfigureAwait(false);
        }
        finally
        {
            _duration = Now;
        }
        TapCapture[] captures = [.. _taps.Select(one => Capture(one.Tap, one.Log))];
        return [.. _plans.Select(plan => TraceAnalysis.Judge(plan, captures))];
    }

    double INodeCaptureObserver.Now => Now;

    void INodeCaptureObserver.Changed()
    {
        int count, possible;
        lock (_gate)
        {
            count = _taps.Count(one => one.Log.IsListening);
            possible = _taps.Count(one => one.Log.IsListening || !one.Log.HasFailed);
        }
        _observer.Listening(count, possible);
    }

    private double Now => Math.Round(_clock.Elapsed.TotalSeconds, 6);

    /// <summary>Traced ports share hops: a message is shown once, as its own port's where it has one.</summary>
    private void Tell(CaptureTap tap, TappedPacket seen)
    {
        DhcpPacketObservation? shown = null;
        foreach (TracePlan plan in _plans)
        {
            if (shown is { IsOfPort: true }
                || plan.Points.FirstOrDefault(point => point with { Id = 0 } == tap.Point) is not { } point)
                continue;
            DhcpPacketObservation observation = TraceAnalysis.Observe(plan, point, seen.Packet);
            if (shown is null || observation.IsOfPort)
                shown = observation;
        }
        if (shown is not null)
            _observer.Seen(shown);
    }

    private TapCapture Capture(CaptureTap tap, TapLog log) => log.Capture with
    {
        ComputerName = tap.Point.ComputerName,
        Namespace = tap.Point.Namespace,
        Device = tap.Point.Device,
        Filter = tap.Point.Filter,
        TraceStartedAt = _start,
        TraceSeconds = _duration,
    };

    private async Task RunNodeAsync(string name, (CaptureTap Tap, TapLog Log)[] taps,
        Func<string, (InventoryNode Node, INodeTransport Transport)> reach,
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
        foreach ((_, TapLog log) in taps)
            Lose(log, error.Message);
        ((INodeCaptureObserver)this).Changed();
    }

    /// <summary>A node that is lost is noticed late, when ssh gives it up.</summary>
    private void Lose(TapLog log, string reason)
    {
        if (log.IsListening)
            log.Lose(Now - SshTransport.GivesUpAfterSeconds, reason);
        else
            log.Fail(Now, reason);
    }
}
