using System.Globalization;

namespace QuantumNet.Parsing.Logs;

/// <summary>Reads the kernel's log, as dmesg(1) prints it, journalctl(1) with -k, and syslog in kern.log:
/// <code>
/// [Sun Nov 29 07:24:07 2026] openvswitch: netlink: Flow action size 34112 bytes exceeds max
/// [   58.586597] openvswitch: ovs-system: deferred action limit reached, drop recirc action   (no time of day)
/// 2026-11-29T07:24:07+0000 compute1 kernel: nf_conntrack: nf_conntrack: table full, dropping packet
/// Nov 29 07:24:07 compute1 kernel: [   58.586597] ixgbe 0000:01:00.0 eth0: NIC Link is Down
/// </code>
/// Lines of other programs are skipped.</summary>
public static class KernelLogParser
{
    /// <summary>What the kernel is called in <see cref="AgentLog.Logger"/>.</summary>
    public const string Logger = "kernel";

    private const string ClockFormat = "ddd MMM d HH:mm:ss yyyy";

    /// <summary>All messages of the kernel; those that tell of lost packets are warnings.</summary>
    public static List<AgentLog> ParseAll(string text, TextSource source)
    {
        List<AgentLog> entries = [];
        int lineNumber = 0, firstUnread = 0;
        bool isLog = false;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            ReadOnlySpan<char> line = raw.TrimEnd();
            if (line.IsEmpty || line.StartsWith("-- "))
                continue;
            bool isEntry = TryRead(line, source.TakenAt, out DateTime? time, out string message, out bool isOfLog);
            isLog |= isOfLog;
            if (isEntry)
                entries.Add(Entry(source, lineNumber, line, time, message));
            else if (!isOfLog && firstUnread == 0)
                firstUnread = lineNumber;
        }
        if (!isLog && firstUnread > 0)
            source.Report(firstUnread, 1, "No line of the kernel's log", text.Trim());
        return entries;
    }

    private static AgentLog Entry(
        TextSource source, int lineNumber, ReadOnlySpan<char> line, DateTime? time, string message) => new()
        {
            ComputerName = source.ComputerName,
            Command = source.Command,
            LineNumber = lineNumber,
            RawText = line.ToString(),
            Path = source.Path.Length > 0 ? source.Path : Logger,
            Time = time,
            Level = KernelWords.TellsLoss(message) ? "WARNING" : "INFO",
            Logger = Logger,
            Message = message,
        };

    private static bool TryRead(
        ReadOnlySpan<char> line, DateTime takenAt, out DateTime? time, out string message, out bool isOfLog)
    {
        if (line[0] == '[')
            return isOfLog = TryBracket(line, out time, out message);
        isOfLog = JournalLine.TryRead(line, takenAt, out JournalLine journal);
        (time, message) = (journal.Time, journal.Message ?? "");
        if (!isOfLog || journal.Program != Logger)
            return false;
        if (TryBracket(message, out _, out string inner))
            message = inner;
        return true;
    }

    private static bool TryBracket(ReadOnlySpan<char> line, out DateTime? time, out string message)
    {
        (time, message) = (null, "");
        int close = line.IndexOf(']');
        if (close < 2 || line[0] != '[')
            return false;
        ReadOnlySpan<char> stamp = line[1..close].Trim();
        if (DateTime.TryParseExact(stamp, ClockFormat, CultureInfo.InvariantCulture,
            DateTimeStyles.AllowInnerWhite | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTime clock))
            time = clock;
        else if (!double.TryParse(stamp, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
            return false;
        message = line[(close + 1)..].TrimStart().ToString();
        return true;
    }
}
