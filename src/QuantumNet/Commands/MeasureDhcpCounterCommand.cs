using System.Collections.ObjectModel;
using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Diagnosis;
using QuantumNet.Observations.Counters;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Measures which counters of a port's path moved between two samples, and says where packets are lost;
/// without a port, what moved on every node.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "DhcpCounter", DefaultParameterSetName = DurationSet)]
[OutputType(typeof(DhcpCounterChange))]
public sealed class MeasureDhcpCounterCommand : SourceCmdlet, INeedsCollectors
{
    private const string DurationSet = "Duration";
    private const string ActionSet = "Action";
    private const string SnapshotSet = "Snapshot";
    private const int DefaultDuration = 10;
    private const int DefaultSettle = 2;

    private readonly HashSet<string> _ports = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The ports along whose paths counters are laid: an id or a unique prefix, a MAC, an address,
    /// an instance. What moved anywhere is shown when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "Mac", "InstanceId")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [TextOnly]
    [SupportsWildcards]
    public string[] PortId { get; set; } = [];

    /// <summary>What is done between the samples; its output goes to the verbose stream.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ActionSet)]
    [ValidateNotNull]
    public ScriptBlock? ScriptBlock { get; set; }

    /// <summary>Seconds between the samples.</summary>
    [Parameter(ParameterSetName = DurationSet)]
    [ValidateRange(1, 86400)]
    public int DurationSeconds { get; set; } = DefaultDuration;

    /// <summary>The first sample: a snapshot, or its folder or zip.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SnapshotSet)]
    [SnapshotPath]
    [ValidateNotNullOrEmpty]
    public string? Before { get; set; }

    /// <summary>The second sample: a snapshot, or its folder or zip.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SnapshotSet)]
    [SnapshotPath]
    [ValidateNotNullOrEmpty]
    public string? After { get; set; }

    /// <summary>A snapshot taken some time before the first, with nothing done in between:
    /// what moved then counts as background.</summary>
    [Parameter(ParameterSetName = SnapshotSet)]
    [SnapshotPath]
    [ValidateNotNullOrEmpty]
    public string? Background { get; set; }

    /// <summary>Seconds of quiet before the first sample: what moves in them counts as background.
    /// None when left out.</summary>
    [Parameter(ParameterSetName = ActionSet)]
    [Parameter(ParameterSetName = DurationSet)]
    [ValidateRange(0, 3600)]
    public int QuietSeconds { get; set; }

    /// <summary>Seconds to wait before each later sample, so that packets arrive.
    /// That Open vSwitch has brought its flow counters up to date is waited for besides.</summary>
    [Parameter(ParameterSetName = ActionSet)]
    [Parameter(ParameterSetName = DurationSet)]
    [ValidateRange(0, 60)]
    public int SettleSeconds { get; set; } = DefaultSettle;

    /// <summary>Also shows the other counters: those that stood still, and with a port those off its path.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    IEnumerable<string> INeedsCollectors.Needs => ["NodeLink", "Iptables", "OvsPort", "OvsFlow"];

    private protected override void Process()
    {
        foreach (string port in PortId)
            _ports.Add(port);
    }

    private protected override void End()
    {
        if (Before is not null && After is not null)
            CompareSnapshots(CommandHost.ResolvePath(Before), CommandHost.ResolvePath(After),
                Background is null ? null : CommandHost.ResolvePath(Background));
        else
            CompareLive();
    }

    private void CompareSnapshots(string before, string after, string? background) => Pump((pipe, stop) =>
    {
        Cloud Load(string path) => CloudReader.Read(SnapshotReader.Load(path, pipe.Error));
        Cloud first = Load(before), second = Load(after);
        if (second.CollectedAt != default && second.CollectedAt < first.CollectedAt)
            pipe.Warning($"The samples are in the wrong order: -After was taken at {second.CollectedAt:u}, -Before at "
                + $"{first.CollectedAt:u}. What moved looks as if it had started again; swap them.");
        Emit(first, second, background is null ? null : Load(background), pipe);
        return Task.CompletedTask;
    });

    private void CompareLive()
    {
        QuantumConnection connection = OpenConnection();
        if (connection.Snapshot.Length > 0)
            throw Errors.NeedsLiveNodes("Measure-DhcpCounter",
                "Pass two snapshots with -Before and -After, or -Inventory for live nodes.").ToException();

        Cloud? quiet = null, before = null;
        Pump(async (pipe, stop) =>
        {
            if (QuietSeconds > 0)
            {
                quiet = await SampleAsync(connection, pipe, stop).ConfigureAwait(false);
                await WaitAsync("Counting while the instance is quiet", QuietSeconds + SettleSeconds, pipe, stop)
                    .ConfigureAwait(false);
            }
            before = await SampleAsync(connection, pipe, stop).ConfigureAwait(false);
            if (ScriptBlock is null)
                await WaitAsync("Counting: let the instance ask for its lease now", DurationSeconds, pipe, stop)
                    .ConfigureAwait(false);
        });
        if (ScriptBlock is not null)
            Act(ScriptBlock);
        Pump(async (pipe, stop) =>
        {
            await WaitAsync("Waiting for the counters to settle", SettleSeconds, pipe, stop).ConfigureAwait(false);
            Emit(before!, await SampleAsync(connection, pipe, stop).ConfigureAwait(false), quiet, pipe);
        });
    }

    // Invoked alone, a block writes its errors to the host, past -ErrorAction and -ErrorVariable:
    // so they come out with its output.
    private void Act(ScriptBlock action)
    {
        Collection<PSObject> said = ScriptBlock.Create("param($block) & $block 2>&1").Invoke(action);
        foreach (PSObject one in said)
        {
            if (one?.BaseObject is ErrorRecord error)
                WriteError(error);
            else
                CommandHost.Verbose(one?.ToString() ?? "");
        }
    }

    private Task WaitAsync(string why, int seconds, PipelineWriter pipe, CancellationToken stop) =>
        pipe.WaitAsync(why, TimeSpan.FromSeconds(seconds), Clock, stop);

    private Task<Cloud> SampleAsync(QuantumConnection connection, PipelineWriter pipe, CancellationToken stop) =>
        ReadCloudAsync(connection,
            new GatherRequest { Port = PortChoice.SingleOf(_ports), IsSample = true }, pipe, stop);

    private void Emit(Cloud before, Cloud after, Cloud? quiet, PipelineWriter pipe)
    {
        QuantumPort[] ports = [.. PortChoice.Find(_ports, after.Records, pipe)];
        if (_ports.Count > 0 && ports.Length == 0)
            return;
        if ((before.Nodes.Count == 0 || after.Nodes.Count == 0) && !HasFailedAny)
            throw Errors.NothingMeasured().ToException();
        foreach (DhcpCounterChange change in CounterReport.Of(before, after, quiet, IsOn(All), ports))
            pipe.Object(change);
        foreach (Finding finding in DhcpServerRestarts.Find(before, after))
            pipe.Warning($"{finding.Code} {finding.Message}");
    }
}
