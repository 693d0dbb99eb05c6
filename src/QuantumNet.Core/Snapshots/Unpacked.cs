using System.IO.Compression;

namespace QuantumNet.Snapshots;

/// <summary>How a file is compressed, as its first bytes tell.</summary>
internal enum Compression
{
    /// <summary>Not compressed.</summary>
    None,
    /// <summary>gzip (RFC 1952).</summary>
    Gzip,
    /// <summary>xz (tukaani.org/xz/xz-file-format.txt).</summary>
    Xz,
    /// <summary>bzip2.</summary>
    Bzip2,
    /// <summary>Zstandard (RFC 8878).</summary>
    Zstd,
}

/// <summary>Rotated logs are compressed: what logrotate(8) is told to compress them with is read.</summary>
internal static class Unpacked
{
    private static readonly (byte[] Magic, Compression Format)[] s_known =
    [
        ([0x1F, 0x8B], Compression.Gzip),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], Compression.Xz),
        ([(byte)'B', (byte)'Z', (byte)'h'], Compression.Bzip2),
        ([0x28, 0xB5, 0x2F, 0xFD], Compression.Zstd),
    ];

    /// <summary>The compression of a file with this content.</summary>
    public static Compression FormatOf(ReadOnlySpan<byte> content)
    {
        foreach ((byte[] magic, Compression format) in s_known)
        {
            if (content.StartsWith(magic))
                return format;
        }
        return Compression.None;
    }

    /// <summary>The unpacked streams of a compressed file, one behind the other; each is to be read
    /// to its end before the next is asked for. Reading throws what the unpacking library throws where the file
    /// is damaged: that is any exception.</summary>
    public static IEnumerable<Stream> Open(ReadOnlyMemory<byte> content, Compression format)
    {
        MemoryStream packed = new(content.ToArray());
        return format == Compression.Gzip ? [new GZipStream(packed, CompressionMode.Decompress)]
            : PackedStreams.Open(packed, format);
    }
}
