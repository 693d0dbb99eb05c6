using System.Net;
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

    public static QuantumConnection OpenInventory(string path, NetworkCredential? credential) => throw Errors.NoConnection().ToException();

    public static QuantumConnection OpenNodes(string[] nodes, string? controller, NetworkCredential? credential) => throw Errors.NoConnection().ToException();
}
