namespace QuantumNet.Reports;

/// <summary>What is plugged into what: the nodes of a cloud with their bridges, ports, patches and tunnels,
/// ready to be drawn.</summary>
public sealed record TopologyGraph
{
    /// <summary>The nodes, by name.</summary>
    public IReadOnlyList<TopologyNode> Nodes { get; init; } = [];
    /// <summary>The tunnels, each pair of ends once.</summary>
    public IReadOnlyList<TopologyTunnel> Tunnels { get; init; } = [];
    /// <summary>The places that take leases from ports.</summary>
    public IReadOnlyList<TopologyMark> Marks { get; init; } = [];
    /// <summary>When the nodes were gathered, UTC; empty time where nobody tells.</summary>
    public DateTime CollectedAt { get; init; }

    /// <summary>How many tunnels a picture of single lines bears; beyond, they meet in one box.</summary>
    internal const int MaximumLines = 400;

    /// <summary>Bridges and how many whole tunnels end there, for pictures in which tunnels meet in one box;
    /// empty while lines are few.</summary>
    internal IReadOnlyList<(string ComputerName, string Bridge, int Count)> Meetings =>
        Tunnels.Count <= MaximumLines ? [] :
        [
            .. Tunnels.Where(tunnel => tunnel.IsWhole)
                .SelectMany(tunnel => new[] { (tunnel.ComputerName, tunnel.Bridge),
                    (ComputerName: tunnel.RemoteComputerName, Bridge: tunnel.RemoteBridge) })
                .GroupBy(end => end).Select(ends => (ends.Key.ComputerName, ends.Key.Bridge, ends.Count()))
                .OrderBy(end => end.ComputerName, StringComparer.Ordinal)
                .ThenBy(end => end.Bridge, StringComparer.Ordinal),
        ];

    /// <summary>The tunnels drawn as lines of their own.</summary>
    internal IReadOnlyList<TopologyTunnel> Lines =>
        Tunnels.Count <= MaximumLines ? Tunnels : [.. Tunnels.Where(tunnel => !tunnel.IsWhole)];

    /// <summary>Reads a cloud.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="results">Verdicts on its ports: where they are broken is marked.</param>
    public static TopologyGraph Of(Cloud cloud, IEnumerable<DhcpPathResult>? results = null)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        var owners = new PortOwners(cloud);
        return new TopologyGraph
        {
            Nodes = [.. cloud.Nodes.Values.OrderBy(node => node.ComputerName, StringComparer.OrdinalIgnoreCase)
                .Select(node => TopologyReader.Read(node, owners))],
            Tunnels = TopologyTunnels.Of(cloud),
            Marks = [.. (results ?? [])
                .Where(result => result.Status is DhcpPathStatus.Broken or DhcpPathStatus.Degraded)
                .GroupBy(result => (result.ComputerName ?? "", result.Object ?? "", result.Cause ?? ""))
                .Where(group => group.Key.Item1.Length > 0)
                .Select(group => new TopologyMark(group.Key.Item1, group.Key.Item2, group.Key.Item3,
                    group.First().Title ?? "", group.Count()))],
            CollectedAt = cloud.CollectedAt,
        };
    }
}

/// <summary>A place that takes leases from ports.</summary>
/// <param name="ComputerName">Its node.</param>
/// <param name="Object">Its device, bridge, chain, file or process; may be empty.</param>
/// <param name="Code">The code of the cause.</param>
/// <param name="Title">What that is.</param>
/// <param name="PortCount">From how many ports.</param>
public sealed record TopologyMark(string ComputerName, string Object, string Code, string Title, int PortCount);

/// <summary>One node and what it holds.</summary>
public sealed record TopologyNode
{
    /// <summary>Its name.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>Its roles; may be empty.</summary>
    public string[] Roles { get; init; } = [];
    /// <summary>Its Open vSwitch bridges.</summary>
    public TopologyBridge[] Bridges { get; init; } = [];
    /// <summary>Patch pairs between its bridges.</summary>
    public TopologyPatch[] Patches { get; init; } = [];
}

/// <summary>An Open vSwitch bridge and its ports.</summary>
public sealed record TopologyBridge
{
    /// <summary>Its name.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>Its ports but for patches, tunnels and its own.</summary>
    public TopologyPort[] Ports { get; init; } = [];
    /// <summary>Its tunnel ports.</summary>
    public string[] Tunnels { get; init; } = [];
}

/// <summary>A port of a bridge and what hangs behind it.</summary>
public sealed record TopologyPort
{
    /// <summary>Its name.</summary>
    public string Device { get; init; } = "";
    /// <summary>Whose it is: an instance's name, or the network whose DHCP server it is; empty where nobody
    /// knows.</summary>
    public string Owner { get; init; } = "";
    /// <summary>Its local VLAN; null when it has none.</summary>
    public int? Tag { get; init; }
    /// <summary>What hangs behind it, nearest first: a Linux bridge and a tap, or a namespace
    /// and its dnsmasq.</summary>
    public string[] Behind { get; init; } = [];
    /// <summary>Whether it should have a VLAN and has none, or the dead one.</summary>
    public bool IsUntagged { get; init; }
}

/// <summary>A patch pair.</summary>
public sealed record TopologyPatch
{
    /// <summary>The bridge at one end.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>The port there.</summary>
    public string Device { get; init; } = "";
    /// <summary>The bridge at the other end; empty when the peer is missing.</summary>
    public string PeerBridge { get; init; } = "";
    /// <summary>The port there.</summary>
    public string Peer { get; init; } = "";
}

/// <summary>A tunnel between two bridges.</summary>
public sealed record TopologyTunnel
{
    /// <summary><c>gre</c>, <c>vxlan</c>, <c>geneve</c>.</summary>
    public string Type { get; init; } = "";
    /// <summary>The node at one end.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>The bridge there.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>The port there.</summary>
    public string Device { get; init; } = "";
    /// <summary>The address of the other end.</summary>
    public string RemoteIp { get; init; } = "";
    /// <summary>The node at the other end; empty when nobody gathered has that address.</summary>
    public string RemoteComputerName { get; init; } = "";
    /// <summary>The bridge there; empty when unknown.</summary>
    public string RemoteBridge { get; init; } = "";
    /// <summary>The port there that leads back; empty when there is none.</summary>
    public string RemoteDevice { get; init; } = "";
    /// <summary>Whether both ends have a port for it.</summary>
    public bool IsWhole => RemoteDevice.Length > 0;
}
