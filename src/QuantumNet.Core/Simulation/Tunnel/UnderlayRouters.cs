using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using QuantumNet.Simulation.Nftables;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Tunnel;

/// <summary>The nodes that route the underlay between two tunnel addresses. Routes are not collected: a node routes
/// between two subnets that have none in common where it has an address in both.</summary>
internal static class UnderlayRouters
{
    private static readonly ConditionalWeakTable<CloudView, ConcurrentDictionary<(string, string), NodeView[]>>
        s_between = [];

    /// <summary>The nodes between the two ends of a packet; none where one end is the other's neighbour.</summary>
    public static IReadOnlyList<NodeView> Between(CloudView cloud, TunnelPacket packet) =>
        s_between.GetOrCreateValue(cloud).GetOrAdd((packet.Source, packet.Destination),
            _ => cloud.Nodes.Any(node => IsNeighbourly(node, packet)) ? []
                : [.. cloud.Nodes.Where(node => Devices(node, packet) is not null)]);

    /// <summary>The devices by which a packet comes to a node and leaves it; null where the node is one of its ends,
    /// or on no way between them.</summary>
    public static (string From, string To)? Devices(NodeView node, TunnelPacket packet)
    {
        if (node.Addresses.Contains(packet.Destination) || node.Addresses.Contains(packet.Source))
            return null;
        return DeviceTo(node, packet.Source) is { } from && DeviceTo(node, packet.Destination) is { } to && from != to
            ? (from, to) : null;
    }

    /// <summary>Whether an address lies in one of a device's subnets.</summary>
    public static bool IsNeighbour(NodeLink link, IPAddress address) => Array.Exists(link.Addresses, own =>
        own.IndexOf('/') is int slash and > 0 && IPAddress.TryParse(own.AsSpan(0, slash), out IPAddress? network)
        && int.TryParse(own.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int bits)
        && bits > 0 && NftValues.IsInBlock(network, bits, address));

    // An end that reaches the other without a router.
    private static bool IsNeighbourly(NodeView node, TunnelPacket packet) =>
        (node.Addresses.Contains(packet.Destination) && DeviceTo(node, packet.Source) is not null)
        || (node.Addresses.Contains(packet.Source) && DeviceTo(node, packet.Destination) is not null);

    private static string? DeviceTo(NodeView node, string address) =>
        IPAddress.TryParse(address, out IPAddress? wanted)
            ? node.LinksOf("").FirstOrDefault(link => IsNeighbour(link, wanted))?.Device : null;
}
