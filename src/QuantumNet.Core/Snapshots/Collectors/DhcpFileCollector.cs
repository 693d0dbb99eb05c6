using QuantumNet.Parsing;
using QuantumNet.Parsing.Dhcp;

namespace QuantumNet.Snapshots;

/// <summary>One of the files that the DHCP agent writes for a network's dnsmasq: <c>host</c>, <c>opts</c>,
/// <c>leases</c>.</summary>
public sealed class DhcpFileCollector : ICollector
{
    private readonly Func<string, TextSource, NodeState, int> _read;

    private DhcpFileCollector(string name, string file, Func<string, TextSource, NodeState, int> read)
    {
        Name = name;
        Commands = [new("cat", $"{{folder}}/{file}") { Scope = CommandScope.DhcpNetwork }];
        _read = read;
    }

    /// <summary>Who gets which address.</summary>
    public static DhcpFileCollector Hosts { get; } = new("DhcpHost", "host",
        (text, source, node) => Add(node.DhcpHosts, DhcpHostsFileParser.ParseAll(text, source)));

    /// <summary>What is handed out besides.</summary>
    public static DhcpFileCollector Options { get; } = new("DhcpOption", "opts",
        (text, source, node) => Add(node.DhcpServerOptions, DhcpOptsFileParser.ParseAll(text, source)));

    /// <summary>Who has an address now.</summary>
    public static DhcpFileCollector Leases { get; } = new("DhcpLease", "leases",
        (text, source, node) => Add(node.DhcpLeases, DhcpLeasesParser.ParseAll(text, source)));

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; }

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return 0;
        bool subjectIsNetwork = source.NetworkId.Length == 0 && Uuid.Is(output.Subject);
        return _read(output.Text, subjectIsNetwork ? source with { NetworkId = output.Subject } : source, into);
    }

    private static int Add<T>(List<T> known, List<T> read)
    {
        known.AddRange(read);
        return read.Count;
    }
}
