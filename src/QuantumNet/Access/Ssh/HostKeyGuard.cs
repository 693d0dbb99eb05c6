namespace QuantumNet.Access.Ssh;

/// <summary>Decides whether a host may be talked to, by the key that it shows (ssh_config(5),
/// StrictHostKeyChecking).</summary>
internal sealed class HostKeyGuard
{
    private readonly HostKeySubject _subject;
    private readonly bool _takesNew;
    private readonly KnownHostsFiles _files;
    private readonly KnownHosts _known;
    private HostKey? _trusted;
    private bool _isNew;

    /// <summary>A guard for one connection to a node.</summary>
    /// <param name="node">What the node is called.</param>
    /// <param name="host">Where it is connected to.</param>
    /// <param name="port">On which port.</param>
    /// <param name="settings">The known_hosts file, and whether new keys are accepted.</param>
    /// <param name="home">The user's folder.</param>
    /// <exception cref="QuantumException">A known_hosts file cannot be read.</exception>
    public HostKeyGuard(string node, string host, int port, InventorySsh settings, string home)
        : this(new(node, host, port), new(settings.KnownHostsFile, home), settings.StrictHostKeyChecking == false)
    {
    }

    /// <summary>A guard for one connection.</summary>
    /// <param name="subject">Whose key it is.</param>
    /// <param name="files">The known_hosts files.</param>
    /// <param name="takesNew">Whether the key of a host that nothing is known of is accepted.</param>
    /// <exception cref="QuantumException">A known_hosts file cannot be read.</exception>
    public HostKeyGuard(HostKeySubject subject, KnownHostsFiles files, bool takesNew)
    {
        (_subject, _files, _takesNew) = (subject, files, takesNew);
        _known = _files.Read();
        KnownTypes = _known.TypesOf(subject.Host, subject.Port);
        ExpectsCertificate = _known.HasAuthorityOf(subject.Host, subject.Port);
    }

    /// <summary>The types of key to ask for first: those that can be compared.</summary>
    public IReadOnlyList<string> KnownTypes { get; }

    /// <summary>Whether the host should be asked for a certificate.</summary>
    public bool ExpectsCertificate { get; }

    /// <summary>Why the host was refused; null when it was not.</summary>
    public QuantumError? Refusal { get; private set; }

    /// <summary>Whether to go on with a host that shows this key. When keys are exchanged again it
    /// must be the same.</summary>
    public bool Trusts(ReadOnlySpan<byte> shown, HostCertificate? certificate = null)
    {
        if (!HostKey.TryRead(shown, out HostKey? key))
        {
            Refusal = HostKeyErrors.Unreadable(_subject);
            return false;
        }
        if (_trusted is not null)
            return _trusted == key;
        HostKeyJudgement judgement = _known.Judge(_subject.Host, _subject.Port, key, certificate);
        _isNew = judgement.Standing == HostKeyStanding.Unknown && _takesNew;
        if (judgement.Standing != HostKeyStanding.Known && !_isNew)
            Refusal = Explain(judgement, key, certificate);
        _trusted = Refusal is null ? key : null;
        return Refusal is null;
    }

    /// <summary>Keeps a new key. To be called when the host has proven that the key is its own.</summary>
    /// <exception cref="QuantumException">The known_hosts file cannot be written.</exception>
    public void Keep()
    {
        if (_isNew && _trusted is not null)
            _files.Keep(_subject.Host, _subject.Port, _trusted);
        _isNew = false;
    }

    private QuantumError Explain(HostKeyJudgement judgement, HostKey key, HostCertificate? certificate) =>
        judgement.Standing switch
        {
            HostKeyStanding.Revoked => HostKeyErrors.Revoked(_subject, judgement.Line!.Key, judgement.Line),
            HostKeyStanding.Changed => HostKeyErrors.Changed(_subject, key, judgement.Line!),
            _ => HostKeyErrors.Unknown(_subject, key, _files.Writable,
                KnownHostsFiles.LineFor(_subject.Host, _subject.Port, key), Remark(judgement, certificate)),
        };

    private string Remark(HostKeyJudgement judgement, HostCertificate? certificate) =>
        judgement.Line is not null ? $"; {judgement.Line} knows it by {judgement.Line.Key.Type}"
        : !ExpectsCertificate ? ""
        : certificate is null ? "; known_hosts expects a certificate of it (@cert-authority), and it shows none"
        : !certificate.IsForHosts ? "; it shows a certificate of a user"
        : certificate.HasCriticalOptions ? "; its certificate sets conditions that are not known"
        : !certificate.IsOf(_subject.Host) ? $"; its certificate is for {string.Join(", ", certificate.Principals)}"
        : $"; its certificate is signed by {certificate.Authority}, which no line of @cert-authority names";
}
