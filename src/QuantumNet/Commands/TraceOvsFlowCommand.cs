using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Pipeline;
using QuantumNet.Simulation.Assumptions;
using QuantumNet.Simulation.Network;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Traces a packet through the flows of Open vSwitch bridges, over patch ports, tunnels and nodes.</summary>
[Cmdlet(VerbsDiagnostic.Trace, "OvsFlow", DefaultParameterSetName = PortSet)]
[OutputType(typeof(OvsTraceStep))]
public sealed class TraceOvsFlowCommand : GatheredCmdlet, INeedsCollectors
{
    private const string PortSet = "Port";
    private const string PacketSet = "Packet";
    private static readonly string[] s_collectors = ["OvsPort", "OpenFlowPort", "OvsFlow", "OvsGroup", "OvsFdb",
        "NodeLink"];

    private readonly PortChoice _ports = new();

    /// <summary>The ports whose DHCP request and reply are traced: an id or a unique prefix of it, a MAC, an address,
    /// an instance's id or name.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PortSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "Mac", "InstanceId")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [ValidateNotNullOrEmpty]
    [TextOnly]
    [SupportsWildcards]
    public string[] PortId { get; set; } = [];

    /// <summary>Traces only the request, a DISCOVER from the instance.</summary>
    [Parameter(ParameterSetName = PortSet)]
    public SwitchParameter Discover { get; set; }

    /// <summary>Traces only the reply, an OFFER from each DHCP server; what the request teaches the bridges on its way
    /// is known to them.</summary>
    [Parameter(ParameterSetName = PortSet)]
    public SwitchParameter Offer { get; set; }

    /// <summary>The nodes on which the packet comes in, one after another, wildcards allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PacketSet)]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] ComputerName { get; set; } = [];

    /// <summary>The bridges on which the packet comes in, one after another, wildcards allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PacketSet)]
    [ArgumentCompleter(typeof(BridgeCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Bridge { get; set; } = [];

    /// <summary>The packet, as ofproto/trace takes it: udp,in_port=qvo1408934f-8a,dl_src=fa:16:3e:dc:0f:7e,udp_dst=67.
    /// in_port, a number or a name, must be there; what is left out is zero.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PacketSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNullOrEmpty]
    public string Packet { get; set; } = "";

    /// <summary>Also asks each node's own ofproto/trace, which sends nothing, and compares: IsConfirmed and LiveText of
    /// the steps tell. Needs live nodes.</summary>
    [Parameter]
    public SwitchParameter Live { get; set; }

    /// <summary>Changes that are assumed, nothing of which is run: NODE: COMMAND, such as
    /// 'compute1: ovs-vsctl set port qvo1408934f-8a tag=2'. The trace is the one that the packet would take then;
    /// IsChanged marks the steps that are new.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Assume { get; set; } = [];

    private bool IsOfPorts => Packet.Length == 0;

    IEnumerable<string> INeedsCollectors.Needs => s_collectors;

    private protected override void Process() => _ports.Add(PortId);

    private protected override void End()
    {
        if (IsOfPorts && _ports.IsEmpty)
            throw Errors.NothingTested(_ports.WhyEmpty).ToException();
        IReadOnlyList<Assumption> changes = AssumedChanges.Read(Assume);
        if (IsOn(Live) && changes.Count > 0)
            throw Errors.LiveAndAssumed().ToException();
        QuantumConnection connection = OpenConnection();
        INodeChanger? switches = !IsOn(Live) ? null : connection.Source as INodeChanger
            ?? throw Errors.NeedsLiveNodes("Trace-OvsFlow -Live",
                "Leave -Live out: the trace itself needs no live node.").ToException();
        Pump(async (pipe, stop) =>
        {
            GatherRequest request = IsOfPorts ? new() { Port = _ports.Single }
                : new() { Collectors = s_collectors, RecordKinds = ["none"] };
            Cloud cloud = await ReadCloudAsync(connection, request, pipe, stop).ConfigureAwait(false);
            var tracer = new OvsTracer(AssumedChanges.Apply(cloud, changes));
            OvsTracer? before = changes.Count == 0 ? null : new OvsTracer(cloud);
            foreach ((string subject, Func<OvsTracer, OvsTrace> way) in
                IsOfPorts ? Ports(cloud, pipe) : Bridges(cloud, pipe))
            {
                stop.ThrowIfCancellationRequested();
                OvsTrace trace = way(tracer);
                if (switches is not null)
                    await CompareAsync(switches, trace, pipe, stop).ConfigureAwait(false);
                Emit(trace, before is null ? trace.Steps() : trace.StepsSince(way(before)), subject, pipe);
            }
        });
    }

    private IEnumerable<(string Subject, Func<OvsTracer, OvsTrace> Way)> Ports(Cloud cloud, PipelineWriter pipe)
    {
        DhcpDirection? direction = IsOn(Discover) == IsOn(Offer) ? null
            : IsOn(Discover) ? DhcpDirection.Request : DhcpDirection.Reply;
        foreach (QuantumPort port in _ports.In(cloud.Records, pipe))
            yield return (port.PortId, tracer => tracer.Dhcp(port, direction));
    }

    private IEnumerable<(string Subject, Func<OvsTracer, OvsTrace> Way)> Bridges(Cloud cloud, PipelineWriter pipe)
    {
        foreach (string name in ComputerName)
        {
            NodeState[] nodes = [.. cloud.Nodes.Values
                .Where(node => NamedPlaces.HasNode([name], node.ComputerName))
                .OrderBy(node => node.ComputerName, StringComparer.OrdinalIgnoreCase)];
            if (nodes.Length == 0)
                pipe.Error(Errors.NameNotFound(NameKind.Node, name, [.. cloud.Nodes.Keys]));
            foreach (NodeState node in nodes)
            {
                foreach (string bridge in BridgesOf(node, pipe))
                    yield return (Packet, tracer => tracer.Any(node.ComputerName, bridge, Packet));
            }
        }
    }

    private IEnumerable<string> BridgesOf(NodeState node, PipelineWriter pipe)
    {
        string[] known = [.. node.OvsPorts.Select(port => port.Bridge).Distinct()];
        foreach (string name in Bridge)
        {
            string[] fitting = Array.FindAll(known, bridge => new Wildcard(name).Matches(bridge));
            if (fitting.Length == 0)
                pipe.Error(Errors.NameNotFound(NameKind.Bridge, name, known));
            foreach (string bridge in fitting)
                yield return bridge;
        }
    }

    private static async Task CompareAsync(
        INodeChanger switches, OvsTrace trace, PipelineWriter pipe, CancellationToken stop)
    {
        IReadOnlyList<string> differences = await SwitchTraces
            .AskAsync(switches, trace, new PipelineObserver(pipe), stop).ConfigureAwait(false);
        foreach (string difference in differences)
            pipe.Warning(difference);
    }

    private static void Emit(OvsTrace trace, IReadOnlyList<OvsTraceStep> steps, string subject, PipelineWriter pipe)
    {
        foreach (OvsTraceStep step in steps)
            pipe.Object(step);
        if (trace.Problem.Length > 0)
            pipe.Error(Errors.NotTraced(subject, trace.Problem));
    }
}
