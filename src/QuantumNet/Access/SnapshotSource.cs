using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>A saved snapshot in place of live nodes.</summary>
internal sealed class SnapshotSource(string path) : IQuantumSource
{
    private readonly object _gate = new();
    private QuantumSnapshot? _snapshot;

    /// <summary>A snapshot that is in memory already.</summary>
    public SnapshotSource(QuantumSnapshot snapshot)
        : this(snapshot.Path) => _snapshot = snapshot;

    public Task<QuantumSnapshot> GatherAsync(GatherRequest request, IGatherObserver observer, CancellationToken stop)
    {
        QuantumSnapshot snapshot;
        lock (_gate)
            snapshot = _snapshot ??= SnapshotReader.Load(path, observer.Failed);
        if (request.ComputerName.Length == 0)
            return Task.FromResult(snapshot);

        foreach (string name in request.ComputerName
            .Where(name => !Array.Exists(snapshot.Nodes, node => HostName.Same(node.ComputerName, name))))
            observer.Failed(AccessErrors.NodeNotInSnapshot(name, snapshot));
        bool IsWanted(string node) => Array.Exists(request.ComputerName, name => HostName.Same(name, node));
        return Task.FromResult(snapshot with
        {
            Nodes = Array.FindAll(snapshot.Nodes, node => IsWanted(node.ComputerName)),
            Outputs = Array.FindAll(snapshot.Outputs, output => IsWanted(output.ComputerName)),
        });
    }
}
