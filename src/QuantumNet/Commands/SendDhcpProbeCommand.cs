using System.Buffers.Binary;
using System.Security.Cryptography;
using QuantumNet.Access;
using QuantumNet.Access.Capture;
using QuantumNet.Binding;
using QuantumNet.Observations.Counters;
using QuantumNet.Diagnosis;
using QuantumNet.Observations.Captures;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Sends a DHCPDISCOVER in an instance's name into br-int at the instance's port, captures on every hop
/// meanwhile, and tells what became of it.</summary>
[Cmdlet(VerbsCommunications.Send, "DhcpProbe", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(DhcpProbeResult))]
public sealed class SendDhcpProbeCommand : SourceCmdlet
{
    private const int DefaultWait = 3;

    // While a question stood unanswered, other packets were counted.
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(2);

    private readonly HashSet<string> _wanted = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The ports: an id or a unique prefix of it, a MAC, an address, an instance's id or name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "Mac", "InstanceId")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [ValidateNotNullOrEmpty]
    [TextOnly]
    [SupportsWildcards]
    public string[] PortId { get; set; } = [];

    /// <summary>Asks for a broadcast reply, as some clients do.</summary>
    [Parameter]
    public SwitchParameter Broadcast { get; set; }

    /// <summary>Seconds between sending and looking: dnsmasq may ping the address first, and busy nodes pass
    /// packets on late.</summary>
    [Parameter]
    [ValidateRange(0, 60)]
    public int WaitSeconds { get; set; } = DefaultWait;

    private protected override void Process() => _wanted.UnionWith(PortId);

    private protected override void End()
    {
        if (_wanted.Count == 0)
            throw Errors.NothingTested(PortChoice.NoneNamed).ToException();
        QuantumConnection connection = OpenConnection();
        if (connection.Source is not INodeChanger changer)
            throw Errors.NeedsLiveNodes("Send-DhcpProbe", "Pass -Inventory, or run Connect-Quantum first.")
                .ToException();
        Cloud? before = null;
        List<DhcpProbe> probes = [];
        Pump(async (pipe, stop) =>
        {
            before = await ReadCloudAsync(connection, Request(), pipe, stop).ConfigureAwait(false);
            probes.AddRange(Plan(before, pipe));
        });
        long sampled = Clock.GetTimestamp();
        // Questions are asked before anything runs, on the thread of the pipeline.
        probes.RemoveAll(probe => !CommandHost.ShouldProcess($"{probe.Device} on {probe.ComputerName}",
            $"Inject a DHCPDISCOVER of {probe.Port.Mac}"));
        bool isOld = Clock.GetElapsedTime(sampled) > s_fresh;
        foreach (DhcpProbe probe in probes)
        {
            Pump(async (pipe, stop) =>
            {
                if (isOld)
                    before = await ReadCloudAsync(connection, Request(), pipe, stop).ConfigureAwait(false);
                isOld = false;
                (DhcpProbeResult result,
                    before) = await SendAsync(connection, changer, probe, before!, pipe, stop).ConfigureAwait(false);
                pipe.Object(result);
            });
        }
    }

    private GatherRequest Request() => new() { Port = PortChoice.SingleOf(_wanted), IsSample = true };

    private IEnumerable<DhcpProbe> Plan(Cloud cloud, PipelineWriter pipe)
    {
        bool broadcast = IsOn(Broadcast);
        foreach (QuantumPort port in PortChoice.Find(_wanted, cloud.Records, pipe))
        {
            uint id = BinaryPrimitives.ReadUInt32LittleEndian(RandomNumberGenerator.GetBytes(4));
            DhcpProbe? probe = DhcpProbe.Plan(cloud, port, id, broadcast, out string reason);
            if (probe is null)
                pipe.Error(Errors.ProbeImpossible(port.PortId, reason));
            else
                yield return probe;
        }
    }

    // The second sample of one probe is the first of the next.
    private async Task<(DhcpProbeResult Result, Cloud After)> SendAsync(
        QuantumConnection connection, INodeChanger changer, DhcpProbe probe, Cloud before,
        PipelineWriter pipe, CancellationToken stop)
    {
        DateTime sentAt = default;
        string? refusal = null;
        async Task<bool> InjectAsync()
        {
            sentAt = DateTime.UtcNow;
            connection.Kept.Clear();        // counters and MAC tables are others from now on
            CommandOutput[] said = await changer.RunAsync(probe.ComputerName, [new CommandTemplate(probe.Argv)],
                new PipelineObserver(pipe), stop).ConfigureAwait(false);
            refusal = said is [{ ExitStatus: 0 }] ? null : said is [var refused, ..] ? refused.StandardError.Trim()
                : "the node said nothing";
            if (refusal is null)
                await pipe.WaitAsync("Waiting for the server's answer", TimeSpan.FromSeconds(WaitSeconds), Clock, stop)
                    .ConfigureAwait(false);
            return refusal is null;
        }

        ProbeCapture capture = ProbeCapture.None;
        if (connection.Source is LiveSource source)
            capture = await new ProbeTrace(pipe.Verbose).DuringAsync(source,
                TracePlan.For(before, probe.Port, new DhcpPathTester(before).Test(probe.Port)),
                probe.TransactionText, InjectAsync, stop).ConfigureAwait(false);
        else
            await InjectAsync().ConfigureAwait(false);
        if (refusal is not null)
            return (probe.Refused(sentAt, refusal), before);
        Cloud after = await ReadCloudAsync(connection, Request(), pipe, stop).ConfigureAwait(false);
        return (probe.Judge(before, after, capture, sentAt), after);
    }
}
