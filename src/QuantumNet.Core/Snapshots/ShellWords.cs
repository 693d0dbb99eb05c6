using System.Text;

namespace QuantumNet.Snapshots;

/// <summary>Splits a shell's command line where that is one simple command (sh(1), quoting):
/// with a pipe into a filter at most, and redirections that lose nothing of its output.</summary>
internal static class ShellWords
{
    private static readonly string[] s_filters = ["grep", "egrep", "fgrep", "head", "tail", "sed", "awk", "sort",
        "uniq", "less", "more", "cat", "column", "tee", "cut"];

    /// <summary>The words of the command; null when the line is more than one, or needs a shell
    /// to be understood.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isFiltered">Whether a filter behind it may have left out lines.</param>
    public static string[]? Split(string line, out bool isFiltered)
    {
        isFiltered = false;
        List<string> words = [];
        int at = 0;
        while (Next(line, ref at, out string word))
            words.Add(word);
        if (at < line.Length && line[at] == '|' && IsFilter(line, at + 1))
            isFiltered = true;
        else if (at < line.Length)
            return null;
        words.RemoveAll(word => word is "2>/dev/null" or "2>&1" or "</dev/null");
        return words.Exists(word => word.Length > 0 && (word[0] == '\0')) ? null : [.. words];
    }

    private static bool IsFilter(string line, int at)
    {
        bool isFirst = true;
        while (Next(line, ref at, out string word))
        {
            if (isFirst && Array.IndexOf(s_filters, CommandPrefix.Program(word)) < 0)
                return false;
            isFirst = false;
        }
        return !isFirst && (at == line.Length || (line[at] == '|' && IsFilter(line, at + 1)));
    }

    /// <summary>The next word; false at the end, and at what no word can hold.</summary>
    private static bool Next(string line, ref int at, out string word)
    {
        while (at < line.Length && line[at] is ' ' or '\t')
            at++;
        StringBuilder text = new();
        int start = at;
        bool isQuoted = false;
        while (at < line.Length && line[at] is not (' ' or '\t'))
        {
            char c = line[at];
            if (c is '\'' or '"')
            {
                int end = line.IndexOf(c, at + 1);
                if (end < 0 || (c == '"' && line.AsSpan(at, end - at).IndexOfAny('$', '`', '\\') >= 0))
                    break;
                text.Append(line, at + 1, end - at - 1);
                (at, isQuoted) = (end + 1, true);
            }
            else if (c is '|' or ';' or '`' or '$' or '(' or ')' or '\n' || (c == '&' && !IsRedirection(line, start))
                || (c is '<' or '>' && !IsRedirection(line, start)))
                break;
            else
            {
                text.Append(c);
                at++;
            }
        }
        word = text.ToString();
        return word.Length > 0 || isQuoted;
    }

    private static bool IsRedirection(string line, int start) =>
        line.AsSpan(start).StartsWith("2>/dev/null") || line.AsSpan(start).StartsWith("2>&1")
        || line.AsSpan(start).StartsWith("</dev/null");
}
