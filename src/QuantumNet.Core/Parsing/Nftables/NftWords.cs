using System.Text;

namespace QuantumNet.Parsing.Nftables;

/// <summary>The words of a line of nft: quotes are taken off, what stands in braces is one word
/// (<c>{ 22, 80 }</c>), and a <c>#</c> ends the line.</summary>
internal static class NftWords
{
    /// <summary>The words, in order.</summary>
    public static List<string> Of(ReadOnlySpan<char> line)
    {
        List<string> words = [];
        int at = 0;
        bool closes = true;     // where one brace is not closed, none behind it is looked for again
        while (at < line.Length)
        {
            char c = line[at];
            if (c == '#')
                break;
            if (char.IsWhiteSpace(c) || c == ';')
                at++;
            else if (c == '"')
                words.Add(Quoted(line, ref at));
            else if (c == '{' && closes && Close(line, at) is int close and not 0)
            {
                closes = close > 0;
                words.Add(closes ? line[at..(close + 1)].ToString() : Plain(line, ref at));
                at = closes ? close + 1 : at;
            }
            else
                words.Add(Plain(line, ref at));
        }
        return words;
    }

    /// <summary>How many braces a line opens and does not close, those in quotes and behind a <c>#</c> aside.</summary>
    public static int Depth(ReadOnlySpan<char> line)
    {
        int depth = 0;
        bool isQuoted = false;
        foreach (char c in line)
        {
            if (c == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && c == '#')
                break;
            else if (!isQuoted)
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return depth;
    }

    /// <summary>The elements of a set in braces, verbatim: <c>{ 22, "eth0" : accept }</c>.</summary>
    public static List<string> Elements(string braces)
    {
        List<string> elements = [];
        StringBuilder element = new();
        bool isQuoted = false;
        foreach (char c in braces.Trim().TrimStart('{').TrimEnd('}'))
        {
            if (c == '"')
                isQuoted = !isQuoted;
            if (c == ',' && !isQuoted)
                Add(elements, element);
            else
                element.Append(c);
        }
        Add(elements, element);
        return elements;
    }

    private static void Add(List<string> elements, StringBuilder element)
    {
        string text = element.ToString().Trim();
        if (text.Length > 0)
            elements.Add(text);
        element.Clear();
    }

    private static string Quoted(ReadOnlySpan<char> line, ref int at)
    {
        int end = line[(at + 1)..].IndexOf('"');
        string word = end < 0 ? line[(at + 1)..].ToString() : line.Slice(at + 1, end).ToString();
        at = end < 0 ? line.Length : at + end + 2;
        return word;
    }

    private static string Plain(ReadOnlySpan<char> line, ref int at)
    {
        int start = at++;
        while (at < line.Length && !char.IsWhiteSpace(line[at]) && line[at] is not (';' or '"'))
            at++;
        return line[start..at].ToString();
    }

    private static int Close(ReadOnlySpan<char> line, int open)
    {
        int depth = 0;
        bool isQuoted = false;
        for (int i = open; i < line.Length; i++)
        {
            if (line[i] == '"')
                isQuoted = !isQuoted;
            if (isQuoted)
                continue;
            depth += line[i] == '{' ? 1 : line[i] == '}' ? -1 : 0;
            if (depth == 0)
                return i;
        }
        return -1;
    }
}
