using QuantumNet.Topology;

namespace QuantumNet.Comparison;

/// <summary>A port that is plugged on a node: an instance's, or a DHCP server's.</summary>
/// <param name="ShortId">The prefix of its id that names of devices hold.</param>
/// <param name="IsDhcp">Whether a DHCP server uses it.</param>
/// <param name="NetworkId">Its network; empty where nothing tells.</param>
/// <param name="Tag">Its local VLAN; null where it has none.</param>
/// <param name="Record">Its record; null where there is none.</param>
internal sealed record LocalPort(string ShortId, bool IsDhcp, string NetworkId, int? Tag, QuantumPort? Record)
{
    /// <summary>How it is plugged: the first letters of its device on the bridge.</summary>
    public string Plug { get; init; } = "";

    /// <summary>Its MAC, or as Open vSwitch knows it.</summary>
    public string Mac { get; init; } = "";

    /// <summary>Its security groups, in a word.</summary>
    public string Groups => string.Join(',', (Record?.SecurityGroupIds ?? []).Order(StringComparer.Ordinal));

    /// <summary>The ports of a node.</summary>
    public static LocalPort[] AllOf(CloudView cloud, NodeView node)
    {
        ILookup<string, QuantumPort> records = cloud.Records.Ports
            .Where(port => port.PortId.Length >= DeviceNames.ShortIdLength)
            .ToLookup(port => port.PortId[..DeviceNames.ShortIdLength], StringComparer.OrdinalIgnoreCase);
        return [.. node.PortsOf(node.IntegrationBridge)
            .Select(port => (Port: port, Id: DeviceNames.InstancePort(port.Device)))
            .Where(one => one.Id.Length > 0).DistinctBy(one => one.Id)
            .Select(one => Of(one.Port, one.Id, records[one.Id].FirstOrDefault()))];
    }

    /// <summary>Which network each local VLAN of a node stands for: by the flows that translate it, and where none
    /// does, by the tags of the network's ports. A port whose tag is another's is told by that.</summary>
    public static Dictionary<int, string> NetworksByVlan(
        CloudView cloud, NodeView node, IEnumerable<LocalPort> ports)
    {
        Dictionary<int, string> known = LocalVlanMap.NetworksByFlows(cloud, node);
        HashSet<string> told = [.. known.Values];
        foreach (LocalPort port in ports)
        {
            if (port is { Tag: int tag, NetworkId.Length: > 0 } && !told.Contains(port.NetworkId))
                known.TryAdd(tag, port.NetworkId);
        }
        return known;
    }

    private static LocalPort Of(OvsPort port, string id, QuantumPort? record) => new(id,
        record?.IsDhcp ?? port.Type == "internal",
        record is { NetworkId.Length: > 0 } ? record.NetworkId : LocalVlanMap.Note(port, "net_uuid"),
        LocalVlanMap.TagOf(port), record)
    {
        Plug = port.Device[..^DeviceNames.ShortIdLength],
        Mac = record is { Mac.Length: > 0 } ? record.Mac : port.Mac,
    };
}
