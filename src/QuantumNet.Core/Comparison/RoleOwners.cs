using QuantumNet.Topology;

namespace QuantumNet.Comparison;

/// <summary>Whose the things of a node are: a port's that is plugged there, or some networks'.</summary>
internal sealed class RoleOwners
{
    private const string Unknown = "?";

    private readonly ComparedNode _plain;
    private readonly Dictionary<string, string> _portsOfMac = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<int, string> _networksOfVlan;
    private readonly Dictionary<long, string> _networksOfKey = [];
    private readonly HashSet<string> _ids;

    /// <param name="cloud">The node's cloud.</param>
    /// <param name="node">The node.</param>
    /// <param name="ports">Its ports.</param>
    /// <param name="peers">Those of the node that it is held against: that node has no way to its own DHCP servers, and
    /// this one's to them is not held against anything.</param>
    public RoleOwners(CloudView cloud, NodeView node, LocalPort[] ports, LocalPort[] peers)
    {
        _plain = new ComparedNode(cloud, node, new Naming());
        _networksOfVlan = LocalPort.NetworksByVlan(cloud, node, ports);
        _ids = [.. ports.Select(port => port.ShortId)];
        foreach (LocalPort port in ports.Concat(peers.Where(peer => peer.IsDhcp)))
        {
            if (port.Mac.Length > 0)
                _portsOfMac.TryAdd(port.Mac, port.ShortId);
        }
        foreach (QuantumNetwork network in cloud.Records.Networks.Where(one => one.SegmentationId is not null))
            _networksOfKey.TryAdd(network.SegmentationId!.Value, network.NetworkId);
    }

    /// <summary>The port that a thing is of, by a prefix of its id; empty where it is not a port's.</summary>
    public string PortOf(Belonging one)
    {
        string id = one.PortId.Length < DeviceNames.ShortIdLength ? ""
            : Known(one.PortId[..DeviceNames.ShortIdLength]);
        if (id.Length == 0)
            id = DeviceNames.InstancePort(one.Device);
        if (id.Length == 0 && DeviceNames.PortOfChain(one.Chain) is { Length: > 0 } cut)
            id = _ids.FirstOrDefault(end => end.StartsWith(cut, StringComparison.Ordinal)) ?? cut;
        return id.Length == 0 && one.Flow is { } flow ? PortOf(flow) : id;
    }

    /// <summary>The networks that a flow is of; one that no port of the node has is <c>?</c>.</summary>
    public IEnumerable<string> NetworksOf(Belonging one)
    {
        if (one.Flow is not { } flow)
            yield break;
        foreach (int vlan in Vlans(flow))
            yield return _networksOfVlan.GetValueOrDefault(vlan, Unknown);
        foreach (long key in new[] { FlowRoles.TunnelKeyMatched(flow), FlowRoles.TunnelKeySet(flow) }.OfType<long>())
        {
            if (_networksOfKey.TryGetValue(key, out string? network))
                yield return network;
        }
    }

    private string Known(string id) => _ids.Contains(id) ? id : "";

    private string PortOf(OvsFlow flow)
    {
        foreach (OvsMatchField field in flow.MatchFields)
        {
            string id = field.Name switch
            {
                "in_port" or "reg5" => DeviceNames.InstancePort(_plain.OwnDevice(flow.Bridge, field.Value)),
                "dl_src" or "dl_dst" => _portsOfMac.GetValueOrDefault(field.Value, ""),
                _ => "",
            };
            if (id.Length > 0)
                return id;
        }
        return "";
    }

    // The dead VLAN is nobody's, and the same everywhere; those of the wire are the networks' own.
    private IEnumerable<int> Vlans(OvsFlow flow)
    {
        if (FlowRoles.VlanMatched(flow) is > 0 and not LocalVlanMap.DeadVlan and int asked && !_plain.MatchesWire(flow))
            yield return asked;
        if (FlowRoles.VlanSet(flow) is > 0 and int set && !_plain.IsPhysical(flow.Bridge))
            yield return set;
    }
}
