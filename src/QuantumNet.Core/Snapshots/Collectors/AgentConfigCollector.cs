using QuantumNet.Parsing.Logs;

namespace QuantumNet.Snapshots;

/// <summary>The settings of Quantum's and Neutron's ini files. Secrets are blotted out on the node already.</summary>
public sealed class AgentConfigCollector : ICollector
{
    /// <summary>Replaces the values of secret options; line numbers stay.</summary>
    internal const string Blot =
        "s/^([#[:space:]]*([A-Za-z0-9_]*(password|passwd|secret|transport_url|encryption_key|admin_token)[A-Za-z0-9_]*"
        + @"|(sql_|slave_)?connection)[[:space:]]*[=:]).*/\1***/";

    /// <inheritdoc/>
    public string Name => "AgentConfig";

    /// <inheritdoc/>
    public bool MayHoldSecrets => true;

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("sed", "-E", Blot, "{file}")
        {
            Scope = CommandScope.File,
            FilePatterns = ServicePlaces.Settings,
            OfflinePatterns = ServicePlaces.SettingsElsewhere,
            MaximumBytes = 1024 * 1024,
        },
    ];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return 0;
        List<AgentConfig> settings = IniParser.ParseAll(output.Text, source with { Path = LogFile.Of(output, source) });
        into.AgentConfigs.AddRange(settings);
        return settings.Count;
    }
}
