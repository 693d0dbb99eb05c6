using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults;

/// <summary>A check of what a node holds, whichever port or network asks: each thing of a node is judged once and
/// remembered as long as the node's view is.</summary>
internal abstract class NodeCheck : ICheck
{
    private readonly NodeMemo<ConcurrentDictionary<string, Finding>> _said = new(_ => new());

    /// <inheritdoc/>
    public FaultScope Scope => FaultScope.Node;

    /// <inheritdoc/>
    public abstract IReadOnlyList<CheckInfo> Infos { get; }

    /// <inheritdoc/>
    public abstract IEnumerable<Finding> Run(DhcpLeg leg);

    /// <summary>What is said of a thing of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="thing">Its name on the node (a bridge); empty for the node itself.</param>
    protected Finding Of(NodeView node, string thing = "") =>
        _said.Of(node).GetOrAdd(thing, name => Judge(node, name));

    /// <summary>Judges a thing of a node.</summary>
    protected abstract Finding Judge(NodeView node, string thing);
}

/// <summary>A check of one network's DHCP server on a node, whichever port asks: each server is judged once.</summary>
internal abstract class ServerCheck : ICheck
{
    private readonly ConditionalWeakTable<DhcpSite, List<Finding>> _said = [];

    /// <inheritdoc/>
    public FaultScope Scope => FaultScope.Node;

    /// <inheritdoc/>
    public abstract IReadOnlyList<CheckInfo> Infos { get; }

    /// <inheritdoc/>
    public IEnumerable<Finding> Run(DhcpLeg leg) => leg.Server is not { } server || leg.IsServedByAgent
        ? [Infos[0].NotApplicable("No dnsmasq is expected.")]
        : _said.GetValue(server, one => [.. Judge(leg.Cloud, one)]);

    /// <summary>Judges a server.</summary>
    protected abstract IEnumerable<Finding> Judge(CloudView cloud, DhcpSite server);
}
