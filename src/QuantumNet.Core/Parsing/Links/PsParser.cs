using System.Globalization;

namespace QuantumNet.Parsing.Links;

/// <summary>Reads <c>ps</c> in System V and BSD forms (ps(1), procps): the header tells the columns, the last one
/// takes the rest of the line. Without a header (<c>ps -ef | grep</c>) the columns are those of <c>-f</c>, or of BSD's
/// <c>u</c> where the third is a share of the processor; <c>pgrep -a</c> prints a process id and the command.
/// <code>
/// nobody    8920     1  0 19:15 ?        00:00:00 dnsmasq --no-hosts
/// nobody    8920  0.0  0.1  50000  1500 ?        S    Feb09   0:00 dnsmasq --no-hosts
/// </code>
/// Rows of threads (<c>m</c>, <c>-L</c>) add nothing to their process.</summary>
public static class PsParser
{
    /// <summary>Stands for a parent that was not told.</summary>
    public const int Untold = -1;

    private static readonly string[] s_full = ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"];
    private static readonly string[] s_user = ["USER", "PID", "%CPU", "%MEM", "VSZ", "RSS", "TTY", "STAT",
        "START", "TIME", "COMMAND"];
    private static readonly string[] s_pgrep = ["PID", "CMD"];

    /// <summary>All processes of a text; never throws, reports what it does not know.</summary>
    public static List<NodeProcess> ParseAll(string text, TextSource source)
    {
        List<NodeProcess> processes = [];
        HashSet<int> known = [];
        string[]? columns = null;
        var lines = new TextLines(text);
        while (lines.Next())
        {
            ReadOnlySpan<char> line = lines.Line;
            if (line.Trim().IsEmpty)
                continue;
            if (IsHeader(line))
                columns = line.ToString().Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            else if (Read(line, lines.Number, columns ?? Guess(line, source), source) is { } process
                && known.Add(process.ProcessId))
                processes.Add(process);
        }
        return processes;
    }

    private static string[] Guess(ReadOnlySpan<char> line, TextSource source)
    {
        if (source.Command.Contains("pgrep", StringComparison.Ordinal))
            return s_pgrep;
        var words = new TextWords(line);
        return words.Skip(3) && words.Word.Contains('.') ? s_user : s_full;
    }

    private static bool IsHeader(ReadOnlySpan<char> line)
    {
        var words = new TextWords(line);
        bool hasId = false;
        while (words.Next())
        {
            if (words.Word.IndexOfAnyExceptInRange('A', 'Z') >= 0 && words.Word is not ("%CPU" or "%MEM" or "F" or "S"))
                return false;
            hasId |= words.Word is "PID";
        }
        return hasId;
    }

    /// <summary>A process; null for a row of a thread, which has no process id, and for what is none.</summary>
    private static NodeProcess? Read(ReadOnlySpan<char> line, int number, string[] columns, TextSource source)
    {
        int pid = 0, parent = Untold;
        string user = "", started = "", program = "";
        var words = new TextWords(line);
        for (int i = 0; i < columns.Length - 1; i++)
        {
            bool isThere = words.Next();
            if (columns[i] == "PID" && words.Word is "-")
                return null;
            bool isRead = columns[i] switch
            {
                "PID" => TryParse(words.Word, out pid),
                "PPID" => TryParse(words.Word, out parent),
                _ => isThere,
            };
            if (!isRead)
            {
                source.Report(number, words.Column, isThere ? "Not a number" : "Truncated", line);
                return null;
            }
            if (columns[i] is "UID" or "USER" or "EUSER" or "RUSER" && (user.Length == 0 || char.IsAsciiDigit(user[0])))
                user = words.Word.ToString();
            else if (columns[i] is "STIME" or "START" or "STARTED")
                started = Started(ref words);
            else if (columns[i] is "CMD" or "COMMAND")
                program = words.Word.ToString();
        }
        bool endsInCommand = columns[^1] is "CMD" or "COMMAND" or "ARGS";
        return new NodeProcess
        {
            ComputerName = source.ComputerName, Command = source.Command, LineNumber = number,
            RawText = line.TrimEnd().ToString(), ProcessId = pid, ParentProcessId = parent,
            User = user, Started = started,
            Argv = endsInCommand ? words.Rest.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)
                : program.Length > 0 ? [program] : [],
        };
    }

    /// <summary><c>lstart</c> is five words: <c>Wed Feb  9 22:38:08 2022</c>.</summary>
    private static string Started(ref TextWords words)
    {
        string first = words.Word.ToString();
        if (first is not ("Mon" or "Tue" or "Wed" or "Thu" or "Fri" or "Sat" or "Sun"))
            return first;
        for (int i = 0; i < 4 && words.Next(); i++)
            first = $"{first} {words.Word}";
        return first;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
