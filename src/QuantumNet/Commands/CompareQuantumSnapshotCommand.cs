using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Comparison;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Compares two times of a cloud, and tells what differs and matters, the most suspicious first.</summary>
[Cmdlet(VerbsData.Compare, "QuantumSnapshot")]
[OutputType(typeof(QuantumDifference))]
public sealed class CompareQuantumSnapshotCommand : SourceCmdlet
{
    private readonly PortChoice _choice = new();
    private bool _isWhole;

    /// <summary>What is compared with: the working time. A snapshot, its folder or zip, or a connection.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [CloudSource]
    [ValidateNotNullOrEmpty]
    public object? Reference { get; set; }

    /// <summary>What is compared: the broken time. A snapshot, its folder or zip, or a connection; what -Connection,
    /// -Inventory or -Snapshot name, or the session's connection, when left out.</summary>
    [Parameter(Position = 1)]
    [CloudSource]
    [ValidateNotNullOrEmpty]
    public object? Difference { get; set; }

    /// <summary>Ports: only what stands on their paths, or is of their nodes as a whole. An id or a unique prefix of
    /// it, a MAC, an address, an instance's id or name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "Mac", "InstanceId")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [AllowEmptyString]
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
        if (Difference is not null && (Connection is not null || Inventory is not null || Snapshot is not null))
            throw Errors.AmbiguousSource().ToException();
        QuantumConnection reference = OpenNamed(Reference!),
            difference = Difference is null ? OpenConnection() : OpenNamed(Difference);
        Pump(async (pipe, stop) =>
        {
            GatherRequest request = new() { Port = _choice.Single };
            Cloud before = await ReadCloudAsync(reference, request, pipe, stop).ConfigureAwait(false);
            Cloud after = await ReadCloudAsync(difference, request, pipe, stop).ConfigureAwait(false);
            Compare(before, after, pipe);
        });
    }

    private void Compare(Cloud before, Cloud after, PipelineWriter pipe)
    {
        QuantumPort[] ports = [.. _choice.In(before.Records, after.Records, pipe)];
        if (!_choice.IsEmpty && ports.Length == 0)
            return;     // what was not found has been told
        SnapshotComparison comparison = new(before, after, new() { Details = Include.ToHashSet(), Ports = ports });
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
}
