using QuantumNet.Parsing.Dhcp;

namespace QuantumNet.Snapshots;

/// <summary>dnsmasq's configuration files: the one that <c>dnsmasq_config_file</c> of dhcp_agent.ini names,
/// and the default one, which it reads where it is given none (LP#1896945).</summary>
internal sealed class DhcpConfigCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "DhcpConfig";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("cat", "{file}")
        {
            Scope = CommandScope.File,
            FilePatterns = ServicePlaces.DnsmasqSettings,
            OfflinePatterns = ServicePlaces.DnsmasqSettingsElsewhere,
            MaximumBytes = 1024 * 1024,
        },
    ];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return 0;
        List<DhcpSetting> settings =
            DhcpSettingsParser.ParseAll(output.Text, source with { Path = LogFile.Of(output, source) });
        into.DhcpSettings.AddRange(settings);
        return settings.Count;
    }
}
