using System.Globalization;
using QuantumNet.Parsing.Dhcp;

namespace QuantumNet.Parsing.Logs;

/// <summary>The head of a log line: time, level, logger; and the message that follows it.</summary>
internal readonly record struct LogHead(DateTime? Time, string Level, string Logger, string Message, bool HasContext)
{
    private const int DateLength = 19;

    /// <summary>Reads a line's head; false when it has none.</summary>
    public static bool TryRead(ReadOnlySpan<char> line, DateTime takenAt, out LogHead head) =>
        TryOvs(line, takenAt, out head) || TryOslo(line, out head);

    /// <summary>The head of a line of the journal: the one that the message carries itself, else the journal's time
    /// and the program's name.</summary>
    public static LogHead Of(JournalLine line, DateTime takenAt)
    {
        if (TryRead(line.Message, takenAt, out LogHead inner))
            return inner.Time is null ? inner with { Time = line.Time } : inner;
        Span<Range> parts = stackalloc Range[5];
        ReadOnlySpan<char> message = line.Message;
        // Open vSwitch writes to syslog without a time: ovs|00014|bridge|INFO|bridge br-int: added interface
        if (message.Split(parts, '|') == 5 && message[parts[0]] is "ovs"
            && LevelOf(message[parts[3]]) is { Length: > 0 } level)
            return new(line.Time, level, message[parts[2]].ToString(), message[parts[4]].ToString(), true);
        return new(line.Time, "INFO", line.Program, line.Message, true);
    }

    /// <summary>Whether the line goes on with the entry before: a traceback's lines repeat time, level and logger,
    /// but no context.</summary>
    public bool Continues(AgentLog entry) =>
        !HasContext && Level is "ERROR" or "TRACE" or "CRITICAL" && Time == entry.Time && Logger == entry.Logger
        && entry.Level is "ERROR" or "CRITICAL" or "TRACE";

    /// <summary><c>2026-11-22T06:05:04.083Z|00001|vlog|INFO|message</c>, before 1.8
    /// <c>May 08 14:45:07|00001|...</c>.</summary>
    private static bool TryOvs(ReadOnlySpan<char> line, DateTime takenAt, out LogHead head)
    {
        head = default;
        Span<Range> parts = stackalloc Range[5];
        if (line.Count('|') < 4 || line.Split(parts, '|') < 5)
            return false;
        ReadOnlySpan<char> stamp = line[parts[0]], module = line[parts[2]];
        if (!int.TryParse(line[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            || !SyslogTime.TryRead(string.Concat(stamp, " "), takenAt, out DateTime? time, out _))
            return false;
        int thread = module.IndexOf('(');
        head = new(time, LevelOf(line[parts[3]]), (thread > 0 ? module[..thread] : module).ToString(),
            line[parts[4]].ToString(), true);
        return true;
    }

    private static bool TryOslo(ReadOnlySpan<char> line, out LogHead head)
    {
        head = default;
        if (line.Length <= DateLength || line[4] != '-' || line[10] != ' '
            || !TryTime(line, out DateTime time, out int end))
            return false;
        ReadOnlySpan<char> rest = line[end..].TrimStart();
        ReadOnlySpan<char> word = TakeWord(ref rest);
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            word = TakeWord(ref rest);
        string level = LevelOf(word);
        if (level.Length == 0)
            return false;
        string logger = TakeWord(ref rest).Trim("[]").ToString();
        bool hasContext = rest.Length > 0 && rest[0] == '[';
        int close = hasContext ? rest.IndexOf(']') : -1;
        head = new(time, level, logger, (close < 0 ? rest : rest[(close + 1)..]).TrimStart().ToString(), hasContext);
        return true;
    }

    private static bool TryTime(ReadOnlySpan<char> line, out DateTime time, out int end)
    {
        end = DateLength;
        while (end < line.Length && line[end] != ' ')
            end++;
        Span<char> stamp = stackalloc char[32];
        time = default;
        if (end > stamp.Length)
            return false;
        line[..end].Replace(stamp, ',', '.');
        return DateTime.TryParse(stamp[..end], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    private static ReadOnlySpan<char> TakeWord(ref ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOf(' ');
        ReadOnlySpan<char> word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[end..].TrimStart();
        return word;
    }

    private static string LevelOf(ReadOnlySpan<char> word) => word switch
    {
        "DEBUG" or "DBG" => "DEBUG",
        "INFO" => "INFO",
        "WARNING" or "WARN" => "WARNING",
        "ERROR" or "ERR" => "ERROR",
        "CRITICAL" or "EMER" => "CRITICAL",
        "TRACE" => "TRACE",
        "AUDIT" => "INFO",
        _ => "",
    };
}
