using QuantumNet.Access.Ssh;

namespace QuantumNet.SshNet;

/// <summary>Where to connect to, as whom, and whose key is expected there.</summary>
/// <param name="Subject">The node, and the name that known_hosts files know the host by.</param>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Port.</param>
/// <param name="User">User there.</param>
internal sealed record SshNetTarget(HostKeySubject Subject, string Host, int Port, string User)
{
    /// <summary>Private keys that the inventory or ssh_config names; empty for the user's own.</summary>
    public IReadOnlyList<string> IdentityFiles { get; init; } = [];
    /// <summary>Certificates that ssh_config names.</summary>
    public IReadOnlyList<string> CertificateFiles { get; init; } = [];
    /// <summary>Whether an agent is only asked for <see cref="IdentityFiles"/>.</summary>
    public bool IdentitiesOnly { get; init; }
    /// <summary>The agent's socket; empty for that of the environment, <c>none</c> for no agent.</summary>
    public string IdentityAgent { get; init; } = "";
    /// <summary>The known_hosts files.</summary>
    public required KnownHostsFiles KnownHosts { get; init; }
    /// <summary>Whether the key of a host that nothing is known of is accepted and kept.</summary>
    public bool TakesNewKeys { get; init; }
    /// <summary>The host through which this one is reached; null for none.</summary>
    public SshNetTarget? Jump { get; init; }
}
