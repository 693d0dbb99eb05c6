using Renci.SshNet;
using Renci.SshNet.Security;

namespace QuantumNet.SshNet;

/// <summary>A key whose private half stays in an ssh-agent, offered for a login by itself
/// or by a certificate of it.</summary>
internal sealed class AgentKey : HostAlgorithm, IPrivateKeySource
{
    private const string Certified = "-cert-v01@openssh.com";
    private const uint RsaSha512 = 4;

    private readonly SshAgent _agent;
    private readonly byte[] _blob, _shown;

    /// <summary>A key.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="blob">The key, as the agent calls it.</param>
    /// <param name="shown">What the node is shown: the key, or its certificate.</param>
    public AgentKey(SshAgent agent, byte[] blob, byte[] shown)
        : base(AlgorithmOf(SshWire.TypeOf(shown))) => (_agent, _blob, _shown) = (agent, blob, shown);

    public override byte[] Data => _shown;

    public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms => [this];

    // RFC 8332: keys of type ssh-rsa sign with SHA-2 where they are asked to.
    public override byte[] Sign(byte[] data) =>
        _agent.Sign(_blob, data, Name.StartsWith("rsa-sha2-512", StringComparison.Ordinal) ? RsaSha512 : 0);

    public override bool VerifySignature(byte[] data, byte[] signature) => false;

    private static string AlgorithmOf(string type) => type switch
    {
        "ssh-rsa" => "rsa-sha2-512",
        "ssh-rsa" + Certified => "rsa-sha2-512" + Certified,
        _ => type,
    };
}
