using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Observations.Captures;

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
    /// <param name="state">The verdict on it by what the nodes hold; what captures show is explained by it.</param>
    public static TracePlan For(Cloud cloud, QuantumPort port, DhcpPathResult state)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(port);
        var view = new CloudView(cloud);
        var plan = new TracePlan(port) { State = state };
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
        IReadOnlyList<Station> stations = DhcpPath.Of(leg).Request;
        IReadOnlySet<string> there =
            leg.ServerEnd is { } far ? TunnelMesh.AddressesOf(leg, far) : new HashSet<string>();
        _legs.Add(new TraceLeg(stations,
            [.. stations.SelectMany((station, at) => PointsAt(leg, station).Select(point => (Known(point), at)))],
            leg.Server?.NodeName ?? "", TunnelMesh.AddressesOf(leg, leg.ComputeEnd), there));
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

    private static IEnumerable<TracePoint> PointsAt(DhcpLeg leg, Station station) => station.Place.Component switch
    {
        HopComponent.Tap or HopComponent.LinuxBridge or HopComponent.Veth => station.Devices.Select(Device),
        HopComponent.OvsBridge => [Device(station.Place) with { Obstacle = "inside Open vSwitch no packet can be "
            + "captured" }],
        HopComponent.Underlay => leg.EndsApart().SelectMany(pair => Wires(leg, pair.End, station)),
        HopComponent.Namespace => [Server(station)],
        _ => [],
    };

    private static IEnumerable<TracePoint> Wires(DhcpLeg leg, LegEnd end, Station station)
    {
        string filter = UnderlayDevices.IsPhysical(leg, end) ? TraceFilter.Plain
            : TraceFilter.Tunnelled(leg.NetworkType);
        TracePoint[] devices = [.. station.Devices.Where(device => device.ComputerName == end.NodeName)
            .Select(device => Device(device) with { Filter = filter })];
        return devices.Length > 0 ? devices : [Device(new(end.NodeName, HopComponent.Underlay, "underlay"))
            with { Obstacle = "no device is known that leads to the other node" }];
    }

    private static TracePoint Server(Station station) => station.Devices.Count > 0 ? Device(station.Place)
        : Device(station.Place with { Name = "DHCP device" })
            with { Obstacle = "the DHCP server's device is not known" };

    private static TracePoint Device(Place place) => new()
    {
        ComputerName = place.ComputerName,
        Device = place.Name,
        Namespace = place.Namespace,
        Component = place.Component,
        Obstacle = place.ComputerName.Length == 0 ? "its node is not known" : "",
    };
}
