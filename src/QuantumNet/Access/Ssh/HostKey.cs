using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace QuantumNet.Access.Ssh;

/// <summary>A host's public key as SSH sends it (RFC 4253, 6.6): a length and a name for its type,
/// then the type's own fields.</summary>
/// <param name="Type">Its type: <c>ssh-ed25519</c>, <c>ssh-rsa</c> ...</param>
/// <param name="Base64">All of it, as known_hosts files hold it.</param>
internal sealed record HostKey(string Type, string Base64)
{
    private const int MaximumTypeLength = 64;

    /// <summary>What <c>ssh-keygen -lf</c> prints of it: <c>SHA256:</c> and base64 without padding.</summary>
    public string Fingerprint =>
        "SHA256:" + Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(Base64))).TrimEnd('=');

    /// <summary>Reads a key; false when the bytes are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> blob, [NotNullWhen(true)] out HostKey? key)
    {
        key = null;
        if (!BinaryPrimitives.TryReadUInt32BigEndian(blob, out uint length) || length is 0 or > MaximumTypeLength
            || blob.Length <= 4 + length)
            return false;
        ReadOnlySpan<byte> type = blob.Slice(4, (int)length);
        foreach (byte letter in type)
        {
            if (letter is <= (byte)' ' or > (byte)'~')
                return false;
        }
        key = new(Encoding.ASCII.GetString(type), Convert.ToBase64String(blob));
        return true;
    }

    /// <summary>Reads a key's base64; false when it is none.</summary>
    public static bool TryReadBase64(ReadOnlySpan<char> base64, [NotNullWhen(true)] out HostKey? key)
    {
        key = null;
        byte[] blob = new byte[base64.Length];
        return Convert.TryFromBase64Chars(base64, blob, out int count) && TryRead(blob.AsSpan(0, count), out key);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Type} {Fingerprint}";
}
