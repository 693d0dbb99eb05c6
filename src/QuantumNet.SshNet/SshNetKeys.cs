using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Security;

namespace QuantumNet.SshNet;

/// <summary>The keys to offer a host: those that the inventory or ssh_config names, then those of the agent,
/// then the user's own; each with its certificates first, and none twice.</summary>
internal sealed class SshNetKeys : IDisposable
{
    private const string Certified = "-cert-v01@openssh.com", CertificateEnd = "-cert.pub";

    private readonly SshNetTarget _target;
    private readonly string? _secret;
    private readonly Action<string> _remark;
    private readonly List<PrivateKeyFile> _opened = [];
    private readonly List<IPrivateKeySource> _offered = [];

    /// <summary>Finds and opens them.</summary>
    /// <param name="target">The host.</param>
    /// <param name="secret">What may be a passphrase; null for none.</param>
    /// <param name="home">The user's folder.</param>
    /// <param name="remark">Hears why a key is not offered.</param>
    public SshNetKeys(SshNetTarget target, string? secret, string home, Action<string> remark)
    {
        (_target, _secret, _remark) = (target, secret, remark);
        SshAgent? agent = SshAgent.Of(target.IdentityAgent);
        List<AgentIdentity> held = agent is null ? [] : [.. ListOf(agent)];
        string[] named = [.. target.IdentityFiles.Where(file => file != "none")];
        foreach (string file in named)
            Offer(file, agent, held, isNamed: true);
        if (!target.IdentitiesOnly)
            held.ToList().ForEach(identity => OfferHeld(agent!, identity, held, []));
        if (named.Length == 0 && target.IdentityFiles.Count == 0)
        {
            foreach (string file in KeyFile.OwnNames.Select(name => Path.Join(home, ".ssh", name)).Where(File.Exists))
                Offer(file, agent, held, isNamed: false);
        }
    }

    /// <summary>What is offered, in order.</summary>
    public IReadOnlyList<IPrivateKeySource> Offered => _offered;

    /// <summary>Whether the secret is a passphrase, or was taken for one: nothing to show to a host.</summary>
    public bool IsPassphrase { get; private set; }

    public void Dispose() => _opened.ForEach(key => key.Dispose());

    private IReadOnlyList<AgentIdentity> ListOf(SshAgent agent)
    {
        try
        {
            return agent.List();
        }
        catch (IOException e)
        {
            _remark(e.Message);
            return [];
        }
    }

    private void Offer(string file, SshAgent? agent, List<AgentIdentity> held, bool isNamed)
    {
        byte[]? key = KeyFile.PublicKeyOf(file);
        AgentIdentity? identity = key is null ? null : held.Find(one => one.Blob.AsSpan().SequenceEqual(key));
        if (identity is not null)
            OfferHeld(agent!, identity, held, [file + CertificateEnd]);
        else if (key is not null && SshWire.TypeOf(key).StartsWith("sk-", StringComparison.Ordinal))
            _remark($"the key '{file}' is a FIDO key ({SshWire.TypeOf(key)}), "
                + "which transport sshnet can only use through ssh-agent: add it with ssh-add, or use transport ssh");
        else
            Open(file, isNamed);
    }

    /// <summary>Offers a key of the agent, after the certificates that files hold of it.
    /// The agent's own certificates are keys of their own.</summary>
    private void OfferHeld(SshAgent agent, AgentIdentity identity, List<AgentIdentity> held, string[] more)
    {
        held.Remove(identity);
        foreach (string file in _target.CertificateFiles.Concat(more))
        {
            if (KeyFile.ReadPublic(file) is { } certificate && KeyOf(certificate) is { } key
                && key.AsSpan().SequenceEqual(identity.Blob))
                _offered.Add(new AgentKey(agent, identity.Blob, certificate));
        }
        _offered.Add(new AgentKey(agent, identity.Blob, identity.Blob));
    }

    /// <summary>The key that a certificate is of; null where it is none.</summary>
    private static byte[]? KeyOf(byte[] certificate)
    {
        string type = SshWire.TypeOf(certificate);
        if (!type.EndsWith(Certified, StringComparison.Ordinal))
            return null;
        try
        {
            return new KeyHostAlgorithm(type[..^Certified.Length], new Certificate(certificate).Key).Data;
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException or SshException
            or IOException or OverflowException)
        {
            return null;
        }
    }

    private void Open(string file, bool isNamed)
    {
        try
        {
            string[] certificates =
                [.. _target.CertificateFiles.Append(file + CertificateEnd).Where(File.Exists).Distinct()];
            PrivateKeyFile key = OpenKey(file, null, isNamed);
            foreach (string certificate in certificates)
            {
                if (KeyFile.ReadPublic(certificate) is { } blob && KeyOf(blob) is { } certified
                    && certified.AsSpan().SequenceEqual(PlainOf(key)))
                    _offered.Add(new OfferedKey(OpenKey(file, certificate, isNamed), withCertificate: true));
            }
            _offered.Add(new OfferedKey(key, withCertificate: false));
        }
        catch (SshPassPhraseNullOrEmptyException)
        {
            _remark($"the key '{file}' has a passphrase, and none was given");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _remark($"the key '{file}' cannot be read: {e.Message.TrimEnd('.')}");
        }
        catch (Exception e)
        {
            // What is not a key, or opened by a wrong passphrase, makes SSH.NET's readers stumble in many ways.
            _remark(_secret is null ? $"the key '{file}' cannot be used: {e.Message.TrimEnd('.')}"
                : $"the key '{file}' does not open with the credential's password");
        }
    }

    private static byte[] PlainOf(PrivateKeyFile key) =>
        key.HostKeyAlgorithms.OfType<KeyHostAlgorithm>().First(one => one is not CertificateHostAlgorithm).Data;

    private PrivateKeyFile OpenKey(string file, string? certificate, bool isNamed)
    {
        PrivateKeyFile key;
        try
        {
            key = new(file, null, certificate);
        }
        catch (SshPassPhraseNullOrEmptyException) when (_secret is not null)
        {
            IsPassphrase |= isNamed;
            key = new(file, _secret, certificate);
            if (!IsPassphrase || isNamed)
                _remark($"the credential's password opened the key '{file}', and was not shown to the node");
            IsPassphrase = true;
        }
        _opened.Add(key);
        return key;
    }

    /// <summary>A key with the signatures that ssh makes: each attempt counts for the host, and SHA-1 is refused by all
    /// but ancient ones.</summary>
    private sealed class OfferedKey(PrivateKeyFile key, bool withCertificate) : IPrivateKeySource
    {
        public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms { get; } =
            [.. key.HostKeyAlgorithms
                .Where(one => one is CertificateHostAlgorithm == withCertificate && IsOffered(one.Name, key))];

        private static bool IsOffered(string name, PrivateKeyFile key) =>
            !name.StartsWith("rsa-sha2-256", StringComparison.Ordinal) && name != "ssh-dss"
            && !(name.StartsWith("ssh-rsa", StringComparison.Ordinal) && key.HostKeyAlgorithms.Count > 1);
    }
}
