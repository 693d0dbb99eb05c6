using System.Net;
using QuantumNet.Access;

namespace QuantumNet.Pipeline;

/// <summary>Opens what a user names as a source: an inventory, a snapshot, or nodes.</summary>
internal static class Sources
{
    public static QuantumConnection OpenSnapshot(string path) => throw Errors.NotFound(path).ToException();

    public static QuantumConnection OpenInventory(string path, NetworkCredential? credential) => throw Errors.NotFound(path).ToException();

    public static QuantumConnection OpenNodes(string[] nodes, string? controller, NetworkCredential? credential) => throw Errors.NotFound(string.Join(',', nodes)).ToException();
}
