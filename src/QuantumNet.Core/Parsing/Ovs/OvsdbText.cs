using System.Text;

namespace QuantumNet.Parsing.Ovs;

/// <summary>OVSDB values as <c>ovs-vsctl</c> prints them outside JSON: <c>br-int</c>, <c>"qvo1408934f-93"</c>,
/// <c>[1, 2]</c>, <c>{in_key=flow, remote_ip="10.0.20.11"}</c> (ovs-vsctl(8), "Database Values").</summary>
internal static class OvsdbText
{
    /// <summary>One value without its quotes.</summary>
    public static string Atom(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? Unescape(text[1..^1]) : text.ToString();
    }

    /// <summary>The values of a set: <c>[1, 2]</c>, or one bare value.</summary>
    public static List<string> Set(ReadOnlySpan<char> text) => Items(Inside(text.Trim(), '[', ']'));

    /// <summary>The pairs of a map as sorted <c>key=value</c>.</summary>
    public static string[] Map(ReadOnlySpan<char> text)
    {
        var pairs = new List<string>();
        ReadOnlySpan<char> rest = Inside(text.Trim(), '{', '}');
        while (TryNext(ref rest, out ReadOnlySpan<char> item))
        {
            int equals = EndOf(item, '=');
            pairs.Add(equals < 0 ? Atom(item) : $"{Atom(item[..equals])}={Atom(item[(equals + 1)..])}");
        }
        string[] sorted = [.. pairs];
        Array.Sort(sorted, StringComparer.Ordinal);
        return sorted;
    }

    private static List<string> Items(ReadOnlySpan<char> rest)
    {
        var items = new List<string>();
        while (TryNext(ref rest, out ReadOnlySpan<char> item))
            items.Add(Atom(item));
        return items;
    }

    private static ReadOnlySpan<char> Inside(ReadOnlySpan<char> text, char open, char close) =>
        text.Length >= 2 && text[0] == open && text[^1] == close ? text[1..^1] : text;

    private static bool TryNext(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> item)
    {
        rest = rest.TrimStart();
        int comma = EndOf(rest, ',');
        item = comma < 0 ? rest : rest[..comma];
        rest = comma < 0 ? default : rest[(comma + 1)..];
        return !item.IsEmpty || comma >= 0;
    }

    /// <summary>Index of a character outside quotes; -1 when there is none.</summary>
    private static int EndOf(ReadOnlySpan<char> text, char wanted)
    {
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && quoted)
                i++;
            else if (text[i] == '"')
                quoted = !quoted;
            else if (text[i] == wanted && !quoted)
                return i;
        }
        return -1;
    }

    /// <summary>A quoted string's content: JSON's escapes resolved.</summary>
    public static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\'))
            return text.ToString();
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
                continue;
            }
            char escaped = text[++i];
            if (escaped == 'u' && i + 4 < text.Length
                && ushort.TryParse(text.Slice(i + 1, 4),
                    System.Globalization.NumberStyles.AllowHexSpecifier, null, out ushort code))
            {
                plain.Append((char)code);
                i += 4;
            }
            else
            {
                plain.Append(escaped switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b',
                    'f' => '\f', _ => escaped });
            }
        }
        return plain.ToString();
    }
}
