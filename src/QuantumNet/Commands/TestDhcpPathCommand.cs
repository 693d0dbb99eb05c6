using System.Diagnostics;
using QuantumNet.Access;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Binding;
using QuantumNet.Diagnosis;
using QuantumNet.Pipeline;
using QuantumNet.Reports;
using QuantumNet.Simulation.Assumptions;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Tests whether a port's DHCP request and reply get through, and names where and why they do not.</summary>
[Cmdlet(VerbsDiagnostic.Test, "DhcpPath", DefaultParameterSetName = PortSet)]
[OutputType(typeof(DhcpPathResult))]
[OutputType(typeof(DhcpPathSummary))]
[OutputType(typeof(bool))]
public sealed class TestDhcpPathCommand : GatheredCmdlet, INeedsCollectors
{
    private const string PortSet = "Port";
    private const string InputObjectSet = "InputObject";
    private const string AllSet = "All";
    private const int UsualInterval = 5;

    // An array of its own, to tell "left out" from "given, and empty": only the first means every port.
    private static readonly string[] s_leftOut = (string[])Array.CreateInstance(typeof(string), 0);

    private readonly PortChoice _ports = new();

    /// <summary>Ports: an id or a unique prefix of it, a MAC, an address, an instance's id or name.
    /// Every instance's port when left out.</summary>
    [Parameter(Position = 0, ParameterSetName = PortSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "Mac", "InstanceId")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [AllowEmptyString]
    [TextOnly]
    [SupportsWildcards]
    public string[] PortId { get; set; } = s_leftOut;

    /// <summary>Ports from Get-QuantumPort; those that no DHCP client owns (network:dhcp,
    /// routers) are left out.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public QuantumPort[] InputObject { get; set; } = [];

    /// <summary>Every instance's port, as when no port is named.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Sums up: one line for each cause on each node, with its ports, instead of a verdict for each port.
    /// </summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>Tests again and again, until every port is Ok or it is stopped: a verdict is emitted at first, and
    /// when it changes.</summary>
    [Parameter]
    public SwitchParameter Watch { get; set; }

    /// <summary>Seconds between two looks with -Watch.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int IntervalSeconds { get; set; } = UsualInterval;

    /// <summary>Emits only true (a lease is possible) or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>What Measure-DhcpCounter emitted for the ports: weighed against the state of the nodes.
    /// Its ports are tested when none is named.</summary>
    [Parameter]
    [ValidateNotNull]
    public DhcpCounterChange[] Counter { get; set; } = [];

    /// <summary>What Trace-DhcpPacket emitted at its end: weighed against the state of the nodes.
    /// Its ports are tested when none is named.</summary>
    [Parameter]
    [ValidateNotNull]
    public DhcpTraceResult[] Trace { get; set; } = [];

    /// <summary>Changes that are assumed, nothing of which is run: NODE: COMMAND, such as
    /// 'compute1: iptables -P FORWARD ACCEPT'. The verdict is the one that would be given then; a warning tells of
    /// every other port whose verdict would change.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Assume { get; set; } = [];

    // Two kinds of logs only explain: no verdict waits for them.
    IEnumerable<string> INeedsCollectors.Needs => Collectors.All.Select(collector => collector.Name)
        .Except(["KernelLog", "ServerLog"]).Concat(RecordKinds.ForPath.Select(kind => $"record:{kind}"));

    private protected override void Process()
    {
        _ports.Add(InputObject, CommandHost);
        _ports.Add(PortId);
        _ports.IsEveryInstance |= IsOn(All);
        if (InputObject.Length > 0 || !ReferenceEquals(PortId, s_leftOut))
            return;
        _ports.Add(Counter.Where(change => change.IsOnPath).Select(change => change.PortId));
        _ports.Add(Trace.Select(trace => trace.PortId));
        _ports.IsEveryInstance |= _ports.IsEmpty;
    }

    private protected override void End()
    {
        if (_ports.IsEmpty)
            throw Errors.NothingTested(_ports.WhyEmpty).ToException();
        IReadOnlyList<Assumption> changes = AssumedChanges.Read(Assume);
        QuantumConnection connection = OpenConnection();
        if (IsOn(Watch))
        {
            Follow(connection, changes);
            return;
        }
        Pump(async (pipe, stop) =>
        {
            var clock = Stopwatch.StartNew();
            Cloud cloud = await ReadCloudAsync(connection, new GatherRequest { Port = _ports.Single }, pipe, stop)
                .ConfigureAwait(false);
            TimeSpan gathered = clock.Elapsed;
            var tester = new DhcpPathTester(AssumedChanges.Apply(cloud, changes));
            QuantumPort[] ports = [.. PortsIn(cloud, pipe)];
            Tell(Judge(tester, ports, pipe, stop).Select(result => Assumed(result, changes) with
            {
                DurationSeconds = Math.Round(gathered.TotalSeconds + result.DurationSeconds, 3),
            }), pipe);
            if (changes.Count > 0)
                WarnOfOthers(new DhcpPathTester(cloud), tester, PortChoice.Others(cloud.Records, ports), pipe, stop);
        });
    }

    /// <summary>Looks again and again, and tells what changes.</summary>
    private void Follow(QuantumConnection connection, IReadOnlyList<Assumption> changes)
    {
        if (connection.Snapshot.Length > 0)
            throw Errors.NeedsLiveNodes("Test-DhcpPath -Watch", "Leave -Watch out: a snapshot does not change.")
                .ToException();
        Dictionary<string, (DhcpPathStatus, string?)> told = [];
        GatherRequest request = new() { Port = _ports.Single };
        Pump(async (pipe, stop) =>
        {
            while (true)
            {
                Cloud cloud = await ReadCloudAsync(connection, request, pipe, stop).ConfigureAwait(false);
                request = request with { IsLookAgain = true };
                var tester = new DhcpPathTester(AssumedChanges.Apply(cloud, changes));
                DhcpPathResult[] now = [.. Judge(tester, [.. PortsIn(cloud, pipe)], pipe, stop)];
                foreach (DhcpPathResult result in now.Where(result => IsNews(told, result)))
                    Emit(Assumed(result, changes), pipe);
                if (Array.TrueForAll(now, result => result.Status == DhcpPathStatus.Ok))
                    return;
                await pipe.WaitAsync($"{PathSummaries.Sentence(now)} Looking again",
                    TimeSpan.FromSeconds(IntervalSeconds), Clock, stop).ConfigureAwait(false);
            }
        });
    }

    private static bool IsNews(Dictionary<string, (DhcpPathStatus, string?)> told, DhcpPathResult result)
    {
        bool isKnown = told.TryGetValue(result.PortId, out (DhcpPathStatus, string?) before);
        told[result.PortId] = (result.Status, result.Cause);
        return !isKnown || before != (result.Status, result.Cause);
    }

    private IEnumerable<DhcpPathResult> Judge(
        DhcpPathTester tester, QuantumPort[] ports, PipelineWriter pipe, CancellationToken stop) =>
        JudgedPorts.Of(tester, ports, Counter, Trace, pipe, stop);

    /// <summary>Emits the verdicts as they come, or sums them up at the end.</summary>
    private void Tell(IEnumerable<DhcpPathResult> results, PipelineWriter pipe)
    {
        if (IsOn(Summary))
        {
            // Of many ports nothing is kept that the lines do not tell.
            foreach (DhcpPathSummary line in PathSummaries.Of(
                results.Select(result => result with { Hops = [], Findings = [] }).ToList()))
                pipe.Object(line);
            return;
        }
        foreach (DhcpPathResult result in results)
            Emit(result, pipe);
    }

    private static DhcpPathResult Assumed(DhcpPathResult result, IReadOnlyList<Assumption> changes) =>
        changes.Count == 0 ? result
            : result with { Summary = $"Assuming {string.Join("; ", changes)}: {result.Summary}" };

    /// <summary>What the changes do to ports that were not asked for.</summary>
    private static void WarnOfOthers(DhcpPathTester before, DhcpPathTester after, IEnumerable<QuantumPort> others,
        PipelineWriter pipe, CancellationToken stop)
    {
        foreach (QuantumPort port in others)
        {
            stop.ThrowIfCancellationRequested();
            DhcpPathResult was = before.Test(port), becomes = after.Test(port);
            if (was.Status != becomes.Status || was.Cause != becomes.Cause)
                pipe.Warning($"Port {port.PortId} on {becomes.ComputeNode} would change from {Verdict(was)} "
                    + $"to {Verdict(becomes)}.");
        }
    }

    private static string Verdict(DhcpPathResult result) =>
        result.Cause is { } cause ? $"{result.Status} ({cause})" : $"{result.Status}";

    /// <summary>The ports to test. None at all is an error: a health check that looked at nothing
    /// is not healthy.</summary>
    private IEnumerable<QuantumPort> PortsIn(Cloud cloud, PipelineWriter pipe)
    {
        if (cloud.Records.Ports.Count == 0)
            throw Errors.NothingTested(cloud.Nodes.Count == 0 ? "no node and no record was read" : "no port is known")
                .ToException();
        QuantumPort[] ports = [.. _ports.In(cloud.Records, pipe)];
        return ports.Length > 0 || !_ports.IsEveryInstance ? ports
            : throw Errors.NothingTested("none of the known ports has a DHCP client").ToException();
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
}
