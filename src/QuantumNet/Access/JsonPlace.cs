using System.Text;

namespace QuantumNet.Access;

/// <summary>Where something stands in a text, both from 1; the column counts characters, as editors do.</summary>
internal readonly record struct JsonPlace(int Line, int Column)
{
    /// <summary>The place of a byte of UTF-8 text.</summary>
    public static JsonPlace Of(ReadOnlySpan<byte> text, int offset)
    {
        ReadOnlySpan<byte> before = text[..Math.Min(offset, text.Length)];
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    /// <summary>The offset of a place as the JSON reader counts: both from 0, the column in bytes.</summary>
    public static int OffsetOf(ReadOnlySpan<byte> text, long line, long bytes)
    {
        int start = 0;
        for (long number = 0; number < line; number++)
            start += text[start..].IndexOf((byte)'\n') + 1;
        return (int)Math.Min(start + bytes, text.Length);
    }
}
