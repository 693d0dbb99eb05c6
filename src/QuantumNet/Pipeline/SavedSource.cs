using QuantumNet.Access;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>Gathers from a saved snapshot: reads it, and leaves out what was not asked for, so that it need not be parsed.</summary>
internal sealed class SavedSource(string path) : IQuantumSource
{
    private WeakReference<QuantumSnapshot>? _loaded;

    public Task<QuantumSnapshot> GatherAsync(GatherRequest request, IGatherObserver observer, CancellationToken stop)
    {
        QuantumSnapshot snapshot = Load(observer);
        foreach (CommandOutput output in snapshot.Outputs)
        {
            if (Wants(request, snapshot, output))
                observer.CommandFinished(output);
        }
        return Task.FromResult(snapshot with
        {
            Outputs = Array.FindAll(snapshot.Outputs, output => Wants(request, snapshot, output)),
            Nodes = Array.FindAll(snapshot.Nodes, node => IsNamed(request, node.ComputerName)),
        });
    }

    private QuantumSnapshot Load(IGatherObserver observer)
    {
        if (_loaded is not null && _loaded.TryGetTarget(out QuantumSnapshot? known))
            return known;
        QuantumSnapshot snapshot = SnapshotReader.Load(path, observer.Failed);
        _loaded = new WeakReference<QuantumSnapshot>(snapshot);
        return snapshot;
    }

    /// <summary>Outputs of unknown collector stay (other tools made them), and all stay where records are worked out from the nodes.</summary>
    private static bool Wants(GatherRequest request, QuantumSnapshot snapshot, CommandOutput output)
    {
        bool wanted = request.Collectors.Length == 0 || output.Collector.Length == 0 || request.Collectors.Contains(output.Collector);
        bool inferring = snapshot.RecordSource == RecordSource.Inferred && request.RecordKinds is not ["none"];
        return (wanted || inferring) && IsNamed(request, output.ComputerName);
    }

    private static bool IsNamed(GatherRequest request, string node) =>
        request.ComputerName.Length == 0 || request.ComputerName.Contains(node, StringComparer.OrdinalIgnoreCase);
}
