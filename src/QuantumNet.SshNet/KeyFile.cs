using System.Text;

namespace QuantumNet.SshNet;

/// <summary>What can be read of a private key's file without its passphrase.</summary>
internal static class KeyFile
{
    private const string Begin = "-----BEGIN OPENSSH PRIVATE KEY-----", End = "-----END OPENSSH PRIVATE KEY-----";

    /// <summary>The names of the user's own keys, in ssh's order (ssh_config(5), IdentityFile).</summary>
    public static readonly string[] OwnNames = ["id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk"];

    /// <summary>The public key: from the file beside it, from the file itself where it is a public key,
    /// or from the head of an OpenSSH private key; null when it cannot be obtained.</summary>
    public static byte[]? PublicKeyOf(string file) => ReadPublic(file + ".pub") ?? ReadPublic(file) ?? ReadHead(file);

    /// <summary>Reads a file of one public key or certificate, <c>ssh-ed25519 AAAA... comment</c>;
    /// null when it is none.</summary>
    public static byte[]? ReadPublic(string file)
    {
        if (Text(file) is not { } text)
            return null;
        string[] words = text.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 2 && FromBase64(words[1]) is { } blob && SshWire.TypeOf(blob) == words[0] ? blob : null;
    }

    // OpenSSH, PROTOCOL.key: "openssh-key-v1\0", cipher, kdf, kdf's options, number of keys, the public key;
    // only what follows is encrypted.
    private static byte[]? ReadHead(string file)
    {
        if (Text(file) is not { } text || text.IndexOf(Begin, StringComparison.Ordinal) is not (>= 0 and var begin)
            || text.IndexOf(End, StringComparison.Ordinal) is not (>= 0 and var end) || end < begin)
            return null;
        byte[]? bytes = FromBase64(text[(begin + Begin.Length)..end].ReplaceLineEndings(""));
        ReadOnlySpan<byte> magic = "openssh-key-v1\0"u8, rest = bytes;
        if (!rest.StartsWith(magic))
            return null;
        rest = rest[magic.Length..];
        return SshWire.TryReadString(ref rest, out _) && SshWire.TryReadString(ref rest, out _)
            && SshWire.TryReadString(ref rest, out _) && SshWire.TryReadNumber(ref rest, out _)
            && SshWire.TryReadString(ref rest, out ReadOnlySpan<byte> key) ? key.ToArray() : null;
    }

    private static byte[]? FromBase64(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int count) ? bytes[..count] : null;
    }

    private static string? Text(string file)
    {
        try
        {
            return File.Exists(file) && new FileInfo(file).Length < 64 * 1024
                ? File.ReadAllText(file, Encoding.UTF8) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
