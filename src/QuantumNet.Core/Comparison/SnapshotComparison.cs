using QuantumNet.Comparison.Kinds;
using QuantumNet.Topology;

namespace QuantumNet.Comparison;

/// <summary>What a comparison is to look at.</summary>
internal sealed record ComparisonRequest
{
    /// <summary>What is asked for beyond what matters.</summary>
    public IReadOnlySet<ComparisonDetail> Details { get; init; } = new HashSet<ComparisonDetail>();

    /// <summary>The nodes that are held against each other, of the reference and of the difference; null for every
    /// node against itself, and the records.</summary>
    public (string Reference, string Difference)? Nodes { get; init; }

    /// <summary>Ports whose paths are kept; all is kept where there are none.</summary>
    public IReadOnlyList<QuantumPort> Ports { get; init; } = [];
}

/// <summary>Compares two times of a cloud by what they hold.</summary>
internal sealed class SnapshotComparison
{
    // Beyond that, which instances have a path says little, and costs much.
    private const int MostPaths = 500;

    private readonly CloudView _before, _after;
    private readonly ComparisonRequest _request;
    private readonly ComparisonGaps _gaps = new();
    private readonly List<string> _compared = [];

    /// <param name="before">The reference.</param>
    /// <param name="after">The difference.</param>
    /// <param name="request">What to look at.</param>
    public SnapshotComparison(Cloud before, Cloud after, ComparisonRequest request) =>
        (_before, _after, _request) = (new CloudView(before), new CloudView(after), request);

    /// <summary>What was not compared, and why, in sentences.</summary>
    public IReadOnlyList<string> Gaps => _gaps.Sentences;

    /// <summary>What was compared: the nodes, and the kinds of the control plane's records.</summary>
    public IReadOnlyList<string> Compared => _compared;

    /// <summary>The differences, the most suspicious first.</summary>
    public QuantumDifference[] Compare()
    {
        if (_request.Nodes is { } nodes)
            return DifferenceOrder.Of(HoldAgainst(nodes.Reference, nodes.Difference), isOfNodes: true);
        List<FoundDifference> found = [.. CompareRecords()];
        foreach (NodeView was in _before.Nodes.OrderBy(node => node.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (_after.Node(was.Name) is { } now)
                found.AddRange(CompareNodes(new(_before, was, new Naming()),
                    new(_after, now, new RenumberedVlans(_before, was, _after, now))));
            else
                _gaps.Add(was.Name, isBefore: true);
        }
        foreach (NodeView now in _after.Nodes.Where(now => _before.Node(now.Name) is null))
            _gaps.Add(now.Name, isBefore: false);
        return DifferenceOrder.Of(Related(found));
    }

    private IEnumerable<FoundDifference> CompareRecords()
    {
        // What was gathered for one port tells of few others: what it lacks need not be gone.
        string wasFor = _before.Cloud.Scope, isFor = _after.Cloud.Scope;
        ComparedNode before = ComparedNode.OfRecords(_before, wasFor.Length == 0 || wasFor == isFor),
            after = ComparedNode.OfRecords(_after, isFor.Length == 0 || wasFor == isFor);
        ComparedKind[] kinds = [.. ComparedKinds.OfRecords.Where(kind => before.Has(kind) && after.Has(kind))];
        _compared.AddRange(kinds.Select(kind => $"{kind.Name} records"));
        return new ItemComparison(before, after, _request.Details).Compare(kinds);
    }

    private IReadOnlyList<FoundDifference> CompareNodes(ComparedNode before, ComparedNode after)
    {
        _compared.Add(after.View.Name);
        ItemComparison comparison = new(before, after, _request.Details);
        IReadOnlyList<FoundDifference> found = comparison.Compare(ComparedKinds.OfNodes);
        _gaps.Add(after.View.Name, comparison.Gaps);
        return found;
    }

    private List<(FoundDifference, PathRelation)> HoldAgainst(string reference, string difference)
    {
        if (_before.Node(reference) is not { } was || _after.Node(difference) is not { } now)
            return [];
        _compared.Add($"{was.Name} with {now.Name}");
        NodeComparison comparison = new(_before, was, _after, now, _request);
        List<(FoundDifference, PathRelation)> found = [.. comparison.Compare()];
        _gaps.Add(now.Name, comparison.Gaps);
        return found;
    }

    private IEnumerable<(FoundDifference Found, PathRelation Relation)> Related(List<FoundDifference> found)
    {
        bool isNarrowed = _request.Ports.Count > 0;
        PathScope? was = ScopeOf(_before), now = ScopeOf(_after);
        foreach (FoundDifference one in found)
        {
            PathRelation relation = Max(RelationOf(was, one.Before), RelationOf(now, one.After));
            if (relation != PathRelation.Off || !isNarrowed)
                yield return (one, relation);
        }
    }

    private static PathRelation Max(PathRelation one, PathRelation other) => one > other ? one : other;

    private static PathRelation RelationOf(PathScope? scope, ComparedItem? item) =>
        item is null || scope is null ? PathRelation.Off : scope.Of(item);

    private PathScope? ScopeOf(CloudView cloud)
    {
        QuantumPort[] ports = [.. _request.Ports.Count > 0 ? _request.Ports.Select(port => cloud.Records.Ports
                .FirstOrDefault(own => own.PortId == port.PortId) ?? port)
            : cloud.Records.Ports.Where(port => !port.DeviceOwner.StartsWith("network:", StringComparison.Ordinal))];
        return ports.Length > MostPaths ? null : new PathScope(cloud, ports);
    }
}
