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
/// then where they are lost.</summary>
[Cmdlet(VerbsDiagnostic.Trace, "DhcpPacket")]
[OutputType(typeof(DhcpPacketObservation), typeof(DhcpTraceResult))]
public sealed class TraceDhcpPacketCommand : SourceCmdlet
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
    [SupportsWildcards]
    public string[] Device { get; set; } = [];

    private protected override void Process() =>
        _wanted.AddRange(PortId.Except(_wanted, StringComparer.OrdinalIgnoreCase));

    private protected override void End()
    {
        if (_wanted.Count == 0)
            throw Errors.NothingTested(PortChoice.NoneNamed).ToException();
        QuantumConnection connection = OpenConnection();
        if (connection.Source is not LiveSource source)
            throw CaptureErrors.TraceNeedsNodes(connection.Name).ToException();
        Pump(async (pipe, stop) =>
        {
            Cloud cloud = await ReadCloudAsync(connection,
                new GatherRequest { Port = _wanted.Count == 1 ? _wanted[0] : "" }, pipe, stop).ConfigureAwait(false);
            TracePlan[] plans = [.. Plans(cloud, pipe)];
            if (plans.Length == 0)
                return;
            pipe.EndProgress();
            var trace = new LiveTrace(plans, Fits, new CaptureLimits(DurationSeconds, PacketCount),
                new Observer(pipe, Device.Length > 0));
            foreach (DhcpTraceResult result in await trace
                .RunAsync(source.Reach, CancellationToken.None, stop).ConfigureAwait(false))
                pipe.Object(result);
        });
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

    private bool Fits(TracePoint point) => Device.Length == 0
        || Array.Exists(Device, pattern => new Wildcard(pattern).Matches(point.Device));

    /// <summary>Tells the pipeline what the trace shows.</summary>
    private sealed class Observer(PipelineWriter pipe, bool withOthers) : ITraceObserver
    {
        public void Seen(DhcpPacketObservation observation)
        {
            if (observation.IsOfPort || withOthers)
                pipe.Object(observation);
        }

        public void Listening(int hops, int total) =>
            pipe.Verbose(string.Create(CultureInfo.InvariantCulture, $"Listening at {hops} of {total} hops."));

        public void Failed(QuantumError error) => pipe.Error(error);
    }
}
