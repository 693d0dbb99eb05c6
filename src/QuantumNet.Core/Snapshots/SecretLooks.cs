using System.Buffers;

namespace QuantumNet.Snapshots;

/// <summary>Finds secrets that are known by their look: the user part of URLs, Keystone's and web tokens, what stands
/// behind <c>Bearer</c>, the id in Keystone's token object, private keys.</summary>
internal static class SecretLooks
{
    private const string KeyBegins = "-----BEGIN ", KeyEnds = "-----END ", KeyMark = "PRIVATE KEY-----";
    private static readonly SearchValues<char> s_label = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ ");
    private static readonly SearchValues<char> s_urlEnds = SearchValues.Create(" \t\r\n\f\v'\"<>|");
    private const int ShortestToken = 20, ShortestBearer = 8;

    /// <summary>Finds them in a line.</summary>
    public static void Find(ReadOnlySpan<char> line, SecretSpans spans)
    {
        FindUrlUsers(line, spans);
        FindWords(line, "gAAAA", 0, ShortestToken, spans);
        FindWords(line, "eyJ", 0, ShortestToken, spans);
        FindWords(line, "Bearer ", "Bearer ".Length, ShortestBearer, spans);
        FindTokenIds(line, spans);
    }

    /// <summary>Private keys in a line (JSON writes its line ends as \n); true where one goes on below.</summary>
    public static bool FindKeys(ReadOnlySpan<char> line, SecretSpans spans)
    {
        int at = 0;
        while (line[at..].IndexOf(KeyBegins, StringComparison.Ordinal) is >= 0 and int begin)
        {
            int start = at + begin, label = start + KeyBegins.Length;
            int other = line[label..].IndexOfAnyExcept(s_label);
            at = label;
            if (other < 0 || !line[label..(label + other)].EndsWith("PRIVATE KEY", StringComparison.Ordinal)
                || !line[(label + other)..].StartsWith("-----", StringComparison.Ordinal))
                continue;
            int end = line[label..].IndexOf(KeyEnds, StringComparison.Ordinal);
            if (end < 0)
            {
                spans.Add(start, line.TrimEnd("\r\n").Length);
                return true;
            }
            int mark = line[(label + end)..].IndexOf(KeyMark, StringComparison.Ordinal);
            at = mark < 0 ? line.TrimEnd("\r\n").Length : label + end + mark + KeyMark.Length;
            spans.Add(start, at);
        }
        return false;
    }

    /// <summary><c>mysql://user:password@host</c>, <c>rabbit://u:p@a,u:p@b</c>: everything up to the last @.</summary>
    private static void FindUrlUsers(ReadOnlySpan<char> line, SecretSpans spans)
    {
        int at = 0;
        while (line[at..].IndexOf("://", StringComparison.Ordinal) is >= 0 and int found)
        {
            int start = at + found + 3;
            int length = line[start..].IndexOfAny(s_urlEnds);
            int end = length < 0 ? line.Length : start + length;
            int sign = line[start..end].LastIndexOf('@');
            if (sign >= 0)
                spans.Add(start, start + sign);
            at = end;
        }
    }

    /// <summary>Runs of a token's letters that begin with, or behind, some word.</summary>
    private static void FindWords(
        ReadOnlySpan<char> line, string word, int skipped, int shortest, SecretSpans spans)
    {
        int at = 0;
        while (line[at..].IndexOf(word, StringComparison.Ordinal) is >= 0 and int found)
        {
            int start = at + found + skipped, end = start;
            while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end])
                || line[end] is '_' or '-' or '.' or '=' or '+' or '/' or '~'))
                end++;
            if (end - start >= shortest)
                spans.Add(start, end);
            at = Math.Max(end, at + found + word.Length);
        }
    }

    /// <summary>Keystone's <c>"token": {... "id": "..."}</c> (API v2.0).</summary>
    private static void FindTokenIds(ReadOnlySpan<char> line, SecretSpans spans)
    {
        const string name = "\"token\"", id = "\"id\"";
        int at = 0;
        while (line[at..].IndexOf(name, StringComparison.OrdinalIgnoreCase) is >= 0 and int found)
        {
            at += found + name.Length;
            ReadOnlySpan<char> rest = line[at..].TrimStart(" \t:");
            int open = line.Length - rest.Length;
            if (rest is not ['{', ..])
                continue;
            int brace = rest[1..].IndexOfAny('{', '}');
            int end = brace < 0 ? line.Length : open + 1 + brace;
            int key = line[open..end].IndexOf(id, StringComparison.OrdinalIgnoreCase);
            if (key >= 0)
                AddText(line, open + key + id.Length, end, spans);
            at = end;
        }
    }

    private static void AddText(ReadOnlySpan<char> line, int at, int end, SecretSpans spans)
    {
        int open = line[at..end].IndexOf('"');
        if (open < 0)
            return;
        int start = at + open + 1, close = line[start..end].IndexOf('"');
        spans.Add(start, close < 0 ? end : start + close);
    }
}
