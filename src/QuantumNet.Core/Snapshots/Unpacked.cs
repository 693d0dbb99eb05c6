using System.IO.Compression;

namespace QuantumNet.Snapshots;

/// <summary>Rotated logs are compressed: gzip is read (RFC 1952), the others are named.</summary>
internal static class Unpacked
{
    private const long MaximumBytes = 512L << 20;

    private static readonly (byte[] Magic, string Name)[] s_unread =
    [
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'], "xz"),
        ([(byte)'B', (byte)'Z', (byte)'h'], "bzip2"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd"),
    ];

    /// <summary>The content, unpacked where it is gzip; of a damaged one as much as can be read.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> content)
    {
        if (!content.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return content;
        using MemoryStream unpacked = new();
        try
        {
            using GZipStream gzip = new(new MemoryStream(content.ToArray()), CompressionMode.Decompress);
            byte[] buffer = new byte[81920];
            for (int count = gzip.Read(buffer); count > 0 && unpacked.Length < MaximumBytes; count = gzip.Read(buffer))
                unpacked.Write(buffer, 0, count);
        }
        catch (InvalidDataException)
        {
            // Cut or damaged: what came until there is read.
        }
        return unpacked.ToArray();
    }

    /// <summary>The compression that is not read here; empty for none.</summary>
    public static string Unread(ReadOnlySpan<byte> content)
    {
        foreach ((byte[] magic, string name) in s_unread)
        {
            if (content.StartsWith(magic))
                return name;
        }
        return "";
    }
}
