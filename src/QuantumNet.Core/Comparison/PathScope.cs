using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Comparison;

/// <summary>How a thing stands to the paths of some ports.</summary>
internal enum PathRelation
{
    /// <summary>It is another port's or another node's.</summary>
    Off,
    /// <summary>It is of a node that the path crosses, and of no port in particular.</summary>
    Near,
    /// <summary>The path's packets meet it.</summary>
    On,
    /// <summary>It is the port's own, or its DHCP server's.</summary>
    Own,
}

/// <summary>The paths between some ports and their DHCP servers, on one side of a comparison: which of its things
/// stand on them.</summary>
internal sealed class PathScope
{
    private readonly CloudView _cloud;
    private readonly HashSet<string> _nodes = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(string Node, string Name)> _places = [];
    private readonly HashSet<(string Node, int Vlan)> _vlans = [];
    private readonly HashSet<long> _segments = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _ports = [];

    /// <summary>The paths of some ports.</summary>
    public PathScope(CloudView cloud, IEnumerable<QuantumPort> ports)
    {
        _cloud = cloud;
        LegFinder legs = new(cloud);
        foreach (QuantumPort port in ports)
        {
            foreach (DhcpLeg leg in legs.Find(port))
                Add(leg);
        }
    }

    /// <summary>How a thing stands to them.</summary>
    public PathRelation Of(ComparedItem item)
    {
        Belonging to = item.BelongsTo;
        if (item.Node.IsOfRecords)
            return IsNamed(to) || IsPortOf(to.PortId) || (to.Host.Length > 0 && _nodes.Contains(NameOf(to.Host)))
                ? PathRelation.On : PathRelation.Off;
        string node = item.Node.View.Name;
        if (!_nodes.Contains(node) || IsForeign(to, node))
            return PathRelation.Off;
        if (to.IsOfAllPorts)
            return PathRelation.On;
        if (to.Flow is { } flow)
            return Meets(flow, item.Node) ? PathRelation.On : PathRelation.Off;
        if (IsPortOf(to.PortId) || IsChainOf(to.Chain) || IsPortOf(DeviceNames.InstancePort(to.Device)))
            return PathRelation.Own;
        // A chain that is not another port's, of the node or of the server's namespace.
        return IsNamed(to) || to.Chain.Length > 0 || _places.Contains((node, to.Device))
            || (to.Device.Length == 0 && _places.Contains((node, to.Bridge))) ? PathRelation.On : PathRelation.Near;
    }

    private void Add(DhcpLeg leg)
    {
        _ports.Add(leg.Port.PortId);
        AddNames(leg.Port.NetworkId, leg.Port.Mac, leg.Port.DeviceId);
        AddNames(leg.Port.SecurityGroupIds);
        AddNames(Array.ConvertAll(leg.Port.FixedIps, ip => ip.IpAddress));
        if (leg.Segment is long segment)
            _segments.Add(segment);
        foreach (LegEnd end in new[] { leg.ComputeEnd, leg.ServerEnd }.OfType<LegEnd>())
        {
            _nodes.Add(end.NodeName);
            if (end.Port is { } port && LocalVlanMap.TagOf(port) is int tag)
                _vlans.Add((end.NodeName, tag));
            AddNames(end.Mac);
            AddDevice(end.Node, end.NodeName, end.Device);
        }
        if (leg.Server is { } server)
        {
            AddNames(server.Namespace, server.Port?.Mac ?? "");
            if (server.Port is { PortId.Length: > 0 } port)
                _ports.Add(port.PortId);
        }
        DhcpPath path = DhcpPath.Of(leg);
        foreach (Place place in path.Request.Concat(path.Reply)
            .SelectMany(station => station.Devices.Prepend(station.Place)))
            AddDevice(_cloud.Node(place.ComputerName), place.ComputerName, place.Name);
    }

    // Of two ports that are joined the path has both.
    private void AddDevice(NodeView? node, string name, string device)
    {
        if (device.Length == 0)
            return;
        _places.Add((name, device));
        if (node?.OvsPort(device) is not { } port)
            return;
        if (port.Peer.Length > 0)
            _places.Add((name, port.Peer));
        else if (PhysicalBridge.VethPeer(node, port) is { } veth)
            _places.Add((name, veth.Device));
    }

    private void AddNames(params string[] names) => _names.UnionWith(names.Where(name => name.Length > 0));

    private string NameOf(string host) => _cloud.Node(host)?.Name ?? host;

    private bool IsNamed(Belonging to) => _names.Contains(to.NetworkId) || _names.Contains(to.Namespace)
        || _names.Contains(to.Mac) || _names.Contains(to.SecurityGroupId) || _names.Contains(to.InstanceId);

    private bool IsPortOf(string portId) => portId.Length >= DeviceNames.ShortIdLength
        && _ports.Exists(port => port.StartsWith(portId, StringComparison.OrdinalIgnoreCase)
            || portId.StartsWith(port, StringComparison.OrdinalIgnoreCase));

    private bool IsChainOf(string chain) =>
        chain.Length > 0 && _ports.Exists(port => DeviceNames.IsChainOf(chain, port));

    private bool IsForeign(Belonging to, string node) =>
        (to.NetworkId.Length > 0 && !_names.Contains(to.NetworkId))
        || (to.Namespace.Length > 0 && !_names.Contains(to.Namespace))
        || (to.Mac.Length > 0 && !_names.Contains(to.Mac) && !_names.Contains(to.IpAddress))
        || (to.PortId.Length > 0 && !IsPortOf(to.PortId))
        || (DeviceNames.PortOfChain(to.Chain).Length > 0 && !IsChainOf(to.Chain))
        || (to.Namespace.Length == 0 && !_places.Contains((node, to.Device)) && IsOthersDevice(to.Device, node));

    private bool IsOthersDevice(string device, string node) => DeviceNames.IsRouterDevice(device)
        || (DeviceNames.InstancePort(device) is { Length: > 0 } id && !IsPortOf(id))
        || (_cloud.Node(node)?.OvsPort(device) is { } port && NodeView.IsTunnel(port));

    /// <summary>Whether the path's packets may meet a flow: everything that it asks for is theirs.</summary>
    private bool Meets(OvsFlow flow, ComparedNode node)
    {
        string name = node.View.Name;
        if (!_places.Contains((name, flow.Bridge)))
            return false;
        if (flow.Find("in_port") is { } from && !_places.Contains((name, node.Device(flow.Bridge, from.Value))))
            return false;
        if (FlowRoles.VlanMatched(flow) is > 0 and int vlan
            && !_vlans.Contains((name, vlan)) && !_segments.Contains(vlan))
            return false;
        if (FlowRoles.TunnelKeyMatched(flow) is long key && !_segments.Contains(key))
            return false;
        return Array.TrueForAll(flow.MatchFields, field => field.Name is not ("dl_src" or "dl_dst")
            || field.Mask.Length > 0 || _names.Contains(field.Value)
            || field.Value.StartsWith("ff:", StringComparison.OrdinalIgnoreCase));
    }
}
