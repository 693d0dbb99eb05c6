using System.Globalization;

namespace QuantumNet.Parsing.Dhcp;

/// <summary>Reads dnsmasq's lines of a syslog, of the journal or of its own log file (log.c,
/// rfc2131.c, rfc3315.c of dnsmasq):
/// <code>
/// May  8 19:17:23 netnode dnsmasq-dhcp[8920]: DHCPDISCOVER(tap9a41d8fa-a7) 172.241.0.2 fa:16:3e:1e:63:66
/// 2026-11-22T06:05:47.171575+00:00 netnode dnsmasq-dhcp[282]:
/// DHCPACK(tapa2efd1e3-18) 10.10.0.29 fa:16:3e:b8:28:2a host-10-10-0-29 Nov 22 06:52:43 dnsmasq-dhcp[27256]:
/// 1061302890 DHCPDISCOVER(tap0) fa:16:3e:99:99:99 no address available dnsmasq-dhcp:
/// DHCPDISCOVER(tap9a41d8fa-a7) fa:16:3e:1e:63:66 (to standard error: neither date nor process id)
/// </code>
/// Lines of other programs are skipped; a line with neither a time stamp nor dnsmasq's name is reported.</summary>
public static class DnsmasqLogParser
{
    /// <summary>dnsmasq's events of a log.</summary>
    public static List<DhcpEvent> ParseAll(string text, TextSource source)
    {
        var events = new List<DhcpEvent>();
        int lineNumber = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            if (line.IsWhiteSpace() || line.StartsWith("-- "))
                continue;
            bool hasTime = SyslogTime.TryRead(line, source.TakenAt, out DateTime? time, out ReadOnlySpan<char> rest);
            bool isRead = TryProgram(hasTime ? rest : line, out int? processId, out ReadOnlySpan<char> message);
            if (!isRead && IsPacket(hasTime ? rest : line))
            {
                message = (hasTime ? rest : line).Trim();
                isRead = true;
            }
            if (!isRead && !hasTime)
                source.Report(lineNumber, 1, "Log line without a time", line);
            else if (isRead)
                events.Add(DnsmasqMessage.Parse(message) with
                {
                    ComputerName = source.ComputerName,
                    Command = source.Command,
                    LineNumber = lineNumber,
                    RawText = line.ToString(),
                    Time = time,
                    ProcessId = processId,
                });
        }
        return events;
    }

    /// <summary><c>journalctl -o cat</c> prints the message alone.</summary>
    private static bool IsPacket(ReadOnlySpan<char> line)
    {
        line = line.TrimStart();
        int open = line.IndexOf('(');
        return line.StartsWith("DHCP") && open > 4 && line[..open].IndexOfAnyExceptInRange('A', 'Z') is var other
            && (other < 0 || line[other] == '6');
    }

    /// <summary>The program is the first word (dnsmasq's own file) or the second (after the host).</summary>
    private static bool TryProgram(ReadOnlySpan<char> rest, out int? processId, out ReadOnlySpan<char> message)
    {
        for (int word = 0; word < 2; word++)
        {
            rest = rest.TrimStart(' ');
            int end = rest.IndexOf(' ');
            ReadOnlySpan<char> first = end < 0 ? rest : rest[..end];
            if (first.StartsWith("dnsmasq") && first.EndsWith(":"))
            {
                processId = ProcessId(first);
                message = end < 0 ? default : rest[end..].Trim();
                return true;
            }
            rest = end < 0 ? default : rest[end..];
        }
        processId = null;
        message = default;
        return false;
    }

    private static int? ProcessId(ReadOnlySpan<char> program)
    {
        int open = program.IndexOf('['), close = program.IndexOf(']');
        return open >= 0 && close > open
            && int.TryParse(program[(open + 1)..close], NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            ? id : null;
    }
}
