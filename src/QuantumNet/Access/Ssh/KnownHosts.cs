namespace QuantumNet.Access.Ssh;

/// <summary>What is known of the key that a host shows.</summary>
internal enum HostKeyStanding
{
    /// <summary>Nothing is known of the host.</summary>
    Unknown,
    /// <summary>It is the host's.</summary>
    Known,
    /// <summary>The host is known by keys of other types only.</summary>
    OtherType,
    /// <summary>The host is known by another key of this type.</summary>
    Changed,
    /// <summary>The key is marked as one to refuse.</summary>
    Revoked,
}

/// <summary>What is known of a host's key, and where that stands.</summary>
/// <param name="Standing">What is known.</param>
/// <param name="Line">The line that says so; null when there is none.</param>
internal readonly record struct HostKeyJudgement(HostKeyStanding Standing, KnownHostsLine? Line);

/// <summary>The lines of some known_hosts files. Both transports are told by it what is known of a host.</summary>
internal sealed class KnownHosts
{
    /// <summary>The port that known_hosts files do not name.</summary>
    public const int DefaultPort = 22;

    private readonly List<KnownHostsLine> _lines = [];

    /// <summary>Adds a file's lines.</summary>
    public KnownHosts Add(string text, string file)
    {
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (KnownHostsLine.TryParse(line, file, number, out KnownHostsLine? parsed))
                _lines.Add(parsed);
        }
        return this;
    }

    /// <summary>What known_hosts files call a host: in lower case, and with its port when that is not 22.</summary>
    public static string NameOf(string host, int port)
    {
        string name = host.ToLowerInvariant();
        return port == DefaultPort ? name
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{name}]:{port}");
    }

    /// <summary>Judges the key that a host shows. As ssh does, a key that is known for the host's port 22 is known
    /// for its other ports, too.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">Port.</param>
    /// <param name="key">The key.</param>
    /// <param name="certificate">The certificate that the key came in; null for none. Known by it is
    /// the key where its authority is trusted for the host (<c>@cert-authority</c>) and it names the host;
    /// where not, the key stands for itself, as with ssh.</param>
    public HostKeyJudgement Judge(string host, int port, HostKey key, HostCertificate? certificate = null)
    {
        KnownHostsLine? known = null, changed = null, other = null;
        foreach ((KnownHostsLine line, bool isOfPort) in LinesOf(host, port))
        {
            bool isSame = line.Key == key, isAuthority = line.Key == certificate?.Authority;
            if (line.Marker == KnownHostsMarker.Revoked && (isSame || isAuthority))
                return new(HostKeyStanding.Revoked, line);
            if (line.Marker == KnownHostsMarker.CertificateAuthority && isAuthority && certificate!.IsOf(host))
                known ??= line;
            if (line.Marker != KnownHostsMarker.None)
                continue;
            if (isSame)
                known ??= line;
            else if (isOfPort && line.Key.Type == key.Type)
                changed ??= line;
            else if (isOfPort)
                other ??= line;
        }
        return known is not null ? new(HostKeyStanding.Known, known)
            : changed is not null ? new(HostKeyStanding.Changed, changed)
            : other is not null ? new(HostKeyStanding.OtherType, other)
            : default;
    }

    /// <summary>The types of the keys by which a host is known: those it should be asked to show.</summary>
    public IReadOnlyList<string> TypesOf(string host, int port) =>
        [.. LinesOf(host, port).Where(found => found.Line.Marker == KnownHostsMarker.None)
            .Select(found => found.Line.Key.Type).Distinct()];

    /// <summary>Whether certificates are expected of a host.</summary>
    public bool HasAuthorityOf(string host, int port) =>
        LinesOf(host, port).Any(found => found.Line.Marker == KnownHostsMarker.CertificateAuthority);

    private IEnumerable<(KnownHostsLine Line, bool IsOfPort)> LinesOf(string host, int port)
    {
        string name = NameOf(host, port), bare = NameOf(host, DefaultPort);
        foreach (KnownHostsLine line in _lines)
        {
            bool isOfPort = line.IsOf(name);
            if (isOfPort || (port != DefaultPort && line.IsOf(bare)))
                yield return (line, isOfPort);
        }
    }
}
