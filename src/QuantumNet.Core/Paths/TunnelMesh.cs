using System.Collections.Concurrent;
using QuantumNet.Topology;

namespace QuantumNet.Paths;

/// <summary>Which tunnel of a node leads to which other node, matched by address:
/// names differ from node to node.</summary>
internal static class TunnelMesh
{
    /// <summary>The tunnels of a node that carry the network's type.</summary>
    public static IEnumerable<OvsPort> Of(NodeView node, string networkType) =>
        node.Tunnels
            .Where(port => TunnelTypes.OnTheWire(port.Type) == networkType);

    private static readonly NodeMemo<ConcurrentDictionary<(NodeView Peer, string Type), TunnelTo>> s_known =
        new(_ => new());

    private readonly record struct TunnelTo(OvsPort? Port);

    /// <summary>The tunnel that leads to the peer; null when there is none.</summary>
    public static OvsPort? To(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node)
            return null;
        // What a node's own devices tell is the same for every leg between the two.
        return peer.Node is { Addresses.Count: > 0 } other
            ? s_known.Of(node).GetOrAdd((other, leg.NetworkType),
                pair => new TunnelTo(Find(node, pair.Type, pair.Peer.Addresses))).Port
            : Find(node, leg.NetworkType, AddressesOf(leg, peer));
    }

    private static OvsPort? Find(NodeView node, string networkType, IReadOnlySet<string> addresses) =>
        Of(node, networkType).FirstOrDefault(port => port.RemoteIp == "flow" || addresses.Contains(port.RemoteIp));

    /// <summary>The addresses a node may be reached at: those that its devices hold;
    /// where these were not collected, what its agent says.</summary>
    public static IReadOnlySet<string> AddressesOf(DhcpLeg leg, LegEnd end)
    {
        if (end.Node is { Addresses.Count: > 0 } node)
            return node.Addresses;
        HashSet<string> addresses = new(StringComparer.OrdinalIgnoreCase);
        addresses.UnionWith(leg.Cloud.AgentsOf(end.NodeName).Select(agent => agent.TunnelIp)
            .Where(address => address.Length > 0));
        if (addresses.Count == 0 && end.Node?.Config("local_ip") is { } setting)
            addresses.Add(setting.Value);
        return addresses;
    }

    /// <summary>Every address that some node of the mesh is known to have, as far as gathered.</summary>
    public static IReadOnlySet<string> KnownAddresses(DhcpLeg leg, LegEnd peer)
    {
        HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);
        foreach (NodeView node in leg.Cloud.Nodes)
            known.UnionWith(node.Addresses);
        known.UnionWith(leg.Cloud.Records.Agents.Where(agent => agent.TunnelIp.Length > 0)
            .Select(agent => agent.TunnelIp));
        // The peer's own tunnels name the other members of the mesh.
        if (peer.Node is { } peerNode)
            known.UnionWith(peerNode.Tunnels.Select(port => port.RemoteIp));
        return known;
    }
}
