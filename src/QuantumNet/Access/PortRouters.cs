using QuantumNet.Paths;
using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>The routers on the networks of ports, and what is asked about them on a node: only the devices in their
/// namespaces, and only where somebody wants a router.</summary>
internal static class PortRouters
{
    /// <summary>The routers' interfaces to the networks of the ports that texts name.</summary>
    public static IReadOnlyList<QuantumPort> Of(CloudRecords records, IReadOnlyList<string> selectors)
    {
        HashSet<string> networks = new(selectors.SelectMany(text => PortSelector.Find(records, text).Ports)
            .Select(port => port.NetworkId).Where(id => id.Length > 0), StringComparer.OrdinalIgnoreCase);
        return [.. records.Ports.Where(port => port.IsRouterInterface && networks.Contains(port.NetworkId))];
    }

    /// <summary>What reads the devices of these routers: the collector of devices, with commands that name each
    /// namespace. A node that has none of them says so.</summary>
    public static IEnumerable<ICollector> Collectors(IReadOnlyList<QuantumPort> routers)
    {
        // An answer of the control plane becomes part of a command only where it is an id.
        CommandTemplate[] commands = [.. routers.Where(port => Guid.TryParseExact(port.DeviceId, "D", out _))
            .Select(RouterSites.NamespaceOf).Distinct(StringComparer.Ordinal)
            .Select(space => new CommandTemplate("ip", "netns", "exec", space, "ip", "address"))];
        return commands.Length > 0 ? [new RouterLinks(commands)] : [];
    }

    private sealed class RouterLinks(IReadOnlyList<CommandTemplate> commands) : ICollector
    {
        private readonly NodeLinkCollector _reader = new();

        public string Name => _reader.Name;

        public IReadOnlyList<CommandTemplate> Commands { get; } = commands;

        public int Read(CommandOutput output, TextSource source, NodeState into) =>
            _reader.Read(output, source, into);
    }
}
