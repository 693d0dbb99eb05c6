using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Comparison;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Compares two times of a cloud, or two of its nodes, and tells what differs and matters, the most suspicious
/// first.</summary>
[Cmdlet(VerbsData.Compare, "QuantumSnapshot", DefaultParameterSetName = TimeSet)]
[OutputType(typeof(QuantumDifference))]
public sealed class CompareQuantumSnapshotCommand : SourceCmdlet
{
    private const string TimeSet = "Time";
    private const string NodeSet = "Node";

    private readonly PortChoice _choice = new();
    private bool _isWhole;

    /// <summary>What is compared with: the working time, or the cloud of the working node. A snapshot, its folder or
    /// zip, or a connection.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = TimeSet)]
    [Parameter(Position = 0, ParameterSetName = NodeSet)]
    [CloudSource]
    [ValidateNotNullOrEmpty]
    public object? Reference { get; set; }

    /// <summary>What is compared: the broken time. A snapshot, its folder or zip, or a connection; what -Connection,
    /// -Inventory or -Snapshot name, or the session's connection, when left out. Of two nodes, the other one's cloud,
    /// where it differs from the reference's.</summary>
    [Parameter(Position = 1)]
    [CloudSource]
    [ValidateNotNullOrEmpty]
    public object? Difference { get; set; }

    /// <summary>The node that works: what the other node differs from.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NodeSet)]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ReferenceNode { get; set; }

    /// <summary>The node that does not work. What must differ between nodes is compared by its role: ids, addresses,
    /// MACs, local VLANs, names and numbers of ports.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NodeSet)]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DifferenceNode { get; set; }

    /// <summary>Ports: only what stands on their paths, or is of their nodes as a whole. An id or a unique prefix of
    /// it, a MAC, an address, an instance's id or name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "Mac", "InstanceId")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] PortId { get; set; } = [];

    /// <summary>What is compared besides, though it differs between any two times: ages, counters, cookies, numbers of
    /// processes, the order of lists, what is learned.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ComparisonDetail[] Include { get; set; } = [];

    private protected override void Process()
    {
        _isWhole |= PortId.Length == 0;
        _choice.Add(PortId);
    }

    private protected override void End()
    {
        if (!_isWhole && _choice.IsEmpty)
            throw Errors.NothingCompared("what came in names no port").ToException();
        (QuantumConnection reference, QuantumConnection difference) = Open();
        Pump(async (pipe, stop) =>
        {
            // Of two nodes, one port has but one.
            GatherRequest request = new() { Port = ReferenceNode is null ? _choice.Single : "" };
            Cloud before = await ReadCloudAsync(reference, request, pipe, stop).ConfigureAwait(false);
            Cloud after = ReferenceEquals(reference, difference) ? before
                : await ReadCloudAsync(difference, request, pipe, stop).ConfigureAwait(false);
            Compare(before, after, pipe);
        });
    }

    private (QuantumConnection Reference, QuantumConnection Difference) Open()
    {
        bool isNamed = Connection is not null || Inventory is not null || Snapshot is not null;
        if (isNamed && (Difference is not null || (ReferenceNode is not null && Reference is not null)))
            throw Errors.AmbiguousSource().ToException();
        QuantumConnection? reference = Reference is null ? null : OpenNamed(Reference);
        QuantumConnection difference = Difference is not null ? OpenNamed(Difference)
            : ReferenceNode is not null && reference is not null ? reference : OpenConnection();
        return (reference ?? difference, difference);
    }

    private void Compare(Cloud before, Cloud after, PipelineWriter pipe)
    {
        QuantumPort[] ports = [.. _choice.In(before.Records, after.Records, pipe)];
        if ((!_choice.IsEmpty && ports.Length == 0) || !AreThere(before, after, pipe))
            return;     // what was not found has been told
        SnapshotComparison comparison = new(before, after, new()
        {
            Details = Include.ToHashSet(), Ports = ports,
            Nodes = ReferenceNode is null ? null : (ReferenceNode, DifferenceNode!),
        });
        QuantumDifference[] found = comparison.Compare();
        if (comparison.Compared.Count == 0 && !HasFailedAny)
            throw Errors.NothingCompared("they have no node in common, and no kind of record").ToException();
        foreach (string gap in comparison.Gaps)
            pipe.Warning(gap);
        if (found.Length == 0)
            pipe.Verbose($"No difference that matters: {string.Join(", ", comparison.Compared)}.");
        foreach (QuantumDifference one in found)
            pipe.Object(one);
    }

    private bool AreThere(Cloud before, Cloud after, PipelineWriter pipe)
    {
        if (ReferenceNode is null || DifferenceNode is null)
            return true;
        bool has = Has(before, ReferenceNode, pipe);
        return Has(after, DifferenceNode, pipe) && has;
    }

    private bool Has(Cloud cloud, string node, PipelineWriter pipe)
    {
        if (cloud.Nodes.Keys.Any(known => HostName.Same(known, node)))
            return true;
        if (!HasFailed(node))
            pipe.Error(Errors.NodeNotFound(node));
        return false;
    }
}
