namespace QuantumNet.Parsing.Logs;

/// <summary>Reads logs of agents and of Open vSwitch; lines without a head (tracebacks) belong to the entry before:
/// <code>
/// 2026-11-22 06:05:24.699 172 INFO neutron.common.config [-] Logging enabled!          (oslo.log)
/// 2013-05-08 14:45:07    ERROR [quantum.agent.dhcp_agent] Unable to enable dhcp.        (openstack.common.log, Folsom)
/// 2026-11-22T06:05:04.083Z|00001|vlog|INFO|opened log file /var/log/...                 (vlog of Open vSwitch)
/// Feb 04 09:38:32 compute1 neutron-openvswitch-agent[1590]: 2026-02-04 09:38:32.1 1590 INFO ...
/// (either of them in the journal)
/// </code></summary>
public static class AgentLogParser
{
    /// <summary>All entries of a log.</summary>
    public static List<AgentLog> ParseAll(string text, TextSource source)
    {
        var entries = new List<AgentLog>();
        var message = new List<string>();
        string path = source.Path.Length > 0 ? source.Path : source.Command[(source.Command.LastIndexOf(' ') + 1)..];
        int lineNumber = 0, firstText = 0, lastText = 0;
        bool asksUnits = source.Command.Contains("journalctl", StringComparison.Ordinal)
            && source.Command.Contains("-u", StringComparison.Ordinal);
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            ReadOnlySpan<char> line = raw.TrimEnd();
            if (line.StartsWith("-- "))
                continue;   // journalctl's own: "-- Logs begin at ...", "-- Boot ..."
            JournalLine journal = default;
            bool isJournal = !LogHead.TryRead(line, source.TakenAt, out LogHead head)
                && JournalLine.TryRead(line, source.TakenAt, out journal);
            if (isJournal)
            {
                lastText = lineNumber;
                if (!journal.IsOfAgents && !(asksUnits && journal.Program is "systemd"))
                    continue;
                head = LogHead.Of(journal, source.TakenAt);
            }
            if (head.Level is { Length: > 0 })
            {
                if (entries.Count > 0 && head.Continues(entries[^1]))
                    message.Add(head.Message);
                else
                {
                    Close(entries, message);
                    entries.Add(Entry(head, source, path, lineNumber, line));
                }
            }
            else if (entries.Count > 0 && line.Length > 0)
                message.Add(line.ToString());
            else if (line.Length > 0 && firstText == 0)
                firstText = lineNumber;   // the tail of an entry whose head was cut off
        }
        Close(entries, message);
        if (entries.Count == 0 && firstText > 0 && lastText == 0)
            source.Report(firstText, 1, "No log line with a time", text.Trim());
        return entries;
    }

    /// <summary>The entries of a time window, its ends included; those without a time stay out.</summary>
    public static IEnumerable<AgentLog> Within(IEnumerable<AgentLog> entries, DateTime from, DateTime to)
    {
        foreach (AgentLog entry in entries)
        {
            if (entry.Time >= from && entry.Time <= to)
                yield return entry;
        }
    }

    private static AgentLog Entry(
        LogHead head, TextSource source, string path, int lineNumber, ReadOnlySpan<char> line) => new()
        {
            ComputerName = source.ComputerName,
            Command = source.Command,
            LineNumber = lineNumber,
            RawText = line.ToString(),
            Path = path,
            Time = head.Time,
            Level = head.Level,
            Logger = head.Logger,
            Message = head.Message,
        };

    private static void Close(List<AgentLog> entries, List<string> more)
    {
        if (more.Count == 0)
            return;
        string text = string.Join('\n', more);
        entries[^1] = entries[^1] with { Message = $"{entries[^1].Message}\n{text}",
            RawText = $"{entries[^1].RawText}\n{text}" };
        more.Clear();
    }
}
