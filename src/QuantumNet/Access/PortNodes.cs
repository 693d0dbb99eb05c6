using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>Which nodes and networks a port's DHCP path touches, as the records tell.</summary>
/// <param name="ComputerNames">The nodes; the instance's is missing when the records do not know it.</param>
/// <param name="NetworkIds">The networks.</param>
/// <param name="IsComplete">Whether the instance's node is known.</param>
internal sealed record PortNodes(string[] ComputerNames, string[] NetworkIds, bool IsComplete)
{
    /// <summary>The nodes that serve networks with DHCP. Where the network is unknown, or nothing says who serves it,
    /// only a look at all nodes tells.</summary>
    public static PortNodes OfServers(CloudRecords records, IReadOnlyList<string> networks)
    {
        HashSet<string> ids = [.. records.Networks
            .Where(network => networks.Any(text => IdOrName.Fits(text, network.NetworkId, network.Name)))
            .Select(network => network.NetworkId)];
        HashSet<string> nodes = new(StringComparer.OrdinalIgnoreCase);
        nodes.UnionWith(records.DhcpAgentBindings.Where(binding => ids.Contains(binding.NetworkId))
            .Select(binding => binding.ComputerName));
        nodes.UnionWith(records.Ports.Where(port => port.IsDhcp && ids.Contains(port.NetworkId))
            .Select(port => port.ComputerName));
        nodes.Remove("");
        bool isComplete = nodes.Count > 0 && ids.IsSubsetOf(records.ScheduledNetworks) && networks.All(text =>
            records.Networks.Any(network => IdOrName.Fits(text, network.NetworkId, network.Name)));
        return new([.. nodes], isComplete ? [.. ids] : [], isComplete);
    }

    /// <summary>The same with the nodes of routers, where there are any. A distributed one is on the instance's node,
    /// too; of another that is bound to no node, only a look at all nodes tells.</summary>
    public PortNodes With(IReadOnlyList<QuantumPort> routers) => this with
    {
        ComputerNames = [.. ComputerNames.Concat(routers.Select(port => port.ComputerName))
            .Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
        IsComplete = IsComplete && routers.All(port => port.IsDistributed || port.ComputerName.Length > 0),
    };

    /// <summary>Finds the ports that a user means, all of them where the text is ambiguous, and their nodes.</summary>
    public static PortNodes Of(CloudRecords records, string selector)
    {
        IReadOnlyList<QuantumPort> meant = PortSelector.Find(records, selector).Ports;
        List<QuantumPort> ports = [.. meant.Where(port => !port.IsDhcp)];
        if (ports.Count == 0)
            ports = [.. meant];
        HashSet<string> networks = [.. ports.Select(port => port.NetworkId).Where(id => id.Length > 0)];
        HashSet<string> nodes = new(StringComparer.OrdinalIgnoreCase);
        nodes.UnionWith(ports.Select(port => port.ComputerName));
        nodes.UnionWith(records.Ports.Where(port => port.IsDhcp && networks.Contains(port.NetworkId))
            .Select(port => port.ComputerName));
        nodes.UnionWith(records.DhcpAgentBindings.Where(binding => networks.Contains(binding.NetworkId))
            .Select(binding => binding.ComputerName));
        nodes.Remove("");
        return new([.. nodes], [.. networks],
            ports.Count > 0 && ports.TrueForAll(port => port.ComputerName.Length > 0));
    }
}
