using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.Xz;
using SharpCompress.Compressors.ZStandard;

namespace QuantumNet.Snapshots;

/// <summary>What .NET does not unpack itself. All of SharpCompress stands here: its assembly is loaded
/// when the first such file is met.</summary>
internal static class PackedStreams
{
    /// <summary>The streams that a file holds. Of a damaged one the last step that was read is lost:
    /// streams that stand behind one another are given one by one, so that it reaches back into no whole one.</summary>
    public static IEnumerable<Stream> Open(MemoryStream packed, Compression format) => format switch
    {
        Compression.Xz => OneByOne(packed, () => new XZStream(packed)),
        Compression.Bzip2 => OneByOne(packed, () => BZip2Stream.Create(packed, CompressionMode.Decompress,
            decompressConcatenated: false, leaveOpen: true)),
        _ => [new DecompressionStream(packed)],
    };

    /// <summary>Zeros may stand between the streams (xz-file-format, 2.2).</summary>
    private static IEnumerable<Stream> OneByOne(MemoryStream packed, Func<Stream> open)
    {
        while (packed.Position < packed.Length)
        {
            yield return open();
            int next = packed.ReadByte();
            while (next == 0)
                next = packed.ReadByte();
            packed.Position -= next < 0 ? 0 : 1;
        }
    }
}
