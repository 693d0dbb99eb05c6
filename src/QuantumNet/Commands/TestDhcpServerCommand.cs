using System.Diagnostics;
using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Diagnosis;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Tests each network's DHCP server on each node: its process and arguments, its files against the network's
/// ports, its socket, namespace and device, and whether each port would get its lease.</summary>
[Cmdlet(VerbsDiagnostic.Test, "DhcpServer", DefaultParameterSetName = SampleSet)]
[OutputType(typeof(DhcpServerResult))]
[OutputType(typeof(bool))]
public sealed class TestDhcpServerCommand : GatheredCmdlet, INeedsCollectors
{
    private const string SampleSet = "Sample";
    private const string BeforeSet = "Before";

    // An array of its own, to tell "left out" from "given, and empty": only the first means every network.
    private static readonly string[] s_leftOut = (string[])Array.CreateInstance(typeof(string), 0);

    private readonly ServerChoice _choice = new();

    /// <summary>The networks: an id, the beginning of one, or a name, wildcards allowed; all when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    [TextOnly]
    public string[] NetworkId { get; set; } = s_leftOut;

    /// <summary>The nodes whose servers are tested, wildcards allowed; all when left out.</summary>
    [Parameter(Position = 1)]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] ComputerName { get; set; } = [];

    /// <summary>Seconds between two looks at the processes, so that one that respawns is seen; one look when left
    /// out.</summary>
    [Parameter(ParameterSetName = SampleSet)]
    [ValidateRange(1, 86400)]
    public int SampleSeconds { get; set; }

    /// <summary>An earlier sample: a snapshot, or its folder or zip. A server that is another process since then
    /// respawns.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BeforeSet)]
    [SnapshotPath]
    [ValidateNotNullOrEmpty]
    public string? Before { get; set; }

    /// <summary>Clients, by their MAC addresses: what would the server answer them, and why?</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MacCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Answer { get; set; } = [];

    /// <summary>Captured messages, from Get-DhcpPacket: other servers that answer the network's clients are
    /// told.</summary>
    [Parameter]
    [ValidateNotNull]
    public DhcpPacket[] Packet { get; set; } = [];

    /// <summary>Emits only true (the server works) or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    IEnumerable<string> INeedsCollectors.Needs => ServerChoice.Collectors;

    private protected override void Process()
    {
        if (ReferenceEquals(NetworkId, s_leftOut))
            _choice.IsEvery = true;
        _choice.Add(NetworkId);
    }

    private protected override void End()
    {
        if (_choice.IsEmpty)
            throw Errors.NoServerTested("no network came in, and none was named").ToException();
        string[] macs = Array.ConvertAll(Answer, MacOf);
        _choice.ComputerName = ComputerName;
        QuantumConnection connection = OpenConnection();
        if (SampleSeconds > 0 && connection.Snapshot.Length > 0)
            throw Errors.NeedsLiveNodes("Test-DhcpServer -SampleSeconds",
                "Pass the earlier of two snapshots with -Before.").ToException();
        string? earlier = Before is null ? null : CommandHost.ResolvePath(Before);
        Pump(async (pipe, stop) =>
        {
            var clock = Stopwatch.StartNew();
            Cloud? before = earlier is null ? await SampleAsync(connection, pipe, stop).ConfigureAwait(false)
                : CloudReader.Read(SnapshotReader.Load(earlier, pipe.Error));
            Cloud cloud = await ReadCloudAsync(connection,
                _choice.Request() with { IsLookAgain = SampleSeconds > 0 }, pipe, stop).ConfigureAwait(false);
            TimeSpan gathered = clock.Elapsed;
            foreach (Func<DhcpServerResult> test in _choice.Tests(new(cloud, before, Packet), cloud, macs, pipe))
            {
                stop.ThrowIfCancellationRequested();
                clock.Restart();
                DhcpServerResult result = test();
                Emit(result with { DurationSeconds = Math.Round((gathered + clock.Elapsed).TotalSeconds, 3) }, pipe);
            }
        });
    }

    private static string MacOf(string text) =>
        PortSelector.Classify(text) is (PortSelectorForm.Mac, var mac) ? mac
            : throw Errors.MacInvalid(text).ToException();

    private async Task<Cloud?> SampleAsync(QuantumConnection connection, PipelineWriter pipe, CancellationToken stop)
    {
        if (SampleSeconds == 0)
            return null;
        Cloud sample = await ReadCloudAsync(connection,
            _choice.Request() with { Collectors = ["DhcpServer"], RecordKinds = ["none"], IsLookAgain = true },
            pipe, stop).ConfigureAwait(false);
        await pipe.WaitAsync("Watching dnsmasq", TimeSpan.FromSeconds(SampleSeconds), Clock, stop)
            .ConfigureAwait(false);
        return sample;
    }

    private void Emit(DhcpServerResult result, PipelineWriter pipe)
    {
        if (!IsOn(Quiet))
        {
            pipe.Object(result);
            return;
        }
        pipe.Object(result.Status is DhcpPathStatus.Ok or DhcpPathStatus.Degraded);
        if (result.Status == DhcpPathStatus.Unknown)
            pipe.Error(Errors.ServerUnknown(result));
    }
}
