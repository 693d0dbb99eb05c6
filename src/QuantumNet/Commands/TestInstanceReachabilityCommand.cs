using System.Diagnostics;
using System.Globalization;
using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Diagnosis;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Tests whether instances are reached from the DHCP server's namespace of their network, or from its
/// router's: ARP, ping and a connection to a port of TCP; and what stands between where they are not.</summary>
[Cmdlet(VerbsDiagnostic.Test, "InstanceReachability", SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(InstanceReachabilityResult))]
[OutputType(typeof(bool))]
public sealed class TestInstanceReachabilityCommand : SourceCmdlet
{
    private const int Ssh = 22, DefaultCount = 3;

    private readonly PortChoice _ports = new();

    /// <summary>The ports: an id or a unique prefix of it, a MAC, an address, an instance's id or name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "Mac", "InstanceId")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] PortId { get; set; } = [];

    /// <summary>The port of TCP that is connected to, and let go at once.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int TcpPort { get; set; } = Ssh;

    /// <summary>How many pings are sent.</summary>
    [Parameter]
    [ValidateRange(1, 10)]
    public int Count { get; set; } = DefaultCount;

    /// <summary>Where is asked from: the network's DHCP server (Dhcp), or its router (Router).</summary>
    [Parameter]
    public ReachabilityOrigin From { get; set; }

    /// <summary>Emits only true (reached) or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Process() => _ports.Add(PortId);

    private protected override void End()
    {
        if (_ports.IsEmpty)
            throw Errors.NothingTested(_ports.WhyEmpty).ToException();
        QuantumConnection connection = OpenConnection();
        var clock = Stopwatch.StartNew();
        ReachabilityTester? tester = null;
        List<QuantumPort> ports = [];
        Pump(async (pipe, stop) =>
        {
            Cloud cloud = await ReadCloudAsync(connection, Request(), pipe, stop).ConfigureAwait(false);
            tester = new ReachabilityTester(cloud, From);
            foreach (QuantumPort port in _ports.In(cloud.Records, pipe))
            {
                if (tester.HasOrigin(port))
                    ports.Add(port);
                else
                    pipe.Error(Errors.RouterNotFound(port));
            }
        });
        foreach (QuantumPort port in ports)
        {
            // Questions are asked before anything runs, on the thread of the pipeline.
            IReadOnlyList<ReachabilityQuestion> questions = tester!.QuestionsFor(port, TcpPort, Count);
            INodeChanger? runner = connection.Source as INodeChanger;
            bool asks = runner is not null && questions.Count > 0 && CommandHost.ShouldProcess(
                questions[0].ComputerName, string.Create(CultureInfo.InvariantCulture,
                    $"Send {Count} pings to {port.IpAddress} and connect once to its TCP port {TcpPort}"));
            Pump(async (pipe, stop) => Emit(tester.Test(port, TcpPort, asks
                ? await AskAsync(runner!, questions, pipe, stop).ConfigureAwait(false) : []), clock, pipe));
        }
    }

    private GatherRequest Request() => new()
    {
        Port = _ports.Single,
        RoutersOf = From == ReachabilityOrigin.Router ? [.. _ports.Named] : [],
    };

    private async Task<IReadOnlyList<ReachabilityProbe>> AskAsync(INodeChanger runner,
        IReadOnlyList<ReachabilityQuestion> questions, PipelineWriter pipe, CancellationToken stop)
    {
        try
        {
            return await new InstanceAsking(runner, Count, Clock, new PipelineObserver(pipe))
                .AskAsync(questions, stop).ConfigureAwait(false);
        }
        catch (QuantumException e)
        {
            pipe.Error(e.Error);        // what the nodes hold is judged all the same
            return [];
        }
    }

    private void Emit(InstanceReachabilityResult result, Stopwatch clock, PipelineWriter pipe)
    {
        if (!IsOn(Quiet))
        {
            pipe.Object(result with { DurationSeconds = Math.Round(clock.Elapsed.TotalSeconds, 3) });
            return;
        }
        pipe.Object(result.Status is DhcpPathStatus.Ok);
        if (result.Status == DhcpPathStatus.Unknown)
            pipe.Error(Errors.ReachabilityUnknown(result));
    }
}
