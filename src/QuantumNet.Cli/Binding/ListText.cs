using System.Text;

namespace QuantumNet.Cli.Binding;

/// <summary>The values of a list as PowerShell writes them: <c>a,b</c>, <c>'a,b',c</c>, <c>"it's"</c>,
/// a doubled mark for one of its own. The shell's own quotation marks are gone when an argument comes here.</summary>
internal static class ListText
{
    /// <summary>The values; null where one is missing beside a comma, or a mark is not closed.
    /// An empty text is one empty value.</summary>
    public static string[]? Split(ReadOnlySpan<char> text)
    {
        var values = new List<string>();
        while (true)
        {
            text = text.TrimStart();
            if (!TryTake(ref text, out string value))
                return null;
            values.Add(value);
            text = text.TrimStart();
            if (text.IsEmpty)
                return [.. values];
            if (text[0] != ',' || text[1..].Trim().IsEmpty)
                return null;
            text = text[1..];
        }
    }

    private static bool TryTake(ref ReadOnlySpan<char> text, out string value)
    {
        if (text is ['\'' or '"', ..])
            return TryTakeQuoted(ref text, out value);
        int end = text.IndexOf(',');
        value = (end < 0 ? text : text[..end]).TrimEnd().ToString();
        text = end < 0 ? [] : text[end..];
        return value.Length > 0 || end < 0;
    }

    private static bool TryTakeQuoted(ref ReadOnlySpan<char> text, out string value)
    {
        char mark = text[0];
        var quoted = new StringBuilder();
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] != mark)
            {
                quoted.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == mark)
            {
                quoted.Append(text[i++]);
            }
            else
            {
                text = text[(i + 1)..];
                value = quoted.ToString();
                return true;
            }
        }
        value = "";
        return false;
    }
}
