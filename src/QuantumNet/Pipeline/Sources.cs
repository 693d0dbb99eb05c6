using System.Net;
using QuantumNet.Access;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>Opens what a user names as a source: an inventory, a snapshot, or nodes. Nothing is asked yet.</summary>
internal static class Sources
{
    /// <param name="path">A folder or zip.</param>
    /// <param name="keeps">Whether what was read stays in memory for other cmdlets.</param>
    public static QuantumConnection OpenSnapshot(string path, bool keeps = true)
    {
        path = SnapshotReader.Meant(path);
        if (!File.Exists(path) && !Directory.Exists(path))
            throw SnapshotErrors.NotFound(path).ToException();
        if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) && File.Exists(path))
            throw SnapshotErrors.IsInventory(path).ToException();
        return Saved(path, new SnapshotSource(path, keeps));
    }

    /// <param name="snapshot">A snapshot that is in memory already.</param>
    public static QuantumConnection OpenSnapshot(QuantumSnapshot snapshot) =>
        Saved(snapshot.Path, new SnapshotSource(snapshot));

    private static QuantumConnection Saved(string path, SnapshotSource source) => new()
    {
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path)),
        Snapshot = path,
        ControlPlane = "snapshot",
        ConnectedAt = DateTime.UtcNow,
        Source = source,
    };

    /// <param name="path">The inventory file.</param>
    /// <param name="nodes">User and password for the nodes; null for keys.</param>
    /// <param name="api">User and password for the API; null for those found.</param>
    /// <param name="transport">The transport to the nodes; null for those that the inventory names.</param>
    public static QuantumConnection OpenInventory(
        string path, NetworkCredential? nodes, NetworkCredential? api, string? transport = null) =>
            Open(InventoryFile.Load(path), nodes, api, transport)
                with { Name = Path.GetFileNameWithoutExtension(path), Inventory = path };

    /// <param name="inventory">The nodes and the control plane.</param>
    /// <param name="nodes">User and password for the nodes; null for keys.</param>
    /// <param name="api">User and password for the API; null for those found.</param>
    /// <param name="transport">The transport to the nodes; null for those that the inventory names.</param>
    public static QuantumConnection Open(
        Inventory inventory, NetworkCredential? nodes, NetworkCredential? api, string? transport = null)
    {
        if (transport is not null)
            inventory = inventory.Through(transport);
        LiveSource source = LiveSource.Open(inventory, api, nodes);
        string[] names = Array.ConvertAll(inventory.Nodes, node => node.Name);
        return new QuantumConnection
        {
            Name = string.Join(',', names),
            ComputerName = names,
            ControlPlane = source.ControlPlaneName,
            ConnectedAt = DateTime.UtcNow,
            Source = source,
        };
    }
}
