namespace QuantumNet.Topology;

/// <summary>Which network a node's local VLAN belongs to, and which segment carries it between nodes. Told by Neutron's
/// notes in the Port table's other_config (<c>net_uuid, network_type, physical_network, segmentation_id</c>;
/// neutron, ovs_neutron_agent.py), by the DHCP taps in <c>qdhcp-</c> namespaces, and by the flows between local VLAN
/// and tunnel key.</summary>
internal sealed class RecordInferenceSegments
{
    private readonly Dictionary<(string Node, int Vlan), string> _networkOfVlan = [];
    private readonly Dictionary<(string Node, int Vlan), Segment> _segmentOfVlan = [];
    private readonly HashSet<(string Node, int Vlan)> _contradictory = [];
    private readonly Dictionary<Segment, string> _networkOfSegment = [];
    private readonly SortedDictionary<string, QuantumNetwork> _networks = new(StringComparer.Ordinal);

    /// <summary>A tunnel key and the kind of tunnel; the kind is empty where a node has several.</summary>
    private readonly record struct Segment(string Type, int Id);

    public RecordInferenceSegments(IReadOnlyList<NodeState> nodes)
    {
        foreach (NodeState node in nodes)
        {
            ReadNotes(node);
            ReadNamespaces(node);
            ReadFlows(node);
        }
        JoinSegments();
    }

    public bool HasNetworks => _networks.Count > 0;

    /// <summary>The network of a local VLAN; empty when nothing tells it.</summary>
    public string NetworkOf(string node, int? vlan)
    {
        if (vlan is not { } tag)
            return "";
        if (_networkOfVlan.TryGetValue((node, tag), out string? network))
            return network;
        return _segmentOfVlan.TryGetValue((node, tag), out Segment segment) && !_contradictory.Contains((node, tag))
            ? _networkOfSegment.GetValueOrDefault(segment, "")
            : "";
    }

    /// <summary>The networks, each with the subnets known.</summary>
    public List<QuantumNetwork> Networks(IReadOnlyList<QuantumSubnet> subnets) =>
    [
        .. _networks.Values.Select(network => network with
        {
            SubnetIds = [.. subnets.Where(subnet => subnet.NetworkId == network.NetworkId && subnet.SubnetId.Length > 0)
                .Select(subnet => subnet.SubnetId)],
        }),
    ];

    private void ReadNotes(NodeState node)
    {
        foreach (OvsPort port in node.OvsPorts)
        {
            string network = LocalVlanMap.Note(port, "net_uuid");
            if (network.Length == 0)
                continue;
            if (LocalVlanMap.TagOf(port) is { } tag)
                _networkOfVlan.TryAdd((node.ComputerName, tag), network);
            QuantumNetwork known = Add(network, port);
            _networks[network] = known with
            {
                NetworkType = First(known.NetworkType, LocalVlanMap.Note(port, "network_type")),
                PhysicalNetwork = First(known.PhysicalNetwork, LocalVlanMap.Note(port, "physical_network")),
                SegmentationId = known.SegmentationId ?? (int?)LocalVlanMap.Noted(port).Id,
            };
        }
    }

    private void ReadNamespaces(NodeState node)
    {
        foreach (NetworkNamespace space in node.Namespaces)
        {
            if (space.NetworkId.Length > 0)
                Add(space.NetworkId, space);
        }
        foreach (DhcpServer server in node.DhcpServers)
        {
            if (server.NetworkId.Length > 0)
                Add(server.NetworkId, server);
        }
        foreach (NodeLink link in node.Links)
        {
            string network = DeviceNames.NetworkOfNamespace(link.Namespace);
            if (network.Length == 0)
                continue;
            Add(network, link);
            if (node.OvsPorts.Find(port => port.Device == link.Device) is { } plug
                && LocalVlanMap.TagOf(plug) is { } tag)
                _networkOfVlan.TryAdd((node.ComputerName, tag), network);
        }
    }

    private void ReadFlows(NodeState node)
    {
        foreach (OvsFlow flow in node.OvsFlows)
        {
            if (LocalVlanMap.Translates(flow) is not (int local, int id))
                continue;
            var segment = new Segment(TunnelType(node, flow.Bridge), id);
            if (!_segmentOfVlan.TryAdd((node.ComputerName, local), segment)
                && _segmentOfVlan[(node.ComputerName, local)] != segment)
                _contradictory.Add((node.ComputerName, local));
        }
    }

    /// <summary>The one kind of tunnel that a bridge has; empty when it has none or several.</summary>
    private static string TunnelType(NodeState node, string bridge)
    {
        string found = "";
        foreach (OvsPort port in node.OvsPorts)
        {
            if (port.Bridge != bridge || port.Type is not ("gre" or "vxlan" or "geneve"))
                continue;
            if (found.Length > 0 && found != port.Type)
                return "";
            found = port.Type;
        }
        return found;
    }

    /// <summary>A segment names a network where some node has both for one local VLAN, and no other node
    /// says otherwise.</summary>
    private void JoinSegments()
    {
        HashSet<Segment> disputed = [];
        foreach (((string Node, int Vlan) at, Segment segment) in _segmentOfVlan)
        {
            if (_contradictory.Contains(at) || !_networkOfVlan.TryGetValue(at, out string? network))
                continue;
            if (!_networkOfSegment.TryAdd(segment, network) && _networkOfSegment[segment] != network)
                disputed.Add(segment);
        }
        foreach (Segment segment in disputed)
            _networkOfSegment.Remove(segment);
        foreach (IGrouping<string, Segment> told in _networkOfSegment.GroupBy(pair => pair.Value, pair => pair.Key))
        {
            if (told.Count() == 1 && _networks.TryGetValue(told.Key, out QuantumNetwork? network)
                && network is { SegmentationId: null, NetworkType.Length: 0 })
                _networks[told.Key] = network
                    with { NetworkType = told.First().Type, SegmentationId = told.First().Id };
        }
    }

    private QuantumNetwork Add(string id, NodeRecord from)
    {
        if (_networks.TryGetValue(id, out QuantumNetwork? known))
            return known;
        return _networks[id] = new QuantumNetwork
        {
            Source = RecordSource.Inferred,
            NetworkId = id,
            Command = from.Command,
            AnsweredBy = from.ComputerName,
            RawText = from.RawText,
        };
    }

    private static string First(string one, string other) => one.Length > 0 ? one : other;
}
