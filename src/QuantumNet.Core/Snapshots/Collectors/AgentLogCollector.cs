using QuantumNet.Parsing.Logs;

namespace QuantumNet.Snapshots;

/// <summary>The last lines of the agents' and of ovs-vswitchd's logs: of their files, and of the journal where
/// services keep none.</summary>
public sealed class AgentLogCollector : IFinishingCollector
{
    private const int MaximumBytes = 4 * 1024 * 1024;

    /// <inheritdoc/>
    public string Name => "AgentLog";

    /// <inheritdoc/>
    public bool MayHoldSecrets => true;

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("tail", "-n", "2000", "{file}")
        {
            Scope = CommandScope.File,
            FilePatterns = ServicePlaces.AgentLogs,
            OfflinePatterns = ServicePlaces.AgentLogsElsewhere,
            MaximumBytes = MaximumBytes,
            KeepsTail = true,
        },
        new("journalctl", "-q", "--no-pager", "-o", "short-iso", "-n", "2000", "-u", "neutron-openvswitch-agent",
            "-u", "neutron-dhcp-agent", "-u", "neutron-linuxbridge-agent", "-u",
            "openvswitch-switch", "-u", "ovs-vswitchd")
        {
            MaximumBytes = MaximumBytes,
            KeepsTail = true,
        },
    ];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into) => LogFile.Read(output, source, into);

    /// <summary>What stands in a file and in the journal, or in two copies of a file, is one entry;
    /// rotated logs come in the order of time.</summary>
    public void Finish(NodeState node)
    {
        if (node.AgentLogs.Select(entry => entry.Command).Distinct().Skip(1).FirstOrDefault() is null)
            return;
        HashSet<(long, string, string, string)> told = [];
        node.AgentLogs.RemoveAll(
            entry => entry.Time is { } time && !told.Add((time.Ticks, entry.Level, entry.Logger, entry.Message)));
        // Plain dmesg tells no time of day: its lines stand first.
        if (!node.AgentLogs.TrueForAll(entry => entry.Time is not null || entry.Logger == KernelLogParser.Logger))
            return;
        AgentLog[] sorted = [.. node.AgentLogs.OrderBy(entry => entry.Time ?? DateTime.MinValue)];
        node.AgentLogs.Clear();
        node.AgentLogs.AddRange(sorted);
    }
}

/// <summary>The log that an output is the content of.</summary>
internal static class LogFile
{
    /// <summary>The file told by the source, else the command's last argument;
    /// <c>journal</c> where no file was read.</summary>
    public static string Of(CommandOutput output, TextSource source) =>
        source.Path.Length > 0 ? source.Path : CommandNamespace.Runs(output, "journalctl") ? "journal"
        : output.Argv.Length > 0 ? output.Argv[^1] : "";

    /// <summary>Adds the entries of a log that services write with oslo.log or vlog; how many there are.</summary>
    public static int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return 0;
        List<AgentLog> entries = AgentLogParser.ParseAll(TailText.Of(output),
            source with { Path = LogFile.Of(output, source) });
        into.AgentLogs.AddRange(entries);
        return entries.Count;
    }
}
