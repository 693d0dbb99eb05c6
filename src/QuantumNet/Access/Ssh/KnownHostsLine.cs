using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace QuantumNet.Access.Ssh;

/// <summary>What a line of a known_hosts file is for.</summary>
internal enum KnownHostsMarker
{
    /// <summary>The key is the host's.</summary>
    None,
    /// <summary><c>@revoked</c>: the key is to be refused.</summary>
    Revoked,
    /// <summary><c>@cert-authority</c>: the key signs hosts' certificates.</summary>
    CertificateAuthority,
}

/// <summary>One line of a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): a marker or none, the hosts,
/// the key's type, the key, a comment: <c>@revoked [10.0.20.*]:2222,!10.0.20.9 ssh-ed25519 AAAAC3NzaC1lZDI1... old</c>.
/// The hosts may be the hash of one: <c>|1|salt|hash</c>.</summary>
/// <param name="Marker">What it is for.</param>
/// <param name="Hosts">The hosts, as they stand there.</param>
/// <param name="Key">The key.</param>
/// <param name="File">Where it stands.</param>
/// <param name="Number">On which line, from 1.</param>
internal sealed record KnownHostsLine(KnownHostsMarker Marker, string Hosts, HostKey Key, string File, int Number)
{
    private const string HashedMark = "|1|";

    /// <summary>Reads a line; false for an empty line, a comment, and what is not a key (such as the keys
    /// of protocol 1).</summary>
    public static bool TryParse(
        ReadOnlySpan<char> line, string file, int number, [NotNullWhen(true)] out KnownHostsLine? parsed)
    {
        parsed = null;
        ReadOnlySpan<char> rest = line, word = Next(ref rest);
        if (word.IsEmpty || word[0] == '#')
            return false;
        KnownHostsMarker marker = KnownHostsMarker.None;
        if (word[0] == '@')
        {
            if (word is not ("@revoked" or "@cert-authority"))
                return false;
            marker = word is "@revoked" ? KnownHostsMarker.Revoked : KnownHostsMarker.CertificateAuthority;
            word = Next(ref rest);
        }
        ReadOnlySpan<char> type = Next(ref rest);
        if (word.IsEmpty || !HostKey.TryReadBase64(Next(ref rest), out HostKey? key) || !type.SequenceEqual(key.Type))
            return false;
        parsed = new(marker, word.ToString(), key, file, number);
        return true;
    }

    /// <summary>Whether it speaks of that host, which is in lower case, and <c>[host]:port</c> when
    /// the port is not 22.</summary>
    public bool IsOf(string host)
    {
        if (Hosts.StartsWith(HashedMark, StringComparison.Ordinal))
            return IsHashOf(host);
        bool found = false;
        foreach (string pattern in Hosts.Split(','))
        {
            bool negates = pattern.StartsWith('!');
            if (!FileSystemName.MatchesSimpleExpression(negates ? pattern.AsSpan(1) : pattern, host))
                continue;
            if (negates)
                return false;
            found = true;
        }
        return found;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Number}";

    // |1| base64 of the salt | base64 of HMAC-SHA1(salt, host)
    [SuppressMessage("Security", "CA5350",
        Justification = "The format's own; it hides names, and vouches for nothing.")]
    private bool IsHashOf(string host)
    {
        string[] parts = Hosts.Split('|');
        if (parts.Length != 4)
            return false;
        byte[] salt = new byte[parts[2].Length], hash = new byte[parts[3].Length];
        if (!Convert.TryFromBase64String(parts[2], salt, out int saltLength)
            || !Convert.TryFromBase64String(parts[3], hash, out int hashLength))
            return false;
        return HMACSHA1.HashData(salt.AsSpan(0, saltLength), Encoding.UTF8.GetBytes(host)).AsSpan()
            .SequenceEqual(hash.AsSpan(0, hashLength));
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(" \t\r");
        int end = rest.IndexOfAny(" \t\r");
        ReadOnlySpan<char> word = end < 0 ? rest : rest[..end];
        rest = rest[word.Length..];
        return word;
    }
}
