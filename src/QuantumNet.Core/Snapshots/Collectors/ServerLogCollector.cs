namespace QuantumNet.Snapshots;

/// <summary>What neutron-server's log says of bindings and of agents
/// (ml2/managers.py: "Failed to bind port ... on host ..."; ml2/drivers/mech_agent.py: "Refusing to bind port ...
/// to dead agent"; db/agentschedulers_db.py: "Agent ... is down"). It only explains: no verdict waits for it.</summary>
public sealed class ServerLogCollector : ICollector
{
    private const int MaximumBytes = 1024 * 1024;

    /// <inheritdoc/>
    public string Name => "ServerLog";

    /// <inheritdoc/>
    public bool MayHoldSecrets => true;

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("grep", "-a", "-E", "bind.port|dead.agent|DHCP.agent|vSwitch.agent|no.agent", "{file}")
        {
            Scope = CommandScope.File,
            FilePatterns = ServicePlaces.ServerLogs,
            OfflinePatterns = ServicePlaces.ServerLogsElsewhere,
            MaximumBytes = MaximumBytes,
            KeepsTail = true,
        },
    ];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into) => LogFile.Read(output, source, into);
}
