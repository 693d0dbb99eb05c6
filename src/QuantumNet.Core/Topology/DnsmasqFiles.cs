namespace QuantumNet.Topology;

/// <summary>Which of a network's files its dnsmasq reads: those that its arguments name, not those that lie
/// in the folder of the agent's release.</summary>
internal static class DnsmasqFiles
{
    private const string Hosts = "DhcpHost", Settings = "DhcpConfig";

    /// <summary>The file a record was read from, as its command names it.</summary>
    public static string PathOf(NodeRecord record) => LastWord(record.Command);

    /// <summary>The files that each network's dnsmasq processes name, by network.</summary>
    public static ILookup<string, string> Of(NodeState node, Func<DhcpServer, string> file) =>
        node.DhcpServers.Where(server => file(server).Length > 0)
            .ToLookup(server => server.NetworkId, file, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a line stands in a file that a dnsmasq of the network reads;
    /// true where no process, or none that names such a file, is known.</summary>
    public static bool IsRead(ILookup<string, string> files, string networkId, NodeRecord line) =>
        !files.Contains(networkId) || files[networkId].Any(file => IsSame(PathOf(line), file));

    /// <summary>Whether hosts files of the network were collected, and the one that its dnsmasq
    /// reads was not.</summary>
    public static bool IsElsewhere(NodeView node, string networkId)
    {
        string[] read = [.. node.DhcpServersOf(networkId).Select(server => server.HostsFile)
            .Where(file => file.Length > 0)];
        string[] collected = [.. Collected(node, networkId)];
        return read.Length > 0 && collected.Length > 0
            && !Array.Exists(read, file => Array.Exists(collected, one => IsSame(one, file)));
    }

    /// <summary>The hosts files of the network that were collected.</summary>
    public static IEnumerable<string> Collected(NodeView node, string networkId) => node.CommandsOf(Hosts, networkId)
        .Where(command => command.State == CollectionState.Collected)
        .Select(command => LastWord(command.Command)).Where(path => path.Contains('/'))
        .Distinct(StringComparer.Ordinal);

    /// <summary>Whether a file of the network was collected whole, or is not there.</summary>
    public static bool IsKnown(NodeView node, string collector, string networkId, string path) =>
        node.CommandsOf(collector, networkId).Any(command => !command.IsPart
            && command.State is CollectionState.Collected or CollectionState.Absent
            && IsSame(LastWord(command.Command), path));

    /// <summary>The lines of a configuration file by the path that dnsmasq has for it; null when it was not collected.
    /// A container's file lies elsewhere on its host, under the same name.</summary>
    public static IReadOnlyList<string>? Configuration(NodeView node, string path)
    {
        string[] known = [.. node.State.Commands
            .Where(command => command is { Collector: Settings, State: CollectionState.Collected, IsPart: false })
            .Select(command => LastWord(command.Command)).Distinct(StringComparer.Ordinal)];
        string name = path[(path.LastIndexOf('/') + 1)..];
        string? found = Array.Find(known, one => one == path)
            ?? Array.Find(known, one => IsOfContainer(one) && one.EndsWith('/' + name, StringComparison.Ordinal));
        return found is null ? null
            : [.. node.State.DhcpSettings.Where(line => line.Path == found).Select(line => line.RawText)];
    }

    private static bool IsOfContainer(string path) => path.StartsWith("/etc/kolla/", StringComparison.Ordinal)
        || path.StartsWith("/var/lib/config-data/", StringComparison.Ordinal);

    /// <summary>Whether two paths name one file: a container's volume lies elsewhere on its host,
    /// and is told by its last three parts.</summary>
    public static bool IsSame(string one, string other) => one == other || !one.StartsWith('/')
        || !other.StartsWith('/')
        || ((IsVolume(one) || IsVolume(other)) && Tail(one) == Tail(other));

    private static bool IsVolume(string path) => path.Contains("/volumes/", StringComparison.Ordinal)
        || path.Contains("/overlay", StringComparison.Ordinal);

    private static string Tail(string path) => string.Join('/', path.Split('/').TakeLast(3));

    private static string LastWord(string command) => command[(command.LastIndexOf(' ') + 1)..];
}
