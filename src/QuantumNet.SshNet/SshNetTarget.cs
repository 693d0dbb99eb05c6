using System.Net;
using QuantumNet.Access;
using QuantumNet.Access.Ssh;

namespace QuantumNet.SshNet;

/// <summary>Where to connect to, and as whom: the inventory's word, and without one what ssh takes when its ssh_config says nothing.</summary>
/// <param name="Node">What the node is called.</param>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Port.</param>
/// <param name="User">User there.</param>
/// <param name="IdentityFile">Private key; empty for the user's own.</param>
internal sealed record SshNetTarget(string Node, string Host, int Port, string User, string IdentityFile)
{
    /// <summary>The target that an inventory's node means.</summary>
    /// <exception cref="QuantumException">The name cannot be a host's.</exception>
    public static SshNetTarget Of(InventoryNode node, NetworkCredential? credential)
    {
        string host = node.Address.Length > 0 ? node.Address : node.Name;
        if (!HostName.IsSafe(host))
            throw AccessErrors.NameUnsafe(host).ToException();
        string user = credential?.UserName is { Length: > 0 } named ? named : node.User.Length > 0 ? node.User : Environment.UserName;
        if (string.IsNullOrWhiteSpace(user) || user.Any(char.IsControl))
            throw AccessErrors.UserNameUnsafe(user).ToException();
        return new(node.Name, host.Trim('[', ']'), node.Port ?? KnownHosts.DefaultPort, user, node.IdentityFile);
    }
}
