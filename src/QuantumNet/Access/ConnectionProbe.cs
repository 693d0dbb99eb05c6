using QuantumNet.Access.ControlPlane;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Observations.Connections;

namespace QuantumNet.Access;

/// <summary>A source whose nodes and control plane can be looked at before anything is gathered.</summary>
internal interface IProbedSource
{
    /// <summary>What looks at them.</summary>
    ConnectionProbe Probe { get; }
}

/// <summary>Looks at the nodes and the control plane of an inventory: whether and how they can be used.</summary>
internal sealed class ConnectionProbe(
    Inventory inventory, IControlPlane? controlPlane, Func<InventoryNode, INodeTransport> transportOf)
{
    /// <summary>The nodes of the inventory.</summary>
    public IReadOnlyList<InventoryNode> Nodes => inventory.Nodes;

    /// <summary>The node of a name; without an inventory of nodes, ssh_config alone tells how to reach one.</summary>
    /// <exception cref="QuantumException">It cannot be a node's name.</exception>
    public InventoryNode Node(string name) => inventory.Find(name)
        ?? (HostName.IsSafe(name) ? inventory.Unlisted(name) : throw AccessErrors.NameUnsafe(name).ToException());

    /// <summary>Looks at a node. What fails is in the answer.</summary>
    public async Task<NodeProbe> LookAtAsync(
        InventoryNode node, IGatherObserver observer, int timeoutSeconds, CancellationToken stop)
    {
        NodeProbe probe = new()
        {
            ComputerName = node.Name, Address = node.Address, UserName = node.User, Transport = node.Transport,
            UsesSudo = node.Sudo, CollectedAt = DateTime.UtcNow,
        };
        var plan = ProbePlan.For(node.Roles);
        try
        {
            INodeTransport transport = transportOf(node);
            probe = probe with { Transport = transport.Name };
            (QuantumError? error, NodeClock? clock, CommandOutput[] outputs) =
                await new NodeGatherer(transport, new ProbeObserver(observer, plan))
                    .ProbeAsync(node, plan, timeoutSeconds, stop).ConfigureAwait(false);
            return plan.Read(probe with { Error = error, Clock = clock }, outputs);
        }
        catch (QuantumException e)
        {
            return probe with { Error = e.Error };
        }
    }

    /// <summary>Looks at the control plane. What fails is in the answer.</summary>
    public async Task<ControlPlaneProbe> LookAtControlPlaneAsync(IGatherObserver observer, CancellationToken stop)
    {
        DateTime start = DateTime.UtcNow;
        if (controlPlane is null)
            return new() { Source = "none", CollectedAt = start };
        ControlPlaneProbe probe = await controlPlane.ProbeAsync(observer, stop).ConfigureAwait(false);
        return probe with { CollectedAt = start };
    }

    /// <summary>Tells what is asked: of the commands that are not run, that they were asked about.</summary>
    private sealed class ProbeObserver(IGatherObserver observer, ProbePlan plan) : IGatherObserver
    {
        public void CommandFinished(CommandOutput output)
        {
            if (plan.Facts.Any(fact => output.Argv.AsSpan().EndsWith(fact.Argv)))
                observer.CommandFinished(output);
            else
                observer.Verbose($"{output.ComputerName}: may run '{output.Command}': "
                    + output.ExitStatus switch { 0 => "yes", 127 => "it is missing", _ => output.StandardError });
        }

        public void Failed(QuantumError error) => observer.Failed(error);

        public void Verbose(string text) => observer.Verbose(text);

        public Action<string>? Debug => observer.Debug;

        public void Planned(int count) => observer.Planned(count);

        public IDisposable? Asking(string name) => observer.Asking(name);
    }
}
