using QuantumNet.Topology;

namespace QuantumNet.Paths;

/// <summary>Finds the ends of a network's routers: the namespace <c>qrouter-ID</c> with the device <c>qr-PORT</c>, as
/// Neutron's L3 agent makes them (neutron/agent/l3/router_info.py: NS_PREFIX, INTERNAL_DEV_PREFIX).</summary>
internal static class RouterSites
{
    private const string NamespacePrefix = "qrouter-";

    /// <summary>The router's namespace.</summary>
    public static string NamespaceOf(QuantumPort port) => NamespacePrefix + port.DeviceId;

    /// <summary>The ends, the one to ask from first: it has its address (the other nodes of a highly available router
    /// have none), and is the one that the records name; of a distributed router the one on the instance's own node,
    /// as only that hears the answers.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="networkId">The network.</param>
    /// <param name="computeName">The instance's node.</param>
    public static IReadOnlyList<DhcpSite> Find(CloudView cloud, string networkId, string computeName)
    {
        HashSet<string> gateways = [.. cloud.SubnetsOf(networkId).Select(subnet => subnet.GatewayIp)];
        IEnumerable<QuantumPort> ports = cloud.Records.Ports.Where(port => port.IsRouterInterface
            && port.DeviceId.Length > 0 && networkId.Length > 0
            && string.Equals(port.NetworkId, networkId, StringComparison.OrdinalIgnoreCase));
        return [.. ports.SelectMany(port => Sites(cloud, port))
            .OrderBy(site => IsAddressed(site) ? 0 : 1)
            .ThenBy(site => gateways.Contains(site.Port!.IpAddress) ? 0 : 1)
            .ThenBy(site => HostId.IsSame(site.NodeName,
                site.Port!.IsDistributed ? computeName : site.Port.ComputerName) ? 0 : 1)
            .ThenBy(site => site.Node?.OvsPort(site.OvsDevice) is null ? 1 : 0)];
    }

    private static IEnumerable<DhcpSite> Sites(CloudView cloud, QuantumPort port)
    {
        string device = DeviceNames.RouterInterface(port.PortId);
        List<string> hosts = [.. cloud.Nodes
            .Where(node => node.OvsPort(device) is not null || node.Link(device, NamespaceOf(port)) is not null)
            .Select(node => node.Name)];
        if (port.ComputerName.Length > 0 && !hosts.Exists(host => HostId.IsSame(host, port.ComputerName)))
            hosts.Add(port.ComputerName);
        return hosts.Select(host => Site(cloud, port, host, device));
    }

    private static DhcpSite Site(CloudView cloud, QuantumPort port, string host, string device)
    {
        NodeView? node = cloud.Node(host);
        return new()
        {
            IsRouter = true,
            NetworkId = port.NetworkId,
            NodeName = node?.Name ?? host,
            Node = node,
            Port = port,
            Namespace = NamespaceOf(port),
            OvsDevice = device,
            InnerLink = node?.Link(device, NamespaceOf(port)),
        };
    }

    private static bool IsAddressed(DhcpSite site) =>
        site.InnerLink is { IsUp: true } link && Array.Exists(link.Addresses, DhcpLeg.IsServingAddress);
}
