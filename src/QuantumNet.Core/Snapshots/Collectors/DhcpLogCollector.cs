using QuantumNet.Parsing.Dhcp;

namespace QuantumNet.Snapshots;

/// <summary>dnsmasq's last log lines: of the syslog files, of its own files (dnsmasq_base_log_dir),
/// of the journal.</summary>
public sealed class DhcpLogCollector : IFinishingCollector
{
    private const int MaximumBytes = 4 * 1024 * 1024;

    /// <inheritdoc/>
    public string Name => "DhcpEvent";

    /// <inheritdoc/>
    public bool MayHoldSecrets => true;

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("grep", "-a", "dnsmasq", "{file}")
        {
            Scope = CommandScope.File,
            FilePatterns = ServicePlaces.DnsmasqLogs,
            OfflinePatterns = ServicePlaces.DnsmasqLogsElsewhere,
            MaximumBytes = MaximumBytes,
            KeepsTail = true,
        },
        new("journalctl", "-q", "--no-pager", "-o", "short-iso", "-n", "5000", "-t", "dnsmasq", "-t", "dnsmasq-dhcp")
        {
            MaximumBytes = MaximumBytes,
            KeepsTail = true,
        },
    ];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus is not 0 && output.StandardOutput.Length == 0)
            return 0;
        List<DhcpEvent> events = DnsmasqLogParser.ParseAll(TailText.Of(output), source);
        into.DhcpEvents.AddRange(events);
        return events.Count;
    }

    /// <summary>Where syslog and journal both keep a line, one event stays.</summary>
    public void Finish(NodeState node)
    {
        var told = new HashSet<(int?, string, string, string, string, long)>();
        foreach (DhcpEvent line in node.DhcpEvents)
        {
            if (!IsOfJournal(line))
                told.Add(KeyOf(line));
        }
        node.DhcpEvents.RemoveAll(line => IsOfJournal(line) && told.Contains(KeyOf(line)));
        bool isSpread = node.DhcpEvents.Select(line => line.Command).Distinct().Skip(1).Any();
        if (!isSpread || !node.DhcpEvents.TrueForAll(line => line.Time is not null))
            return;
        // Rotated logs come by name, not by time.
        DhcpEvent[] sorted = [.. node.DhcpEvents.OrderBy(line => line.Time)];
        node.DhcpEvents.Clear();
        node.DhcpEvents.AddRange(sorted);
    }

    private static bool IsOfJournal(DhcpEvent line) => line.Command.StartsWith("journalctl", StringComparison.Ordinal);

    private static (int?, string, string, string, string, long) KeyOf(DhcpEvent line) =>
        (line.ProcessId, line.Type, line.Mac, line.IpAddress, line.Message,
            (line.Time?.Ticks ?? 0) / TimeSpan.TicksPerSecond);
}

/// <summary>The text of an output of which only the end may have been kept.</summary>
internal static class TailText
{
    /// <summary>The text from its first whole line on.</summary>
    public static string Of(CommandOutput output)
    {
        string text = output.Text;
        return output.Truncated ? text[(text.IndexOf('\n') + 1)..] : text;
    }
}
