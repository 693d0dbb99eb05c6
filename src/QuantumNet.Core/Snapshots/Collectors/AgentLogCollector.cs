using QuantumNet.Parsing.Logs;

namespace QuantumNet.Snapshots;

/// <summary>The last lines of the agents' and of ovs-vswitchd's logs.</summary>
public sealed class AgentLogCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "AgentLog";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("tail", "-n", "2000", "{file}")
        {
            Scope = CommandScope.File,
            FilePatterns = ["/var/log/neutron/*agent*.log", "/var/log/quantum/*agent*.log", "/var/log/openvswitch/ovs-vswitchd.log"],
            MaximumBytes = 4 * 1024 * 1024,
            KeepsTail = true,
        },
    ];

    /// <inheritdoc/>
    public void Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus == 0)
            into.AgentLogs.AddRange(AgentLogParser.ParseAll(TailText.Of(output), source with { Path = LogFile.Of(output, source) }));
    }
}

/// <summary>The file an output is the content of.</summary>
internal static class LogFile
{
    /// <summary>The file told by the source, else the command's last argument.</summary>
    public static string Of(CommandOutput output, TextSource source) =>
        source.Path.Length > 0 ? source.Path : output.Argv.Length > 0 ? output.Argv[^1] : "";
}
