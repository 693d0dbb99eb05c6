using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>Tests what a connection leads to: each of its nodes, and its control plane.</summary>
/// <param name="connection">The connection.</param>
/// <param name="observer">Hears what is asked.</param>
internal sealed class ConnectionTest(QuantumConnection connection, IGatherObserver observer)
{
    /// <summary>The nodes, wildcards allowed; empty for all, and the control plane.</summary>
    public string[] ComputerName { get; init; } = [];

    /// <summary>Nodes at a time.</summary>
    public int ThrottleLimit { get; init; } = 16;

    /// <summary>Deadline for one node as a whole, in seconds.</summary>
    public int TimeoutSeconds { get; init; } = 120;

    /// <summary>Tests, and tells each result as soon as it and all before it stand: in the order of the nodes that are
    /// asked for, the control plane first.</summary>
    /// <param name="emit">Takes the results, one after another.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="QuantumException">There is nothing to test.</exception>
    public Task RunAsync(Action<QuantumConnectionResult> emit, CancellationToken stop) =>
        connection.Source is IProbedSource source ? RunAsync(source.Probe, emit, stop) : ReadAsync(emit, stop);

    private async Task RunAsync(ConnectionProbe probe, Action<QuantumConnectionResult> emit, CancellationToken stop)
    {
        var tester = new NodeConnectionTester(CmdletNeeds.Of);
        using SemaphoreSlim gate = new(ThrottleLimit);
        List<Func<Task<QuantumConnectionResult>>> tests = [];
        if (ComputerName.Length == 0)
            tests.Add(() => TimedAsync("the control plane", async () => new ControlPlaneTester(CmdletNeeds.Of).Of(
                await probe.LookAtControlPlaneAsync(observer, stop).ConfigureAwait(false))));
        foreach (InventoryNode node in await NodesAsync(probe, stop).ConfigureAwait(false))
            tests.Add(() => GatedAsync(gate, () => TimedAsync(node.Name, async () => tester.Of(
                await probe.LookAtAsync(node, observer, TimeoutSeconds, stop).ConfigureAwait(false))), stop));
        observer.Planned(tests.Count);
        await InOrder.RunAsync(tests, emit).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<InventoryNode>> NodesAsync(ConnectionProbe probe, CancellationToken stop)
    {
        if (ComputerName.Length == 0)
            return probe.Nodes.Count > 0 ? probe.Nodes : [.. (await AgentNodesAsync(stop).ConfigureAwait(false))
                .Select(probe.Node)];
        List<InventoryNode> nodes = [];
        foreach (string name in ComputerName)
        {
            InventoryNode[] fitting = !Wildcard.IsPattern(name) ? [probe.Node(name)]
                : [.. probe.Nodes.Where(node => NamedPlaces.HasNode([name], node.Name))];
            nodes.AddRange(fitting.Where(node => !nodes.Contains(node)));
        }
        return nodes.Count > 0 ? nodes
            : throw Errors.NoConnectionTested($"no node is named like {string.Join(", ", ComputerName)}").ToException();
    }

    /// <summary>An inventory without nodes: the control plane knows where its agents are.</summary>
    private async Task<IEnumerable<string>> AgentNodesAsync(CancellationToken stop)
    {
        try
        {
            QuantumSnapshot records = await connection.Source.GatherAsync(
                new() { Collectors = ["none"], RecordKinds = ["agent"] }, new Deaf(), stop).ConfigureAwait(false);
            return connection.ReadCloud(records).Records.Agents.Select(agent => agent.ComputerName)
                .Where(HostName.IsSafe).Distinct(StringComparer.OrdinalIgnoreCase);
        }
        catch (QuantumException)
        {
            return [];      // what is wrong with the control plane stands in its own result
        }
    }

    /// <summary>A snapshot tells what could not be gathered when it was taken.</summary>
    private async Task ReadAsync(Action<QuantumConnectionResult> emit, CancellationToken stop)
    {
        QuantumSnapshot snapshot = await connection.Source.GatherAsync(new(), observer, stop).ConfigureAwait(false);
        QuantumConnectionResult[] results = [.. new SnapshotConnectionTester(CmdletNeeds.Of)
            .Of(connection.ReadCloud(snapshot))
            .Where(result => ComputerName.Length == 0 || (result.Kind == QuantumEndpointKind.Node
                && NamedPlaces.HasNode(ComputerName, result.ComputerName)))];
        if (results.Length == 0)
            throw Errors.NoConnectionTested(ComputerName.Length == 0 ? "the snapshot holds nothing"
                : $"the snapshot has no node named {string.Join(", ", ComputerName)}").ToException();
        Array.ForEach(results, emit);
    }

    private async Task<QuantumConnectionResult> TimedAsync(string name, Func<Task<QuantumConnectionResult>> test)
    {
        using IDisposable? asking = observer.Asking(name);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        QuantumConnectionResult result = await test().ConfigureAwait(false);
        return result with { DurationSeconds = Math.Round(clock.Elapsed.TotalSeconds, 3) };
    }

    private static async Task<QuantumConnectionResult> GatedAsync(
        SemaphoreSlim gate, Func<Task<QuantumConnectionResult>> test, CancellationToken stop)
    {
        await gate.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return await test().ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    private sealed class Deaf : IGatherObserver
    {
        public void CommandFinished(CommandOutput output)
        {
        }

        public void Failed(QuantumError error)
        {
        }
    }
}
