using System.Globalization;
using QuantumNet.Access;
using QuantumNet.Access.Capture;
using QuantumNet.Binding;
using QuantumNet.Diagnosis;
using QuantumNet.Observations.Captures;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Traces a port's DHCP packets: tcpdump on every hop of its path at once, packets as they come,
/// then where they are lost; or judges a saved trace again.</summary>
[Cmdlet(VerbsDiagnostic.Trace, "DhcpPacket")]
[OutputType(typeof(DhcpPacketObservation), typeof(DhcpTraceResult))]
public sealed class TraceDhcpPacketCommand : SourceCmdlet, INeedsCollectors
{
    private const int DefaultDuration = 60;
    private const int DefaultPacketCount = 10000;

    private readonly List<string> _wanted = [];

    /// <summary>Ports: an id or a unique prefix of it, a MAC, an address, an instance's id or name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "InstanceId")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] PortId { get; set; } = [];

    /// <summary>How long to listen, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int DurationSeconds { get; set; } = DefaultDuration;

    /// <summary>After how many messages to stop listening at a hop.</summary>
    [Parameter]
    [ValidateRange(1, 1000000)]
    public int PacketCount { get; set; } = DefaultPacketCount;

    /// <summary>Listen only at hops whose device fits, wildcards allowed; with it, other instances' messages
    /// are emitted, too.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    [SupportsWildcards]
    public string[] Device { get; set; } = [];

    /// <summary>Saves the nodes' state and every capture, raw, as a snapshot: a folder, or a file ending in .zip.
    /// Trace-DhcpPacket -Snapshot judges it again, anywhere.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SaveTo { get; set; }

    /// <summary>Overwrites a snapshot that is already there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Never overwrites a snapshot, not even with -Force.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    IEnumerable<string> INeedsCollectors.Needs => ["NodeLink", "OvsPort", "OpenFlowPort"];

    private protected override void Process() =>
        _wanted.AddRange(PortId.Except(_wanted, StringComparer.OrdinalIgnoreCase));

    private protected override void End()
    {
        if (_wanted.Count == 0)
            throw Errors.NothingTested(PortChoice.NoneNamed).ToException();
        QuantumConnection connection = OpenConnection();
        Action<QuantumSnapshot, LiveTrace> save = Saver(connection);
        Pump(async (pipe, stop) =>
        {
            (QuantumSnapshot snapshot, Cloud cloud) = await GatherAndReadAsync(connection,
                new GatherRequest { Port = PortChoice.SingleOf(_wanted) }, pipe, stop).ConfigureAwait(false);
            if (connection.Source is not LiveSource source)
                Replay(connection.Name, cloud, pipe);
            else if (Plans(cloud, pipe).ToArray() is { Length: > 0 } plans)
                await ListenAsync(source, plans, trace => save(snapshot, trace), pipe, stop).ConfigureAwait(false);
        });
    }

    /// <summary>What saves a trace where that is wanted; what is in its way is told before the packets are gone,
    /// not after.</summary>
    private Action<QuantumSnapshot, LiveTrace> Saver(QuantumConnection connection)
    {
        if (SaveTo is null)
            return (_, _) => { };
        string path = CommandHost.ResolvePath(SaveTo);
        bool force = IsOn(Force) && !IsOn(NoClobber);
        if (connection.Source is not LiveSource)
            throw Errors.NeedsLiveNodes("Trace-DhcpPacket -SaveTo", "Pass -Inventory, or run Connect-Quantum first.")
                .ToException();
        SnapshotWriter.DemandFree(path, force);
        return (snapshot, trace) => SnapshotWriter.Save(
            snapshot with { Outputs = [.. snapshot.Outputs, .. trace.Outputs] }, path, force);
    }

    private async Task ListenAsync(
        LiveSource source, TracePlan[] plans, Action<LiveTrace> save, PipelineWriter pipe, CancellationToken stop)
    {
        pipe.EndProgress();
        var observer = new Observer(pipe, Device.Length > 0) { Length = TimeSpan.FromSeconds(DurationSeconds) };
        var trace = new LiveTrace(plans, Fits, new CaptureLimits(DurationSeconds, PacketCount), observer,
            isKept: SaveTo is not null);
        try
        {
            foreach (DhcpTraceResult result in await trace
                .RunAsync(source.Reach, CancellationToken.None, stop).ConfigureAwait(false))
                pipe.Object(result);
        }
        finally
        {
            observer.Dispose();
            save(trace);        // what was seen is kept when the user stops it, too
        }
    }

    /// <summary>Judges the captures that a snapshot keeps, as they were judged when they came.</summary>
    private void Replay(string snapshot, Cloud cloud, PipelineWriter pipe)
    {
        TapCapture[] captures = [.. cloud.Captures.Where(one => Fits(one.Device))];
        if (captures.Length == 0)
            throw CaptureErrors.TraceNeedsNodes(snapshot).ToException();
        var observer = new Observer(pipe, Device.Length > 0);
        foreach (TracePlan plan in Plans(cloud, pipe))
        {
            foreach (DhcpPacketObservation seen in
                TraceAnalysis.Observations(plan, new TraceTaps(plan, captures)).OrderBy(seen => seen.TimeNanoseconds))
                observer.Seen(seen);
            pipe.Object(TraceAnalysis.Judge(plan, captures));
        }
    }

    private IEnumerable<TracePlan> Plans(Cloud cloud, PipelineWriter pipe)
    {
        DhcpPathTester tester = new(cloud);
        foreach (QuantumPort port in PortChoice.Find(_wanted, cloud.Records, pipe).DistinctBy(port => port.PortId))
        {
            var plan = TracePlan.For(cloud, port, tester.Test(port));
            if (plan.Points.Any(point => point.CanCapture && Fits(point)))
                yield return plan;
            else
                pipe.Error(CaptureErrors.NothingToCapture(port.PortId));
        }
    }

    private bool Fits(TracePoint point) => Fits(point.Device);

    private bool Fits(string device) => Device.Length == 0
        || Array.Exists(Device, pattern => new Wildcard(pattern).Matches(device));

    /// <summary>Tells the pipeline what the trace shows.</summary>
    private sealed class Observer(PipelineWriter pipe, bool withOthers) : ITraceObserver, IDisposable
    {
        private IDisposable? _listening;

        public TimeSpan Length { get; init; }

        public void Seen(DhcpPacketObservation observation)
        {
            if (observation.IsOfPort || withOthers)
                pipe.Object(observation);
        }

        public void Listening(int hops, int total)
        {
            string where = string.Create(CultureInfo.InvariantCulture, $"Listening at {hops} of {total} hops");
            pipe.Verbose(where + ".");
            _listening ??= hops == total ? pipe.Board.Waiting($"{where}; let the instance ask now", Length) : null;
        }

        public void Dispose() => _listening?.Dispose();

        public void Failed(QuantumError error) => pipe.Error(error);
    }
}
