using System.Buffers.Binary;
using System.Text;

namespace QuantumNet.SshNet;

/// <summary>SSH's strings (RFC 4251, 5): four bytes of length, and so many bytes.</summary>
internal static class SshWire
{
    /// <summary>Takes a number; false when there are too few bytes.</summary>
    public static bool TryReadNumber(ref ReadOnlySpan<byte> rest, out uint number)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(rest, out number))
            return false;
        rest = rest[4..];
        return true;
    }

    /// <summary>Takes a string; false when there are too few bytes.</summary>
    public static bool TryReadString(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        text = default;
        ReadOnlySpan<byte> before = rest;
        if (!TryReadNumber(ref rest, out uint length) || length > (uint)rest.Length)
        {
            rest = before;
            return false;
        }
        text = rest[..(int)length];
        rest = rest[(int)length..];
        return true;
    }

    /// <summary>Adds a number.</summary>
    public static void WriteNumber(List<byte> to, uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        to.AddRange(bytes.ToArray());
    }

    /// <summary>Adds a string.</summary>
    public static void WriteString(List<byte> to, ReadOnlySpan<byte> text)
    {
        WriteNumber(to, (uint)text.Length);
        to.AddRange(text.ToArray());
    }

    /// <summary>The type that a public key or certificate begins with; empty when it is none.</summary>
    public static string TypeOf(ReadOnlySpan<byte> blob) =>
        TryReadString(ref blob, out ReadOnlySpan<byte> type) && type.Length < 100 ? Encoding.ASCII.GetString(type) : "";
}
