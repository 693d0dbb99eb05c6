namespace QuantumNet.Access.Ssh.Config;

/// <summary>A value of ssh_config, and the line that gives it.</summary>
/// <param name="Text">The value, with its tokens expanded.</param>
/// <param name="Line">Where it stands; null where nothing does.</param>
internal readonly record struct SshSetting(string Text, SshConfigLine? Line)
{
    /// <summary>Whether it switches its feature off.</summary>
    public bool IsNone => string.IsNullOrEmpty(Text) || Text.Equals("none", StringComparison.OrdinalIgnoreCase);
}

/// <summary>What ssh_config files say of one host: the subset that transport sshnet heeds.
/// Lists are empty, and texts too, where nothing is said.</summary>
internal sealed record SshHostSettings
{
    /// <summary>Where to connect to: HostName, or the name that was asked for.</summary>
    public string HostName { get; init; } = "";
    /// <summary>Port; null for none.</summary>
    public int? Port { get; init; }
    /// <summary>User there.</summary>
    public string User { get; init; } = "";
    /// <summary>Private keys, in the order of the files.</summary>
    public IReadOnlyList<string> IdentityFiles { get; init; } = [];
    /// <summary>Certificates, in the order of the files.</summary>
    public IReadOnlyList<string> CertificateFiles { get; init; } = [];
    /// <summary>Whether an agent is only asked for the keys of <see cref="IdentityFiles"/>.</summary>
    public bool IdentitiesOnly { get; init; }
    /// <summary>The agent's socket; empty for that of the environment, <c>none</c> for no agent.</summary>
    public string IdentityAgent { get; init; } = "";
    /// <summary>known_hosts files of the user.</summary>
    public IReadOnlyList<string> UserKnownHostsFiles { get; init; } = [];
    /// <summary>known_hosts files of this machine.</summary>
    public IReadOnlyList<string> GlobalKnownHostsFiles { get; init; } = [];
    /// <summary>The name that known_hosts files know the host by.</summary>
    public string HostKeyAlias { get; init; } = "";
    /// <summary><c>yes</c>, <c>no</c>, <c>ask</c>, <c>accept-new</c> or <c>off</c>.</summary>
    public string StrictHostKeyChecking { get; init; } = "";
    /// <summary>Jump hosts on the way, separated by commas: <c>user@host:port</c>.</summary>
    public SshSetting ProxyJump { get; init; }
    /// <summary>A program that makes the connection.</summary>
    public SshSetting ProxyCommand { get; init; }
    /// <summary>A library with keys of a smart card.</summary>
    public SshSetting Pkcs11Provider { get; init; }
    /// <summary>Keys that are refused, by list or by KRL.</summary>
    public SshSetting RevokedHostKeys { get; init; }
}
