using System.Net;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>Live nodes and a live control plane: first the records, then the nodes that they name.</summary>
internal sealed class LiveSource : IQuantumSource, INodeChanger, IProbedSource
{
    private const int RunDeadlineSeconds = 30;

    private readonly Inventory _inventory;
    private readonly IControlPlane? _controlPlane;
    private readonly Func<InventoryNode, INodeTransport> _transportOf;
    private readonly IReadOnlyList<ICollector> _collectors;

    /// <summary>A source.</summary>
    /// <param name="inventory">The nodes.</param>
    /// <param name="controlPlane">The control plane; null for none.</param>
    /// <param name="credential">User and password for ssh; null for keys.</param>
    public LiveSource(Inventory inventory, IControlPlane? controlPlane, NetworkCredential? credential = null)
        : this(inventory, controlPlane, node => TransportOf(inventory, credential, node), Snapshots.Collectors.All)
    {
    }

    internal LiveSource(Inventory inventory, IControlPlane? controlPlane,
        Func<InventoryNode, INodeTransport> transportOf, IReadOnlyList<ICollector> collectors) =>
            (_inventory, _controlPlane, _transportOf, _collectors) = (inventory, controlPlane, transportOf, collectors);

    /// <summary>Where records come from: <c>api</c>, <c>client</c>, <c>file</c> or <c>none</c>.</summary>
    public string ControlPlaneName => _controlPlane switch
    {
        null => "none",
        FileControlPlane => "file",
        { Source: RecordSource.Client } => "client",
        _ => "api",
    };

    /// <summary>The source that an inventory describes.</summary>
    /// <param name="inventory">Nodes and control plane.</param>
    /// <param name="credential">User and password for the control plane's API;
    /// null for the environment's or clouds.yaml's.</param>
    /// <param name="nodeCredential">User and password for ssh; null for keys.</param>
    /// <exception cref="QuantumException">The control plane it names cannot be used.</exception>
    public static LiveSource Open(
        Inventory inventory, NetworkCredential? credential = null, NetworkCredential? nodeCredential = null) =>
            new(inventory, ControlPlaneChoice.Of(inventory, credential, nodeCredential), nodeCredential);

    /// <summary>The way to a node that its inventory names.</summary>
    /// <exception cref="QuantumException">There is no such way, or its files are damaged.</exception>
    public static INodeTransport TransportOf(Inventory inventory, NetworkCredential? credential, InventoryNode node)
    {
        TransportChoice choice = TransportChoice.Of(node.Transport, credential is not null);
        return new ChosenTransport(choice.Transport switch
        {
            "local" => new LocalTransport(),
            Inventory.OpenSsh => new SshTransport(inventory.Ssh, credential),
            Inventory.SshNet => SshNetLoader.Create(inventory.Ssh, credential),
            _ => throw AccessErrors.TransportUnknown(node.Name, node.Transport).ToException(),
        }, choice);
    }

    public ConnectionProbe Probe => new(_inventory, _controlPlane, _transportOf);

    /// <summary>A node and the way to it. Without an inventory of nodes, ssh_config alone tells
    /// how to reach one.</summary>
    /// <exception cref="QuantumException">It is not in the inventory, or there is no way.</exception>
    public (InventoryNode Node, INodeTransport Transport) Reach(string name)
    {
        InventoryNode? node = _inventory.Find(name)
            ?? (_inventory.Nodes.Length == 0 && HostName.IsSafe(name) ? _inventory.Unlisted(name) : null);
        return node is null
            ? throw AccessErrors.NodeNotInInventory(name, _inventory).ToException() : (node, _transportOf(node));
    }

    public async Task<QuantumSnapshot> GatherAsync(
        GatherRequest request, IGatherObserver observer, CancellationToken stop)
    {
        if (_inventory.Nodes.Length == 0 && _controlPlane is null && request.ComputerName.Length == 0)
            throw AccessErrors.NothingToAsk().ToException();

        DateTime start = DateTime.UtcNow;
        IReadOnlyList<ICollector> collectors = GatherPlan.Choose(request.Collectors, _collectors);
        await using NodeRound round = new((node, plan, token) => GatherNodeAsync(node, plan, request, observer, token),
            request.ThrottleLimit, stop);
        CommandOutput[] answers = await FetchAsync(request,
            collectors.Count > 0 ? BeginEarly(request, collectors, round, observer) : observer, stop)
            .ConfigureAwait(false);
        QuantumSnapshot snapshot = new()
        {
            CollectedAt = start,
            ToolVersion = ProductVersion.Text,
            Scope = request.Port,
            RecordSource = answers.Length > 0 ? _controlPlane!.Source : RecordSource.Inferred,
            RecordOutputs = answers,
        };
        if (collectors.Count > 0)
        {
            NodeGathering[] gatherings =
                await GatherNodesAsync(request, snapshot, collectors, round, observer).ConfigureAwait(false);
            snapshot = snapshot with
            {
                Nodes = [.. gatherings.Select(gathering => gathering.Node)],
                Outputs = [.. gatherings.SelectMany(gathering => gathering.Outputs)],
            };
        }
        return snapshot with { DurationSeconds = Math.Round((DateTime.UtcNow - start).TotalSeconds, 3) };
    }

    public async Task<CommandOutput[]> RunAsync(
        string computerName, IReadOnlyList<CommandTemplate> commands, IGatherObserver observer, CancellationToken stop)
    {
        foreach (CommandTemplate command in commands)
        {
            if (!ChangeList.Allows(command.Argv))
                AllowList.Demand(command);
        }
        InventoryNode? node = _inventory.Find(computerName);
        if (node is null && !HostName.IsSafe(computerName))
            throw AccessErrors.NameUnsafe(computerName).ToException();
        node ??= _inventory.Unlisted(computerName);
        int deadline = commands.Sum(command => command.TimeoutSeconds) + RunDeadlineSeconds;
        using IDisposable? asking = observer.Asking(node.Name);
        NodeGathering given = await new NodeGatherer(_transportOf(node), observer)
            .GatherAsync(node, GatherPlan.Of(commands), deadline, stop).ConfigureAwait(false);
        return given.Error is null ? given.Outputs : throw given.Error.ToException();
    }

    private async Task<CommandOutput[]> FetchAsync(
        GatherRequest request, IGatherObserver observer, CancellationToken stop)
    {
        if (_controlPlane is null || request.RecordKinds is ["none"])
            return [];
        try
        {
            RecordRequest wanted = new()
            {
                Kinds = request.RecordKinds,
                Port = request.Port,
                InstanceIds = request.InstanceIds,
                WithConsole = request.WithConsole,
                WithRouters = request.RoutersOf.Length > 0,
            };
            observer.Planned(1);
            using IDisposable? asking = observer.Asking("the control plane");
            return await _controlPlane.FetchAsync(wanted, observer, stop).ConfigureAwait(false);
        }
        catch (QuantumException e) when (_inventory.Nodes.Length > 0)
        {
            observer.Failed(e.Error);     // the nodes tell much without records
            return [];
        }
    }

    /// <summary>Begins with the nodes that are known before all records are there: all, where no record narrows them;
    /// those of a port as soon as the answers name them.</summary>
    /// <returns>Who is to hear the answers.</returns>
    private IGatherObserver BeginEarly(
        GatherRequest request, IReadOnlyList<ICollector> collectors, NodeRound round, IGatherObserver observer)
    {
        if (_controlPlane is null || request.RecordKinds is ["none"])
            return observer;
        if (!IsNarrowed(request))
        {
            Begin(NodesOf(request, null).Nodes, PlanOf(request, collectors, null));
            return observer;
        }
        bool isOnePort = request.NetworkId.Length + request.RoutersOf.Length + request.ComputerName.Length == 0
            && Guid.TryParse(request.Port, out _);
        return !isOnePort ? observer : new EarlyNodes(observer, request.Port, wanted => Begin(
            wanted.ComputerNames.Select(_inventory.Find).OfType<InventoryNode>(),
            PlanOf(request, collectors, wanted)));

        void Begin(IEnumerable<InventoryNode> nodes, GatherPlan plan) => observer.Planned(round.Begin(nodes, plan));
    }

    /// <summary>Whether records tell which nodes and networks are wanted.</summary>
    private static bool IsNarrowed(GatherRequest request) =>
        request.Port.Length > 0 || request.NetworkId.Length > 0 || request.RoutersOf.Length > 0;

    private static GatherPlan PlanOf(GatherRequest request, IEnumerable<ICollector> collectors, PortNodes? wanted) =>
        GatherPlan.For(collectors, wanted?.NetworkIds, request.IsSample ? FlowCounters.Settle : []);

    private async Task<NodeGathering[]> GatherNodesAsync(GatherRequest request, QuantumSnapshot snapshot,
        IReadOnlyList<ICollector> collectors, NodeRound round, IGatherObserver observer)
    {
        CloudRecords? records = snapshot.RecordOutputs.Length > 0 && IsNarrowed(request)
            ? CloudReader.Read(snapshot).Records : null;
        IReadOnlyList<QuantumPort> routers = records is null ? [] : PortRouters.Of(records, request.RoutersOf);
        PortNodes? wanted = records is null ? null
            : request.Port.Length > 0 ? PortNodes.Of(records, request.Port).With(routers)
            : request.NetworkId.Length > 0 ? PortNodes.OfServers(records, request.NetworkId) : null;
        GatherPlan plan = PlanOf(request, [.. collectors, .. PortRouters.Collectors(routers)], wanted);
        (List<InventoryNode> nodes, List<string> strangers) = NodesOf(request, wanted);
        NodeGathering[] failed = [.. strangers.Select(name => NotInInventory(name, observer))];
        observer.Planned(round.Settle(nodes, plan));
        return [.. await round.FinishAsync(nodes).ConfigureAwait(false), .. failed];
    }

    private async Task<NodeGathering> GatherNodeAsync(
        InventoryNode node, GatherPlan plan, GatherRequest request, IGatherObserver observer, CancellationToken stop)
    {
        using IDisposable? asking = observer.Asking(node.Name);
        try
        {
            var gatherer = new NodeGatherer(_transportOf(node), observer) { Explain = error => Explain(node, error) };
            return await gatherer.GatherAsync(node, plan, request.TimeoutSeconds, stop).ConfigureAwait(false);
        }
        catch (QuantumException e)
        {
            observer.Failed(e.Error);
            return Failed(node.Name, node.Roles, e.Error);
        }
    }

    /// <summary>A node that is not in the inventory and cannot be reached is most likely a typing error.</summary>
    private QuantumError Explain(InventoryNode node, QuantumError error) =>
        error.Id == AccessErrors.NodeUnreachableId && _inventory.Nodes.Length > 0
            && Array.IndexOf(_inventory.Nodes, node) < 0
            ? AccessErrors.StrangerUnreachable(error, NodeNames) : error;

    private string[] NodeNames => Array.ConvertAll(_inventory.Nodes, node => node.Name);

    /// <summary>The nodes to gather, and the names of those that nobody tells how to reach.</summary>
    private (List<InventoryNode> Nodes, List<string> Strangers) NodesOf(GatherRequest request, PortNodes? wanted)
    {
        string[] names = request.ComputerName.Length > 0 ? [.. request.ComputerName.SelectMany(Meant)]
            : wanted?.ComputerNames ?? [];
        List<InventoryNode> nodes = [];
        List<string> strangers = [];
        foreach (string name in names)
        {
            InventoryNode? node = _inventory.Find(name);
            // Without an inventory of nodes, ssh_config alone tells how to reach one.
            if (node is null && (_inventory.Nodes.Length == 0 || request.ComputerName.Length > 0)
                && HostName.IsSafe(name))
                node = _inventory.Unlisted(name);
            if (node is not null && !nodes.Contains(node))
                nodes.Add(node);
            else if (node is null)
                strangers.Add(name);
        }
        // Where the port is, or whether its node is known, only a look at all nodes tells.
        if (request.ComputerName.Length == 0 && wanted is not { IsComplete: true })
            nodes.AddRange(_inventory.Nodes.Where(node => !nodes.Contains(node) && node.Roles is not ["controller"]));
        return (nodes, strangers);
    }

    /// <summary>A wildcard means the nodes of the inventory that fit it; one that none fits stays, to be reported.
    /// </summary>
    private IEnumerable<string> Meant(string name) => !Wildcard.IsPattern(name) ? [name]
        : NodeNames.Where(node => HostName.Fits(name, node)).DefaultIfEmpty(name);

    private NodeGathering NotInInventory(string name, IGatherObserver observer)
    {
        QuantumError error = HostName.IsSafe(name) || Wildcard.IsPattern(name)
            ? AccessErrors.NodeNotInInventory(name, _inventory) : AccessErrors.NameUnsafe(name);
        observer.Failed(error);
        return Failed(name, [], error);
    }

    private static NodeGathering Failed(string name, string[] roles, QuantumError error) => new(
        new() { ComputerName = name, Roles = roles, FailureCode = "QN9002", Failure = error.Message,
            Advice = error.Advice }, [], error);
}
