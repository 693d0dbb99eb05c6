using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>A saved snapshot in place of live nodes.</summary>
/// <param name="path">Its folder or zip.</param>
/// <param name="keeps">Whether the raw outputs stay in memory for the next cmdlet, once they were read.</param>
internal sealed class SnapshotSource(string path, bool keeps = true) : IQuantumSource
{
    private readonly object _gate = new();
    private readonly WeakReference<QuantumSnapshot?> _read = new(null);
    private QuantumSnapshot? _kept;

    /// <summary>A snapshot that is in memory already.</summary>
    public SnapshotSource(QuantumSnapshot snapshot)
        : this(snapshot.Path) => _kept = snapshot;

    public Task<QuantumSnapshot> GatherAsync(GatherRequest request, IGatherObserver observer, CancellationToken stop)
    {
        QuantumSnapshot snapshot = Load(observer);
        if (request.ComputerName.Length == 0)
            return Task.FromResult(snapshot);

        foreach (string name in request.ComputerName
            .Where(name => !Array.Exists(snapshot.Nodes, node => HostName.Fits(name, node.ComputerName))))
            observer.Failed(AccessErrors.NodeNotInSnapshot(name, snapshot));
        return Task.FromResult(Narrow(snapshot, request.ComputerName));
    }

    /// <summary>A snapshot with no other nodes than these.</summary>
    public static QuantumSnapshot Narrow(QuantumSnapshot snapshot, string[] names)
    {
        bool IsWanted(string node) => Array.Exists(names, name => HostName.Fits(name, node));
        return snapshot with
        {
            Nodes = Array.FindAll(snapshot.Nodes, node => IsWanted(node.ComputerName)),
            Outputs = Array.FindAll(snapshot.Outputs, output => IsWanted(output.ComputerName)),
        };
    }

    private QuantumSnapshot Load(IGatherObserver observer)
    {
        lock (_gate)
        {
            if (_kept is not null)
                return _kept;
            if (_read.TryGetTarget(out QuantumSnapshot? read))
                return read;
            read = SnapshotReader.Load(path, observer.Failed);
            _kept = keeps ? read : null;
            _read.SetTarget(read);
            return read;
        }
    }
}
