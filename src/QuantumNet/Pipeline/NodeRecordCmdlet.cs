using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>Base of the cmdlets that emit what nodes hold.</summary>
/// <typeparam name="T">What it emits.</typeparam>
public abstract class NodeRecordCmdlet<T> : RecordCmdlet<T>, INeedsCollectors
    where T : NodeRecord
{
    private const string MissingCode = "QN9003";

    private readonly HashSet<string> _nodes = new(StringComparer.OrdinalIgnoreCase);
    private bool _allNodes;

    /// <summary>Collectors whose commands print these records.</summary>
    private protected abstract string[] Collectors { get; }

    /// <summary>Collectors that give more of these records where there are any: their absence is not a gap.</summary>
    private protected virtual string[] FurtherCollectors => [];

    IEnumerable<string> INeedsCollectors.Needs => Collectors.Concat(FurtherCollectors);

    /// <summary>The nodes the parameters name; empty for all.</summary>
    private protected abstract string[] Nodes { get; }

    /// <summary>The records of one node.</summary>
    private protected abstract IEnumerable<T> Select(NodeState node, Cloud cloud);

    private protected override void Process()
    {
        _allNodes |= Nodes.Length == 0 || Array.Exists(Nodes, Wildcard.IsPattern);
        foreach (string node in Nodes)
        {
            if (node.Length > 0 && !Wildcard.IsPattern(node))
                _nodes.Add(node);
        }
        base.Process();
    }

    private protected override void End()
    {
        if (_allNodes || _nodes.Count > 0)
            base.End();
        else
            CommandHost.Verbose("What was piped names no node: there is nothing to ask.");
    }

    private protected override GatherRequest Request() => new()
    {
        ComputerName = _allNodes ? [] : [.. _nodes],
        Collectors = [.. Collectors, .. FurtherCollectors],
        RecordKinds = ["none"],
    };

    private protected override IEnumerable<T> Select(Cloud cloud, Action<QuantumError> report)
    {
        foreach (string name in _nodes)
        {
            if (cloud.Node(name) is null && !HasFailed(name))
                report(Errors.NodeNotFound(name));
        }
        foreach (NodeState node in cloud.Nodes.Values.OrderBy(node => node.ComputerName,
            StringComparer.OrdinalIgnoreCase))
        {
            if (!_allNodes && !_nodes.Contains(node.ComputerName))
                continue;
            ReportGaps(node, cloud, report);
            foreach (T record in Select(node, cloud))
                yield return record;
        }
    }

    /// <summary>Reports what failed. What a node has not (no Open vSwitch on a controller) is an error only where
    /// the node was named.</summary>
    private void ReportGaps(NodeState node, Cloud cloud, Action<QuantumError> report)
    {
        bool named = _nodes.Contains(node.ComputerName);
        foreach (string collector in (string[])[.. Collectors, .. FurtherCollectors])
        {
            bool isDue = Array.IndexOf(Collectors, collector) >= 0;
            if (named && isDue && node.StateOf(collector) == CollectionState.NotCollected)
                report(Errors.NotCollected(node.ComputerName, collector));
            foreach (string subject in SubjectsOf(node, collector))
            {
                CollectionState state = node.StateOf(collector, subject);
                if (state is CollectionState.Collected or CollectionState.NotCollected)
                    continue;
                CollectedCommand command = node.Commands
                    .Find(one => one.Collector == collector && one.Subject == subject && one.State == state)!;
                GatherFailure? failure = cloud.Failures.FirstOrDefault(
                    one => SameName(one.ComputerName, node.ComputerName) && one.Command == command.Command);
                if (named || failure?.Code != MissingCode)
                    report(Errors.CollectionFailed(node.ComputerName, command, failure?.Advice ?? ""));
            }
        }
    }

    private static IEnumerable<string> SubjectsOf(NodeState node, string collector) => node.Commands
        .Where(command => command.Collector == collector).Select(command => command.Subject).Distinct();

    private static bool SameName(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Base of the cmdlets whose records lie on the nodes that are named, or piped.</summary>
/// <typeparam name="T">What it emits.</typeparam>
public abstract class NodeCmdlet<T> : NodeRecordCmdlet<T>
    where T : NodeRecord
{
    /// <summary>The nodes to ask, wildcards allowed; all of the connection's when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [TextOnly]
    [AllowEmptyString]
    [ValidateNotNull]
    [SupportsWildcards]
    public string[] ComputerName { get; set; } = [];

    private protected override string[] Nodes => ComputerName;
}

/// <summary>Base of the cmdlets about a network's DHCP service. Piped objects tell the network and the MAC,
/// not the node: a port's node is seldom the one that serves it.</summary>
/// <typeparam name="T">What it emits.</typeparam>
public abstract class DhcpCmdlet<T> : NodeRecordCmdlet<T>
    where T : NodeRecord
{
    /// <summary>The nodes to ask, wildcards allowed; all of the connection's when left out.</summary>
    [Parameter(Position = 0)]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] ComputerName { get; set; } = [];

    private protected override string[] Nodes => ComputerName;
}
