using System.Globalization;
using System.Text;

namespace QuantumNet.Reports;

/// <summary>Makes text from nodes safe to look at: what would act on a terminal, a page or the reading direction is
/// shown instead of obeyed.</summary>
internal static class VisibleText
{
    private const int PictureBase = 0x2400;         // U+2400 to U+241F picture the controls U+0000 to U+001F
    private const char PictureOfDelete = '\u2421';

    /// <summary>The text with every control, direction mark, invisible sign and broken
    /// surrogate made visible.</summary>
    public static string Of(string? text, bool keepLines = false)
    {
        if (string.IsNullOrEmpty(text) || !NeedsWork(text, keepLines))
            return text ?? "";
        var visible = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char sign = text[i];
            if (char.IsHighSurrogate(sign) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                AppendPair(visible, sign, text[++i]);
            else if (!IsHidden(sign, keepLines))
                visible.Append(sign);
            else
                AppendPicture(visible, sign);
        }
        return visible.ToString();
    }

    /// <summary>Columns of the text in a fixed-width font, ideographs and pictures counted as two.</summary>
    public static int Width(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
            width += rune.Value < 0x300 || rune.Value is >= 0x2010 and <= 0x2027 ? 1 : 2;
        return width;
    }

    /// <summary>At most so many columns: the middle gives way, since names differ at their ends.</summary>
    public static string Shorten(string text, int columns)
    {
        if (Width(text) <= columns)
            return text;
        int head = (columns - 1) * 2 / 3;
        return Take(text, head) + "\u2026" + TakeEnd(text, columns - 1 - head);
    }

    /// <summary>Lines of at most so many columns, broken at spaces where that goes;
    /// the last one ends in dots when there were more than allowed.</summary>
    public static List<string> Wrap(string text, int columns, int maximumLines)
    {
        List<string> lines = [];
        string rest = text.Trim();
        while (rest.Length > 0 && lines.Count < maximumLines)
        {
            string line = Take(rest, columns);
            int space = line.Length < rest.Length && rest[line.Length] != ' ' ? line.LastIndexOf(' ') : line.Length;
            line = space > columns / 3 ? line[..space] : line;
            lines.Add(line.TrimEnd());
            rest = rest[line.Length..].TrimStart();
        }
        if (rest.Length > 0 && lines.Count > 0)
            lines[^1] = Take(lines[^1], columns - 1).TrimEnd() + "\u2026";
        return lines;
    }

    private static string Take(string text, int columns)
    {
        int width = 0, length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Width(rune.ToString());
            if (width > columns)
                break;
            length += rune.Utf16SequenceLength;
        }
        return text[..Math.Min(text.Length, Math.Max(length, 1))];
    }

    private static string TakeEnd(string text, int columns)
    {
        int start = text.Length;
        for (int width = 0; start > 0; start--)
        {
            width += Width(text[(start - 1)..start]);
            if (width > columns)
                break;
        }
        return text[(start < text.Length && char.IsLowSurrogate(text[start]) ? start + 1 : start)..];
    }

    private static bool NeedsWork(string text, bool keepLines)
    {
        foreach (char sign in text)
        {
            if (char.IsSurrogate(sign) || IsHidden(sign, keepLines))
                return true;
        }
        return false;
    }

    private static bool IsHidden(char sign, bool keepLines) => sign switch
    {
        '\n' or '\t' => !keepLines,
        < ' ' => true,
        < '\u007f' => false,
        '\ufffe' or '\uffff' => true,
        _ => char.GetUnicodeCategory(sign) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate,
    };

    private static void AppendPair(StringBuilder visible, char high, char low)
    {
        int code = char.ConvertToUtf32(high, low);
        if (CharUnicodeInfo.GetUnicodeCategory(code) is UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned)
            AppendCode(visible, code);
        else
            visible.Append(high).Append(low);
    }

    private static void AppendPicture(StringBuilder visible, char sign)
    {
        if (sign < ' ')
            visible.Append((char)(PictureBase + sign));
        else if (sign == '\u007f')
            visible.Append(PictureOfDelete);
        else
            AppendCode(visible, sign);
    }

    private static void AppendCode(StringBuilder visible, int code) =>
        visible.Append(CultureInfo.InvariantCulture, $"[U+{code:X4}]");
}
