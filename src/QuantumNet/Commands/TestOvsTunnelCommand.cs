using System.Diagnostics;
using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Diagnosis;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Tests the tunnels between all nodes, each pair both ways: whether both ends have them, their addresses and
/// keys, the devices beneath them and their MTU, and the hosts' firewalls.</summary>
[Cmdlet(VerbsDiagnostic.Test, "OvsTunnel", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(OvsMeshResult))]
[OutputType(typeof(bool))]
public sealed class TestOvsTunnelCommand : GatheredCmdlet, INeedsCollectors
{
    private readonly MeshChoice _choice = new();

    /// <summary>The nodes whose tunnels are tested, with all others, wildcards allowed; all when left out.</summary>
    [Parameter(Position = 0)]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] ComputerName { get; set; } = [];

    /// <summary>Networks: only the tunnels between the nodes of their ports and of their DHCP servers, and the flows
    /// that use them. An id, the beginning of one, or a name, wildcards allowed.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    [TextOnly]
    public string[] NetworkId { get; set; } = [];

    /// <summary>Ports: only the tunnels between their nodes and those of their DHCP servers. An id or a unique prefix
    /// of it, a MAC, an address, an instance's id or name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "Mac", "InstanceId")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] PortId { get; set; } = [];

    /// <summary>Also pings each tunnel's other end from both ends: one small packet, and one as large as a full packet
    /// in the tunnel, in one piece. Needs live nodes.</summary>
    [Parameter]
    public SwitchParameter Live { get; set; }

    /// <summary>Emits only true (the mesh is whole) or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    IEnumerable<string> INeedsCollectors.Needs => MeshChoice.Collectors;

    private protected override void Process() => _choice.Add(NetworkId, PortId,
        isEvery: NetworkId.Length == 0 && PortId.Length == 0);

    private protected override void End()
    {
        if (_choice.IsEmpty)
            throw Errors.NoTunnelTested("what came in names neither a network nor a port").ToException();
        _choice.ComputerName = ComputerName;
        QuantumConnection connection = OpenConnection();
        INodeChanger? runner = !IsOn(Live) ? null : connection.Source as INodeChanger
            ?? throw Errors.NeedsLiveNodes("Test-OvsTunnel -Live",
                "Leave -Live out: what was gathered needs no live node.").ToException();
        var clock = Stopwatch.StartNew();
        OvsTunnelTester? tester = null;
        List<(OvsMeshResult Result, Func<IReadOnlyList<OvsTunnelPing>, OvsMeshResult> Again)> tested = [];
        Pump(async (pipe, stop) =>
        {
            Cloud cloud = await ReadCloudAsync(connection, _choice.Request(), pipe, stop).ConfigureAwait(false);
            tester = new OvsTunnelTester(cloud);
            foreach (var one in _choice.Tests(tester, cloud, pipe))
            {
                stop.ThrowIfCancellationRequested();
                if (runner is null)
                    Emit(one.Result, clock, pipe);
                else
                    tested.Add(one);
            }
        });
        foreach ((OvsMeshResult result, Func<IReadOnlyList<OvsTunnelPing>, OvsMeshResult> again) in tested)
        {
            // Questions are asked before anything runs, on the thread of the pipeline.
            UnderlayPing[][] pings = [.. tester!.PingsFor(result).GroupBy(ping => ping.ComputerName)
                .Where(node => CommandHost.ShouldProcess(node.Key, $"Ping {string.Join(", ",
                    node.Select(ping => ping.IpAddress).Distinct())} over the underlay, {node.Count()} packets"))
                .Select(node => node.ToArray())];
            Pump(async (pipe, stop) =>
                Emit(again(await PingAsync(runner!, pings, pipe, stop).ConfigureAwait(false)), clock, pipe));
        }
    }

    private static async Task<IReadOnlyList<OvsTunnelPing>> PingAsync(
        INodeChanger runner, UnderlayPing[][] nodes, PipelineWriter pipe, CancellationToken stop) =>
            [.. (await Task.WhenAll(nodes.Select(node => PingAsync(runner, node, pipe, stop))).ConfigureAwait(false))
                .SelectMany(pings => pings)];

    private static async Task<OvsTunnelPing[]> PingAsync(
        INodeChanger runner, UnderlayPing[] pings, PipelineWriter pipe, CancellationToken stop)
    {
        try
        {
            CommandOutput[] said = await runner.RunAsync(pings[0].ComputerName,
                Array.ConvertAll(pings, ping => new CommandTemplate(ping.Argv)), new PipelineObserver(pipe), stop)
                .ConfigureAwait(false);
            return [.. pings.Select((ping, number) => said.ElementAtOrDefault(number) is { } output
                ? ping.Answered(output.ExitStatus, $"{output.Text}\n{output.StandardError}")
                : ping.Answered(null, "the node said nothing"))];
        }
        catch (QuantumException e)
        {
            pipe.Error(e.Error);        // the next node still pings
            return Array.ConvertAll(pings, ping => ping.Answered(null, e.Error.Message));
        }
    }

    private void Emit(OvsMeshResult result, Stopwatch clock, PipelineWriter pipe)
    {
        if (!IsOn(Quiet))
        {
            pipe.Object(result with { DurationSeconds = Math.Round(clock.Elapsed.TotalSeconds, 3) });
            return;
        }
        pipe.Object(result.Status is DhcpPathStatus.Ok or DhcpPathStatus.Degraded);
        if (result.Status == DhcpPathStatus.Unknown)
            pipe.Error(Errors.MeshUnknown(result));
    }
}
