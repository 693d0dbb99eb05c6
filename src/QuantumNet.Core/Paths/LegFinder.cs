using System.Collections.Concurrent;
using QuantumNet.Topology;

namespace QuantumNet.Paths;

/// <summary>Finds the ways between a port and the DHCP servers of its network: one leg per server.</summary>
internal sealed class LegFinder(CloudView cloud)
{
    private readonly ConcurrentDictionary<string, List<DhcpSite>> _sites = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The legs of a port; one leg without a server when the network has none.</summary>
    public IReadOnlyList<DhcpLeg> Find(QuantumPort port) =>
        Join(WithoutServer(port), _sites.GetOrAdd(port.NetworkId, FindSites));

    /// <summary>The same with the routers of the network in the place of its DHCP servers, the nearest first; one leg
    /// without any when no record tells of one.</summary>
    public IReadOnlyList<DhcpLeg> FindRouters(QuantumPort port)
    {
        DhcpLeg common = WithoutServer(port);
        return Join(common, RouterSites.Find(cloud, port.NetworkId, common.ComputeName));
    }

    private static DhcpLeg[] Join(DhcpLeg common, IReadOnlyList<DhcpSite> sites) => sites.Count == 0
        ? [WithSegment(common)] : [.. sites.Select(site => WithSegment(common with { Server = site }))];

    private DhcpLeg WithoutServer(QuantumPort port)
    {
        QuantumNetwork? network = cloud.Network(port.NetworkId);
        string computeName = ComputeNameOf(port);
        NodeView? compute = cloud.Node(computeName);
        PortKind kind = PortKinds.Of(port, compute);
        return new()
        {
            Cloud = cloud,
            Port = port,
            Network = network,
            ComputeName = compute?.Name ?? computeName,
            Compute = compute,
            Kind = kind,
            Plug = kind == PortKind.VhostUser ? PlugKind.Direct : PlugOf(port, compute),
            NetworkType = "",
        };
    }

    private string ComputeNameOf(QuantumPort port)
    {
        string holder = cloud.NodeWithTap(port.PortId);
        if (port.ComputerName.Length == 0)
            return holder.Length > 0 ? holder
                : cloud.Instance(port.DeviceId)?.ComputerName ?? "";
        // After a migration the records may lag: where the tap is counts, unless the bound node has it too.
        bool boundNodeIsGathered = cloud.Node(port.ComputerName) is not null;
        return holder.Length > 0 && !boundNodeIsGathered ? holder : port.ComputerName;
    }

    private static PlugKind PlugOf(QuantumPort port, NodeView? compute)
    {
        if (compute is null)
            return Declared(port);
        if (compute.OvsPort(DeviceNames.VethOvsEnd(port.PortId)) is not null
            || compute.Link(DeviceNames.LinuxBridge(port.PortId)) is not null
            || compute.Link(DeviceNames.VethOvsEnd(port.PortId)) is not null)
            return PlugKind.Hybrid;
        bool isDirect = compute.OvsPort(DeviceNames.Tap(port.PortId)) is not null
            // The kernel datapath's own device
            || compute.Link(DeviceNames.Tap(port.PortId)) is { Master: "ovs-system" };
        return isDirect ? PlugKind.Direct : Declared(port);
    }

    private static PlugKind Declared(QuantumPort port) => port.HybridPlug switch
    {
        true => PlugKind.Hybrid,
        false => PlugKind.Direct,
        null => PlugKind.Unknown,
    };

    private List<DhcpSite> FindSites(string networkId)
    {
        if (networkId.Length == 0)
            return [];      // what nodes tell of other unknown networks is not this one's
        // Of two devices in a namespace the one with an address serves; the other was left behind.
        List<QuantumPort> ports = [.. cloud.DhcpPortsOf(networkId).OrderBy(port => port.FixedIps.Length > 0 ? 0 : 1)];
        List<string> hosts = [];
        foreach (DhcpAgentBinding binding in cloud.BindingsOf(networkId))
            AddHost(hosts, binding.ComputerName);
        foreach (string node in cloud.DhcpNodesFound(networkId))
            AddHost(hosts, node);
        foreach (QuantumPort port in ports)
            AddHost(hosts, port.ComputerName.Length > 0 ? port.ComputerName : cloud.NodeWithTap(port.PortId));
        return [.. hosts.Select(host => Site(networkId, host, ports, hosts.Count))];
    }

    private static void AddHost(List<string> hosts, string host)
    {
        if (host.Length > 0 && !hosts.Exists(known => HostId.IsSame(known, host)))
            hosts.Add(host);
    }

    private DhcpSite Site(string networkId, string host, List<QuantumPort> ports, int hostCount)
    {
        NodeView? node = cloud.Node(host);
        QuantumPort? port = PortOfHost(host, ports, hostCount);
        string space = node?.UsesNamespaces != false ? "qdhcp-" + networkId : "";
        NodeLink? inner = InnerLinkOf(node, space, port);
        return new DhcpSite
        {
            NetworkId = networkId,
            NodeName = node?.Name ?? host,
            Node = node,
            Port = port,
            Binding = cloud.BindingsOf(networkId)
                .FirstOrDefault(binding => HostId.IsSame(binding.ComputerName, host)),
            Namespace = space,
            InnerLink = inner,
            OvsDevice = port is not null ? DeviceNames.Tap(port.PortId)
                : OvsDeviceOf(inner?.Device ?? ListeningDevice(node, networkId)),
        };
    }

    private QuantumPort? PortOfHost(string host, List<QuantumPort> ports, int hostCount) =>
        ports.Find(port => HostId.IsSame(port.ComputerName, host))
        ?? ports.Find(port => DhcpDeviceId.IsOfHost(port.DeviceId, host))
        ?? ports.Find(port => HostId.IsSame(cloud.NodeWithTap(port.PortId), host))
        ?? (ports.Count == 1 && hostCount == 1 ? ports[0] : null);

    private static NodeLink? InnerLinkOf(NodeView? node, string space, QuantumPort? port)
    {
        if (node is null)
            return null;
        if (port is not null)
            return node.Link(DeviceNames.Tap(port.PortId), space)
                ?? node.Link(DeviceNames.NamespaceVeth(port.PortId), space);
        return space.Length == 0 ? null : node.LinksOf(space).FirstOrDefault(link => IsDhcpDevice(link.Device));
    }

    /// <summary>The device that dnsmasq was told to listen on, there or not.</summary>
    private static string ListeningDevice(NodeView? node, string networkId) =>
        node?.DhcpServersOf(networkId).Select(dnsmasq => dnsmasq.Device).FirstOrDefault(IsDhcpDevice) ?? "";

    private static string OvsDeviceOf(string inner) =>
        inner.StartsWith("ns-", StringComparison.Ordinal) ? "tap" + inner[3..] : inner;

    /// <summary>Whether a device in a DHCP namespace is a DHCP server's.</summary>
    public static bool IsDhcpDevice(string device) =>
        device.StartsWith("tap", StringComparison.Ordinal) || device.StartsWith("ns-", StringComparison.Ordinal);

    // What the record says goes before what the agents noted, and that before what the flows do.
    private static DhcpLeg WithSegment(DhcpLeg leg)
    {
        string type = leg.Network?.NetworkType ?? "";
        long? segment = leg.Network?.SegmentationId;
        IEnumerable<NetworkSegment> told = new[] { leg.ComputePort, leg.ServerPort }.OfType<OvsPort>()
            .Select(LocalVlanMap.Noted).Concat(LiveEnds(leg).Select(end => LocalVlanMap.ByFlows(end.Node, end.Tag)));
        foreach (NetworkSegment one in told)
        {
            type = type.Length > 0 ? type : one.Type;
            segment ??= type == "flat" ? 0 : one.Id;
        }
        if (type == "flat")
            segment ??= 0;
        return leg with { NetworkType = type, Segment = segment, IsServedByAgent = ServedByAgent(leg) };
    }

    private static IEnumerable<(NodeView Node, int Tag)> LiveEnds(DhcpLeg leg)
    {
        if (leg.Compute is { } compute && leg.ComputePort?.Tag is int tag)
            yield return (compute, tag);
        if (leg.Server?.Node is { } server && leg.ServerPort?.Tag is int other)
            yield return (server, other);
    }

    private static bool ServedByAgent(DhcpLeg leg)
    {
        if (leg.Compute is not { } compute)
            return false;
        return compute.FlowsOf(compute.IntegrationBridge).DhcpToController
            .Exists(flow => FlowRoles.IsFrom(flow, leg.OvsDevice, leg.ComputePort?.OfPort));
    }
}
