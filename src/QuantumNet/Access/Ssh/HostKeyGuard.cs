namespace QuantumNet.Access.Ssh;

/// <summary>Decides whether a node may be talked to, by the key that it shows (ssh_config(5), StrictHostKeyChecking).</summary>
internal sealed class HostKeyGuard
{
    private readonly string _node;
    private readonly string _host;
    private readonly int _port;
    private readonly bool _takesNew;
    private readonly KnownHostsFiles _files;
    private readonly KnownHosts _known;
    private HostKey? _trusted;
    private bool _isNew;

    /// <summary>A guard for one connection.</summary>
    /// <param name="node">What the node is called.</param>
    /// <param name="host">Where it is connected to.</param>
    /// <param name="port">On which port.</param>
    /// <param name="settings">The known_hosts file, and whether new keys are taken.</param>
    /// <param name="home">The user's folder.</param>
    /// <exception cref="QuantumException">A known_hosts file cannot be read.</exception>
    public HostKeyGuard(string node, string host, int port, InventorySsh settings, string home)
    {
        (_node, _host, _port, _takesNew) = (node, host, port, settings.StrictHostKeyChecking == false);
        _files = new(settings.KnownHostsFile, home);
        _known = _files.Read();
        KnownTypes = _known.TypesOf(host, port);
    }

    /// <summary>The types of key to ask for first: those that can be compared.</summary>
    public IReadOnlyList<string> KnownTypes { get; }

    /// <summary>Why the node was refused; null when it was not.</summary>
    public QuantumError? Refusal { get; private set; }

    /// <summary>Whether to go on with a node that shows this key. When keys are exchanged anew it must be the same.</summary>
    public bool Trusts(ReadOnlySpan<byte> shown)
    {
        if (!HostKey.TryRead(shown, out HostKey? key))
        {
            Refusal = HostKeyErrors.Unreadable(_node);
            return false;
        }
        if (_trusted is not null)
            return _trusted == key;
        HostKeyJudgement judgement = _known.Judge(_host, _port, key);
        _isNew = judgement.Standing == HostKeyStanding.Unknown && _takesNew;
        if (judgement.Standing != HostKeyStanding.Known && !_isNew)
            Refusal = Explain(judgement, key);
        _trusted = Refusal is null ? key : null;
        return Refusal is null;
    }

    /// <summary>Keeps a new key. To be called when the node has proven that the key is its own.</summary>
    /// <exception cref="QuantumException">The known_hosts file cannot be written.</exception>
    public void Keep()
    {
        if (_isNew && _trusted is not null)
            _files.Keep(_host, _port, _trusted);
        _isNew = false;
    }

    private QuantumError Explain(HostKeyJudgement judgement, HostKey key) => judgement.Standing switch
    {
        HostKeyStanding.Revoked => HostKeyErrors.Revoked(_node, key, judgement.Line!),
        HostKeyStanding.Changed => HostKeyErrors.Changed(_node, key, judgement.Line!),
        _ => HostKeyErrors.Unknown(_node, key, _files.Writable, KnownHostsFiles.LineFor(_host, _port, key), Remark(judgement)),
    };

    private string Remark(HostKeyJudgement judgement) => judgement.Line is not null ? $"; {judgement.Line} knows it by {judgement.Line.Key.Type}"
        : _known.HasAuthorityOf(_host, _port) ? "; certificates of hosts (@cert-authority) are not read by transport sshnet"
        : "";
}
