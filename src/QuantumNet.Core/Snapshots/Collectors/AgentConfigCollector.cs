using QuantumNet.Parsing;
using QuantumNet.Parsing.Logs;

namespace QuantumNet.Snapshots;

/// <summary>The settings of Quantum's and Neutron's ini files. Secrets are blotted out on the node already.</summary>
public sealed class AgentConfigCollector : ICollector
{
    /// <summary>Replaces the values of secret options, whatever their case, and who logs in by a URL; lines and names
    /// stay. It holds no blank: sudo's rules have it, and compare arguments joined by blanks.</summary>
    internal static string Blot { get; } = WriteBlot();

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

    private static string WriteBlot()
    {
        // What is empty goes on in the lines below, and is masked when it is kept.
        const string Name = "[a-z0-9_.-]*", Value = "[[:space:]]*[^[:space:]].*";
        string[] names = [$"{Name}(({string.Join('|', SecretNames.Stems)}){Name}|"
            + $"{string.Join('|', SecretNames.Endings)})", .. SecretNames.Whole, "(sql_|slave_)?connection",
            "transport_url"];
        return $@"s/^([#[:space:]]*({string.Join('|', names)})[[:space:]]*[=:])" + Value
            + @"/\1***/I;s,(://)[^/[:space:]]*@,\1***@,g";
    }
}
