using System.Diagnostics;
using System.Globalization;
using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Diagnosis;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Tests whether instances are reached from the DHCP server's namespace of their network: ARP, ping and a
/// connection to a port of TCP; and what stands between where they are not.</summary>
[Cmdlet(VerbsDiagnostic.Test, "InstanceReachability", SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(InstanceReachabilityResult))]
[OutputType(typeof(bool))]
public sealed class TestInstanceReachabilityCommand : SourceCmdlet
{
    private const int Ssh = 22, DefaultCount = 3, Patience = 15;

    private readonly PortChoice _ports = new();

    /// <summary>The ports: an id or a unique prefix of it, a MAC, an address, an instance's id or name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "Mac", "InstanceId")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[] PortId { get; set; } = [];

    /// <summary>The port of TCP that is connected to, and let go at once.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int TcpPort { get; set; } = Ssh;

    /// <summary>How many pings are sent.</summary>
    [Parameter]
    [ValidateRange(1, 10)]
    public int Count { get; set; } = DefaultCount;

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
            Cloud cloud = await ReadCloudAsync(connection, new() { Port = _ports.Single }, pipe, stop)
                .ConfigureAwait(false);
            tester = new ReachabilityTester(cloud);
            ports.AddRange(_ports.In(cloud.Records, pipe));
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

    private async Task<IReadOnlyList<ReachabilityProbe>> AskAsync(INodeChanger runner,
        IReadOnlyList<ReachabilityQuestion> questions, PipelineWriter pipe, CancellationToken stop)
    {
        try
        {
            CommandOutput[] said = await RunAsync(questions.Select(question => question.Argv)).ConfigureAwait(false);
            List<ReachabilityProbe> probes = [];
            foreach ((ReachabilityQuestion question, int number) in questions.Select((one, number) => (one, number)))
            {
                CommandOutput? output = said.ElementAtOrDefault(number);
                if (output is not null && question.IsToolMissing(output))
                    output = (await RunAsync([question.InsteadArgv]).ConfigureAwait(false)).FirstOrDefault();
                probes.Add(question.Answered(output));
            }
            return probes;
        }
        catch (QuantumException e)
        {
            pipe.Error(e.Error);        // what the nodes hold is judged all the same
            return [];
        }

        Task<CommandOutput[]> RunAsync(IEnumerable<string[]> commands) => runner.RunAsync(questions[0].ComputerName,
            [.. commands.Select(argv => new CommandTemplate(argv) { TimeoutSeconds = Count + Patience })],
            new PipelineObserver(pipe), stop);
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
