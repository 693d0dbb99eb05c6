using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>Where to capture for one port: the hops of its ways to all DHCP servers of its network,
/// each only once.</summary>
public sealed class TracePlan
{
    private readonly List<TracePoint> _points = [];
    private readonly List<TraceLeg> _legs = [];

    private TracePlan(QuantumPort port) => Port = port;

    /// <summary>The port.</summary>
    public QuantumPort Port { get; }

    /// <summary>The node the instance runs on; empty when unknown.</summary>
    public string ComputeNode { get; private set; } = "";

    /// <summary>The network's type; empty when not to be told.</summary>
    public string NetworkType { get; private set; } = "";

    /// <summary>GRE key, VNI or VLAN on the wire; null when not to be told.</summary>
    public long? Segment { get; private set; }

    /// <summary>All points, from the instance to the servers.</summary>
    internal IReadOnlyList<TracePoint> Points => _points;

    /// <summary>The ways, one for each server.</summary>
    internal IReadOnlyList<TraceLeg> Legs => _legs;

    /// <summary>Addresses of the network's own servers, as records and as their devices have them;
    /// empty when not known.</summary>
    internal HashSet<string> ServerAddresses { get; } = [];

    /// <summary>What the nodes' state says about the port.</summary>
    internal DhcpPathResult? State { get; private init; }

    /// <summary>Plans the trace of a port.</summary>
    /// <param name="cloud">What was gathered.</param>
    /// <param name="port">The port.</param>
    public static TracePlan For(Cloud cloud, QuantumPort port)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(port);
        var view = new CloudView(cloud);
        var plan = new TracePlan(port) { State = new DhcpPathTester(cloud).Test(port) };
        foreach (DhcpLeg leg in new LegFinder(view).Find(port))
        {
            plan.Add(leg);
            plan.ServerAddresses
                .UnionWith(leg.Server?.InnerLink?.Addresses.Select(address => address.Split('/')[0]) ?? []);
        }
        foreach (QuantumPort server in view.DhcpPortsOf(port.NetworkId))
            plan.ServerAddresses.UnionWith(server.FixedIps.Select(address => address.IpAddress));
        return plan;
    }

    private void Add(DhcpLeg leg)
    {
        ComputeNode = leg.ComputeName;
        NetworkType = leg.NetworkType;
        Segment = leg.Segment;
        List<TracePoint> points = [.. InstancePoints(leg)];
        if (leg.ServerEnd is { } server)
        {
            if (!leg.IsOneNode)
            {
                points.AddRange(WirePoints(leg, leg.ComputeEnd, server));
                points.AddRange(WirePoints(leg, server, leg.ComputeEnd).Reverse());
                points.Add(Inside(server.NodeName, server.Node?.IntegrationBridge ?? "br-int", HopComponent.OvsBridge));
            }
            points.Add(ServerPoint(leg.Server!));
        }
        IReadOnlySet<string> there =
            leg.ServerEnd is { } far ? TunnelMesh.AddressesOf(leg, far) : new HashSet<string>();
        _legs.Add(new TraceLeg([.. points.Select(Known)], leg.Server?.NodeName ?? "",
            TunnelMesh.AddressesOf(leg, leg.ComputeEnd), there));
    }

    /// <summary>The point that stands for this place already, or a new one.</summary>
    private TracePoint Known(TracePoint point)
    {
        TracePoint? known = _points.Find(one => one.ComputerName == point.ComputerName && one.Device == point.Device
            && one.Namespace == point.Namespace && one.Component == point.Component && one.Filter == point.Filter);
        if (known is not null)
            return known;
        point = point with { Id = _points.Count };
        _points.Add(point);
        return point;
    }

    private static IEnumerable<TracePoint> InstancePoints(DhcpLeg leg)
    {
        string node = leg.ComputeName, port = leg.Port.PortId;
        yield return Device(node, leg.Tap, HopComponent.Tap);
        if (leg.Plug != PlugKind.Direct)
        {
            yield return Device(node, leg.LinuxBridge, HopComponent.LinuxBridge);
            yield return Device(node, DeviceNames.VethBridgeEnd(port), HopComponent.Veth);
            yield return Device(node, DeviceNames.VethOvsEnd(port), HopComponent.Veth);
        }
        yield return Inside(node, leg.Compute?.IntegrationBridge ?? "br-int", HopComponent.OvsBridge);
    }

    private static IEnumerable<TracePoint> WirePoints(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        bool isPhysical = UnderlayDevices.IsPhysical(leg, end);
        string bridge = isPhysical
            ? (end.Node is null ? null : PhysicalBridges.Find(leg, end.Node)?.Name) ?? "br-?"
            : end.Node is { TunnelBridge.Length: > 0 } node ? node.TunnelBridge : "br-tun";
        yield return Inside(end.NodeName, bridge, HopComponent.OvsBridge);
        string filter = isPhysical ? TraceFilter.Plain : TraceFilter.Tunnelled(leg.NetworkType);
        IReadOnlyList<string> devices = UnderlayDevices.Of(leg, end, peer);
        if (devices.Count == 0)
        {
            yield return Device(end.NodeName, "underlay", HopComponent.Underlay)
                with { Obstacle = "no device is known that leads to the other node" };
            yield break;
        }
        foreach (string device in devices)
            yield return Device(end.NodeName, device, HopComponent.Underlay) with { Filter = filter };
    }

    private static TracePoint ServerPoint(DhcpSite site)
    {
        string device = site.InnerLink?.Device ?? site.OvsDevice;
        return Device(site.NodeName, device.Length > 0 ? device : "DHCP device", HopComponent.Namespace) with
        {
            Namespace = site.Namespace,
            Obstacle = device.Length > 0 ? "" : "the DHCP server's device is not known",
        };
    }

    private static TracePoint Device(string node, string device, HopComponent component) => new()
    {
        ComputerName = node,
        Device = device,
        Component = component,
        Obstacle = node.Length == 0 ? "its node is not known" : "",
    };

    private static TracePoint Inside(string node, string bridge, HopComponent component) => new()
    {
        ComputerName = node,
        Device = bridge,
        Component = component,
        Obstacle = "inside Open vSwitch no packet can be captured",
    };
}
