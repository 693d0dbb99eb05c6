using QuantumNet.Parsing.Logs;

namespace QuantumNet.Snapshots;

/// <summary>The kernel's last messages: of its own buffer, else of the journal; and kern.log, where syslog keeps one.
/// They only explain: no verdict waits for them.</summary>
public sealed class KernelLogCollector : ICollector
{
    private const int MaximumBytes = 1024 * 1024;

    /// <inheritdoc/>
    public string Name => "KernelLog";

    /// <inheritdoc/>
    public bool MayHoldSecrets => true;

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("dmesg", "-T") { MaximumBytes = MaximumBytes, KeepsTail = true },
        new("journalctl", "-q", "--no-pager", "-o", "short-iso", "-n", "2000", "-k")
        {
            MaximumBytes = MaximumBytes,
            KeepsTail = true,
            IsFallback = true,
        },
        new("tail", "-n", "1000", "{file}")
        {
            Scope = CommandScope.File,
            FilePatterns = ["/var/log/kern.log"],
            OfflinePatterns = ["/var/log/kern.log.*", "/var/log/kern.log-*", "/var/log/dmesg", "/var/log/dmesg.*"],
            MaximumBytes = MaximumBytes,
            KeepsTail = true,
        },
    ];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return 0;
        List<AgentLog> entries = KernelLogParser.ParseAll(TailText.Of(output), source);
        into.AgentLogs.AddRange(entries);
        return entries.Count;
    }
}
