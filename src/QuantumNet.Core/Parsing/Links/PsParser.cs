using System.Globalization;

namespace QuantumNet.Parsing.Links;

/// <summary>Reads <c>ps -ef</c> (ps(1), procps): the header tells the columns, the last one takes the rest of the line.
/// Without a header (<c>ps -ef | grep</c>) the columns are those of <c>-f</c>.
/// <c>nobody    8920     1  0 19:15 ?        00:00:00 dnsmasq --no-hosts</c>.</summary>
public static class PsParser
{
    /// <summary>All processes of a text; never throws, reports what it does not know.</summary>
    public static List<NodeProcess> ParseAll(string text, TextSource source)
    {
        List<NodeProcess> processes = [];
        string[] columns = ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"];
        var lines = new TextLines(text);
        while (lines.Next())
        {
            ReadOnlySpan<char> line = lines.Line;
            if (line.Trim().IsEmpty)
                continue;
            if (IsHeader(line))
                columns = line.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            else
                ReadLine(line, lines.Number, columns, source, processes);
        }
        return processes;
    }

    private static bool IsHeader(ReadOnlySpan<char> line)
    {
        var words = new TextWords(line);
        for (int i = 0; i < 4 && words.Next(); i++)
        {
            if (words.Word is "PID")
                return true;
        }
        return false;
    }

    private static void ReadLine(
        ReadOnlySpan<char> line, int number, string[] columns, TextSource source, List<NodeProcess> processes)
    {
        int pid = 0, parent = 0;
        string user = "", started = "";
        var words = new TextWords(line);
        for (int i = 0; i < columns.Length - 1; i++)
        {
            bool isThere = words.Next();
            bool isRead = columns[i] switch
            {
                "PID" => TryParse(words.Word, out pid),
                "PPID" => TryParse(words.Word, out parent),
                _ => isThere,
            };
            if (!isRead)
            {
                source.Report(number, words.Column, isThere ? "Not a number" : "Truncated", line);
                return;
            }
            if (columns[i] is "UID" or "USER")
                user = words.Word.ToString();
            else if (columns[i] is "STIME" or "START" or "STARTED")
                started = words.Word.ToString();
        }
        processes.Add(new NodeProcess
        {
            ComputerName = source.ComputerName, Command = source.Command, LineNumber = number,
            RawText = line.TrimEnd().ToString(), ProcessId = pid, ParentProcessId = parent, User = user, Started = started,
            Argv = words.Rest.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries),
        });
    }

    private static bool TryParse(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
