using System.Net;
using QuantumNet.Access;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>Opens what a user names as a source: an inventory, a snapshot, or nodes.</summary>
internal static class Sources
{
    public static QuantumConnection OpenSnapshot(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
            throw SnapshotErrors.NotFound(path).ToException();
        return new QuantumConnection
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path)),
            Snapshot = path,
            ControlPlane = "snapshot",
            ConnectedAt = DateTime.UtcNow,
            Source = new SavedSource(path),
        };
    }

    public static QuantumConnection OpenInventory(string path, NetworkCredential? credential) =>
        Live(InventoryFile.Load(path), credential) with { Name = Path.GetFileName(path), Inventory = path };

    public static QuantumConnection OpenNodes(string[] nodes, string? controller, NetworkCredential? credential) =>
        Live(new InventoryParameters { ComputerName = nodes, ControllerName = controller ?? "" }.ToInventory(), credential) with { Name = string.Join(',', nodes) };

    private static QuantumConnection Live(Inventory inventory, NetworkCredential? credential)
    {
        LiveSource source = LiveSource.Open(inventory, credential);
        return new QuantumConnection
        {
            ComputerName = Array.ConvertAll(inventory.Nodes, node => node.Name),
            ControlPlane = source.ControlPlaneName,
            ConnectedAt = DateTime.UtcNow,
            Source = source,
        };
    }
}
