using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace QuantumNet.Snapshots.Parts;

/// <summary>Finds parts in a file, whatever carried them there: behind banners, each line behind its node's name
/// (<c>compute1: ...</c>, as pdsh prints it), indented, several one behind the other. A part begins with a line
/// <c>quantumnet-part 1 base64</c>, and goes on with gzip in base64, or as it is behind
/// <c>quantumnet-part 1 plain</c>.</summary>
internal static class PartText
{
    /// <summary>What a part's first line begins with.</summary>
    public const string Mark = "quantumnet-part 1";

    private const int LongestPrefix = 256;

    private static readonly byte[] s_mark = Encoding.ASCII.GetBytes(Mark + " ");
    private static readonly SearchValues<byte> s_base64 = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    /// <summary>Whether a part begins somewhere in a file's first bytes.</summary>
    public static bool IsIn(ReadOnlySpan<byte> content) => content.IndexOf(s_mark) >= 0;

    /// <summary>The parts as the script printed them.</summary>
    /// <param name="content">The file.</param>
    /// <param name="most">How many bytes a part may unpack to.</param>
    public static List<ReadOnlyMemory<byte>> Find(ReadOnlyMemory<byte> content, Func<int, long> most)
    {
        List<ReadOnlyMemory<byte>> parts = [];
        Dictionary<string, MemoryStream> open = [];
        int at = 0;
        while (at < content.Length)
        {
            int length = content.Span[at..].IndexOf((byte)'\n');
            int next = length < 0 ? content.Length : at + length + 1;
            ReadOnlySpan<byte> line = content.Span[at..next];
            int mark = line[..Math.Min(line.Length, LongestPrefix)].IndexOf(s_mark);
            if (mark < 0)
                Continue(line, open, parts, most);
            else if (line[(mark + s_mark.Length)..].StartsWith("plain"u8))
            {
                parts.Add(content[next..]);
                break;
            }
            else
                Begin(Encoding.Latin1.GetString(line[..mark]).Trim(), open, parts, most);
            at = next;
        }
        foreach (MemoryStream packed in open.Values)
            Close(packed, parts, most);
        return parts;
    }

    private static void Begin(string prefix, Dictionary<string, MemoryStream> open, List<ReadOnlyMemory<byte>> parts,
        Func<int, long> most)
    {
        if (open.Remove(prefix, out MemoryStream? before))
            Close(before, parts, most);
        open[prefix] = new();
    }

    /// <summary>A line of base64 belongs to the part of its prefix; another line ends the part that has none.</summary>
    private static void Continue(ReadOnlySpan<byte> line, Dictionary<string, MemoryStream> open,
        List<ReadOnlyMemory<byte>> parts, Func<int, long> most)
    {
        if (open.Count == 0)
            return;
        int colon = line[..Math.Min(line.Length, LongestPrefix)].IndexOf(": "u8);
        string prefix = colon < 0 ? "" : Encoding.Latin1.GetString(line[..(colon + 1)]).Trim();
        ReadOnlySpan<byte> text = (colon < 0 ? line : line[(colon + 2)..]).Trim(" \t\r\n"u8);
        if (!open.TryGetValue(prefix, out MemoryStream? packed))
        {
            prefix = "";
            text = line.Trim(" \t\r\n"u8);
        }
        if (packed is null && !open.TryGetValue(prefix, out packed))
            return;
        if (!text.IsEmpty && text.IndexOfAnyExcept(s_base64) < 0)
            packed.Write(text);
        else if (prefix.Length == 0 && packed.Length > 0)
        {
            open.Remove(prefix);
            Close(packed, parts, most);
        }
    }

    private static void Close(MemoryStream packed, List<ReadOnlyMemory<byte>> parts, Func<int, long> most)
    {
        byte[] text = packed.ToArray();
        byte[] bytes = new byte[text.Length];
        int whole = text.Length - (text.Length % 4);
        System.Buffers.Text.Base64.DecodeFromUtf8(text.AsSpan(0, whole), bytes, out _, out int count);
        parts.Add(Unpack(bytes.AsSpan(0, count).ToArray(), most(count)));
    }

    /// <summary>What can be unpacked: of one that was cut short, its beginning.</summary>
    private static ReadOnlyMemory<byte> Unpack(byte[] packed, long most)
    {
        using MemoryStream unpacked = new();
        try
        {
            using GZipStream stream = new(new MemoryStream(packed), CompressionMode.Decompress);
            byte[] buffer = new byte[16384];
            while (unpacked.Length < most && stream.Read(buffer) is > 0 and int count)
                unpacked.Write(buffer, 0, count);
        }
        catch (InvalidDataException)
        {
            // The script's last word is missing then, and that is told.
        }
        return unpacked.ToArray();
    }
}
