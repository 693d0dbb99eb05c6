using System.Text.Json;
using QuantumNet.Access;
using QuantumNet.Access.Capture;
using QuantumNet.Diagnosis;
using QuantumNet.Observations.Captures;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Capture;

/// <summary>One trace of one port: gathered, listened at every hop while something happened,
/// judged a moment after that.</summary>
internal sealed class TraceRun : ITraceObserver, IGatherObserver
{
    private const int MaximumSeconds = 120;

    /// <summary>The messages of a lease: a hop that saw as many has seen all.</summary>
    private const int WholeLease = 4;

    private static readonly TimeSpan s_quietWhenWhole = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(2);

    private readonly Func<Task> _happening;
    private readonly CancellationTokenSource _enough = new();
    private readonly TaskCompletionSource _happened = new();
    private readonly List<double> _delays = [];

    private int _hasBegun;
    private int _hops;
    private DateTime _lastSeen;

    private TraceRun(Func<Task> happening) => _happening = happening;

    public DhcpTraceResult Result { get; private set; } = new();

    public List<DhcpPacketObservation> Seen { get; } = [];

    /// <summary>How long each message took from the wire to its observer, in milliseconds, where node and observer
    /// share a clock.</summary>
    public double[] Delays => [.. _delays];

    /// <summary>What went wrong on the way.</summary>
    public List<QuantumError> Errors { get; } = [];

    /// <summary>Traces a port.</summary>
    /// <param name="source">The cloud.</param>
    /// <param name="port">The port, or a prefix of its id.</param>
    /// <param name="records">Which records to ask the control plane for; empty for all that matter.</param>
    /// <param name="happening">What to do once all hops listen.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<TraceRun> OfAsync(
        LiveSource source, string port, string[] records, Func<Task> happening, CancellationToken stop = default)
    {
        var run = new TraceRun(happening);
        QuantumSnapshot snapshot = await source.GatherAsync(new GatherRequest { RecordKinds = records }, run, stop);
        Cloud cloud = CloudReader.Read(snapshot);
        PortSelection selection = PortSelector.Find(cloud.Records, port);
        Assert.True(selection.Error is null, selection.Error?.Message);
        QuantumPort one = selection.Ports[0];
        var trace = new LiveTrace([TracePlan.For(cloud, one, new DhcpPathTester(cloud).Test(one))], _ => true,
            new CaptureLimits(MaximumSeconds, 1000), run, isKept: true);
        run.Result = Assert.Single(await trace.RunAsync(source.Reach, run._enough.Token, stop));
        await run._happened.Task.WaitAsync(stop);
        Assert.Equal(Json(run.Result),
            Json(JudgeSaved(snapshot with { Outputs = [.. snapshot.Outputs, .. trace.Outputs] }, port)));
        return run;
    }

    /// <summary>The verdict on the trace from a snapshot on disk alone.</summary>
    private static DhcpTraceResult JudgeSaved(QuantumSnapshot snapshot, string port)
    {
        string path = Path.Combine(Path.GetTempPath(), $"quantumnet-trace-{Guid.NewGuid():N}.zip");
        try
        {
            SnapshotWriter.Save(snapshot, path, force: false);
            Cloud cloud = CloudReader.Read(SnapshotReader.Load(path, error => Assert.Fail(error.Message)));
            QuantumPort one = PortSelector.Find(cloud.Records, port).Ports[0];
            return TraceAnalysis.Judge(TracePlan.For(cloud, one, new DhcpPathTester(cloud).Test(one)), cloud.Captures);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Json(DhcpTraceResult result) => JsonSerializer.Serialize(result);

    void ITraceObserver.Seen(DhcpPacketObservation observation)
    {
        lock (Seen)
        {
            Seen.Add(observation);
            _lastSeen = DateTime.UtcNow;
            _delays.Add((DateTime.UtcNow - observation.Time).TotalMilliseconds);
        }
    }

    void ITraceObserver.Listening(int hops, int total)
    {
        _hops = total;
        if (hops == total && Interlocked.Exchange(ref _hasBegun, 1) == 0)
            _ = Task.Run(LetHappenAsync);
    }

    void ITraceObserver.Failed(QuantumError error)
    {
        _happened.TrySetException(new InvalidOperationException(error.Message));
        _enough.Cancel();
    }

    void IGatherObserver.Failed(QuantumError error) => Errors.Add(error);

    void IGatherObserver.CommandFinished(CommandOutput output)
    {
    }


    private async Task LetHappenAsync()
    {
        try
        {
            await _happening();
            await UntilQuietAsync();
            _happened.TrySetResult();
        }
        catch (Exception e)
        {
            _happened.TrySetException(e);
        }
        await _enough.CancelAsync();
    }

    /// <summary>Waits for what is still on the way: until every hop has seen a whole lease,
    /// or nothing has come for long.</summary>
    private async Task UntilQuietAsync()
    {
        _lastSeen = DateTime.UtcNow;
        while (!IsQuiet())
            await Task.Delay(50);
    }

    private bool IsQuiet()
    {
        lock (Seen)
        {
            bool isWhole = Seen.GroupBy(one => one.Hop).Count(hop => hop.Count() >= WholeLease) == _hops;
            return DateTime.UtcNow - _lastSeen > (isWhole ? s_quietWhenWhole : s_quiet);
        }
    }
}
