using System.Diagnostics;
using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Diagnosis;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Tests whether a port's DHCP request and reply get through, and names where and why they do not.</summary>
[Cmdlet(VerbsDiagnostic.Test, "DhcpPath", DefaultParameterSetName = PortSet)]
[OutputType(typeof(DhcpPathResult))]
[OutputType(typeof(bool))]
public sealed class TestDhcpPathCommand : SourceCmdlet
{
    private const string PortSet = "Port";
    private const string InputObjectSet = "InputObject";

    private readonly HashSet<string> _wanted = new(StringComparer.OrdinalIgnoreCase);
    private bool _everyInstance;

    /// <summary>Ports: an id or a unique prefix of it, a MAC, an address, an instance's id or name. Every instance's port when left out.</summary>
    [Parameter(Position = 0, ParameterSetName = PortSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "Mac", "InstanceId")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [AllowEmptyString]
    public string[] PortId { get; set; } = [];

    /// <summary>Ports from Get-QuantumPort; those that no DHCP client owns (network:dhcp, routers) are left out.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public QuantumPort[] InputObject { get; set; } = [];

    /// <summary>Emits only true (a lease can be had) or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>What Measure-DhcpCounter emitted for the ports: weighed against the state of the nodes. Its ports are tested when none is named.</summary>
    [Parameter]
    [ValidateNotNull]
    public DhcpCounterChange[] Counter { get; set; } = [];

    /// <summary>What Trace-DhcpPacket emitted at its end: weighed against the state of the nodes. Its ports are tested when none is named.</summary>
    [Parameter]
    [ValidateNotNull]
    public DhcpTraceResult[] Trace { get; set; } = [];

    private protected override void Process()
    {
        foreach (QuantumPort port in InputObject)
        {
            if (IsServed(port))
                _wanted.Add(port.PortId);
            else
                CommandHost.Verbose(LeftOut(port));
        }
        foreach (string port in PortId)
        {
            if (port.Length > 0)
                _wanted.Add(port);
        }
        if (InputObject.Length == 0 && PortId.Length == 0)
        {
            _wanted.UnionWith(Counter.Where(change => change.IsOnPath).Select(change => change.PortId));
            _wanted.UnionWith(Trace.Select(trace => trace.PortId));
        }
        _everyInstance |= InputObject.Length == 0 && PortId.Length == 0 && _wanted.Count == 0;
    }

    private protected override void End()
    {
        if (!_everyInstance && _wanted.Count == 0)
            return;
        QuantumConnection connection = OpenConnection();
        Pump(async (pipe, stop) =>
        {
            var clock = Stopwatch.StartNew();
            Cloud cloud = await ReadCloudAsync(connection, Request(), pipe, stop).ConfigureAwait(false);
            TimeSpan gathered = clock.Elapsed;
            var tester = new DhcpPathTester(cloud);
            foreach (QuantumPort port in Ports(cloud, pipe))
            {
                stop.ThrowIfCancellationRequested();
                clock.Restart();
                DhcpPathResult result = tester.Test(port);
                if (CounterWitness.Of(port, Counter) is { } counters)
                    result = WitnessWeighing.Weigh(result, counters);
                if (TraceWitness.Of(result, Trace) is { } captures)
                    result = WitnessWeighing.Weigh(result, captures);
                Emit(result with { DurationSeconds = Seconds(gathered + clock.Elapsed) }, pipe);
            }
        });
    }

    private GatherRequest Request() => new() { Port = !_everyInstance && _wanted.Count == 1 ? _wanted.First() : "" };

    private IEnumerable<QuantumPort> Ports(Cloud cloud, PipelineWriter pipe)
    {
        if (_everyInstance)
            return cloud.Records.Ports.Where(IsServed);
        var ports = new List<QuantumPort>();
        foreach (string wanted in _wanted)
        {
            PortSelection selection = PortSelector.Find(cloud.Records, wanted);
            if (selection.Error is { } error)
                pipe.Error(error);
            else
                ports.AddRange(selection.Ports.Where(port => IsAsked(port, pipe)));
        }
        return ports.DistinctBy(port => port.PortId);
    }

    /// <summary>Told by name alone, a port may turn out to be the network's own: an error when it is all that was asked for.</summary>
    private bool IsAsked(QuantumPort port, PipelineWriter pipe)
    {
        if (IsServed(port))
            return true;
        if (_wanted.Count == 1)
            pipe.Error(Errors.PortWithoutClient(port));
        else
            pipe.Verbose(LeftOut(port));
        return false;
    }

    private void Emit(DhcpPathResult result, PipelineWriter pipe)
    {
        if (!IsOn(Quiet))
        {
            pipe.Object(result);
            return;
        }
        pipe.Object(result.Status is DhcpPathStatus.Ok or DhcpPathStatus.Degraded);
        if (result.Status == DhcpPathStatus.Unknown)
            pipe.Error(Errors.PathUnknown(result));
    }

    /// <summary>Whether a DHCP client may stand behind the port: an instance, or something unknown; never the network's own ports.</summary>
    private static bool IsServed(QuantumPort port) => !port.DeviceOwner.StartsWith("network:", StringComparison.Ordinal);

    private static string LeftOut(QuantumPort port) => $"Port {port.PortId} is left out: no DHCP client owns it ({port.DeviceOwner}).";

    private static double Seconds(TimeSpan span) => Math.Round(span.TotalSeconds, 3);
}
