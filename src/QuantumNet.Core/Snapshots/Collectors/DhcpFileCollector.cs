using QuantumNet.Parsing;
using QuantumNet.Parsing.Dhcp;

namespace QuantumNet.Snapshots;

/// <summary>One of the files that the DHCP agent writes for a network's dnsmasq: <c>host</c>, <c>opts</c>, <c>leases</c>.</summary>
public sealed class DhcpFileCollector : ICollector
{
    private readonly Action<string, TextSource, NodeState> _read;

    private DhcpFileCollector(string name, string file, Action<string, TextSource, NodeState> read)
    {
        Name = name;
        Commands = [new("cat", $"{{folder}}/{file}") { Scope = CommandScope.DhcpNetwork }];
        _read = read;
    }

    /// <summary>Who gets which address.</summary>
    public static DhcpFileCollector Hosts { get; } = new("DhcpHost", "host",
        (text, source, node) => node.DhcpHosts.AddRange(DhcpHostsFileParser.ParseAll(text, source)));

    /// <summary>What is handed out besides.</summary>
    public static DhcpFileCollector Options { get; } = new("DhcpOption", "opts",
        (text, source, node) => node.DhcpServerOptions.AddRange(DhcpOptsFileParser.ParseAll(text, source)));

    /// <summary>Who has an address now.</summary>
    public static DhcpFileCollector Leases { get; } = new("DhcpLease", "leases",
        (text, source, node) => node.DhcpLeases.AddRange(DhcpLeasesParser.ParseAll(text, source)));

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; }

    /// <inheritdoc/>
    public void Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return;
        bool subjectIsNetwork = source.NetworkId.Length == 0 && Uuid.Is(output.Subject);
        _read(output.Text, subjectIsNetwork ? source with { NetworkId = output.Subject } : source, into);
    }
}
