using QuantumNet.Paths;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>The hops between the br-int of one node and that of the other.</summary>
internal static class WireSteps
{
    /// <summary>The hops in the order in which a request meets them. A node that was not collected shows
    /// none of its own.</summary>
    public static IEnumerable<PathStep> Of(DhcpLeg leg, LegEnd compute, LegEnd server, DhcpDirection direction)
    {
        Hop between = PathStep.At(direction, direction == DhcpDirection.Request ? compute.NodeName : server.NodeName,
            HopComponent.Underlay, $"{compute.NodeName} - {server.NodeName}");
        PathStep wire = Underlay(leg, compute, server, between);
        return [.. Node(leg, compute, server, direction), wire,
            .. Enumerable.Reverse([.. Node(leg, server, compute, direction)])];
    }

    // From br-int outwards.
    private static IEnumerable<PathStep> Node(DhcpLeg leg, LegEnd end, LegEnd peer, DhcpDirection direction) =>
        end.Node is not { } node ? []
        : leg.IsPhysical ? Physical(leg, end, node, direction)
        : leg.IsTunnelled ? Tunnelled(leg, end, peer, node, direction)
        : [];

    private static IEnumerable<PathStep> Physical(DhcpLeg leg, LegEnd end, NodeView node, DhcpDirection direction)
    {
        if (!node.State.Has("OvsPort") || PhysicalBridges.Find(leg, node) is not { } physical)
            yield break;        // br-int's own hop and the wire's say what is missing
        Hop patch = PathStep.At(direction, node.Name, HopComponent.Patch,
            physical.Near?.Device ?? physical.Far?.Device ?? physical.Name);
        yield return physical.IsJoined
            ? PathStep.Forwards(patch, "", physical.Near!.ToEvidence(), physical.Far!.ToEvidence())
            : PathStep.Drops(patch, $"{physical.Name} and {node.IntegrationBridge} are not joined",
                physical.Near?.ToEvidence(), physical.Far?.ToEvidence());

        OvsPort? uplink = physical.Uplinks(node).FirstOrDefault();
        if (leg.Segment is not long segment)
            yield return PathStep.Missing(PathStep.At(direction, node.Name, HopComponent.OvsBridge, physical.Name),
                "record:network", leg.Port.NetworkId);
        else
            yield return BridgeStep.Of(leg, direction, direction == end.Sends
                ? new BridgeCrossing(node, physical.Name, physical.Far, uplink) { Vlan = end.Port?.Tag ?? 0,
                    WantedVlan = (int)segment }
                : new BridgeCrossing(node, physical.Name, uplink, physical.Far) { Vlan = (int)segment });
    }

    private static IEnumerable<PathStep> Tunnelled(
        DhcpLeg leg, LegEnd end, LegEnd peer, NodeView node, DhcpDirection direction)
    {
        if (!node.State.Has("OvsPort") || node.TunnelBridge.Length == 0)
            yield break;
        OvsPort? near = BridgeExit.PatchOf(node), far = near is null ? null : node.OvsPort(near.Peer);
        Hop patch = PathStep.At(direction, node.Name, HopComponent.Patch,
            near?.Device ?? $"{node.IntegrationBridge} - {node.TunnelBridge}");
        yield return near is { Error: "" } && far is { Error: "" } && far.Peer == near.Device
            ? PathStep.Forwards(patch, "", near.ToEvidence(), far.ToEvidence())
            : PathStep.Drops(patch, $"no patch pair joins {node.IntegrationBridge} and {node.TunnelBridge}",
                near?.ToEvidence(), node.OutputOf("OvsPort"));

        OvsPort? tunnel = TunnelMesh.To(leg, end, peer);
        if (leg.Segment is not long segment)
            yield return PathStep.Missing(PathStep.At(direction, node.Name, HopComponent.OvsBridge, node.TunnelBridge),
                "record:network", leg.Port.NetworkId);
        else
            yield return BridgeStep.Of(leg, direction, direction == end.Sends
                ? new BridgeCrossing(node, node.TunnelBridge, far, tunnel) { Vlan = end.Port?.Tag ?? 0,
                    WantedKey = segment }
                : new BridgeCrossing(node, node.TunnelBridge, tunnel, far) { Key = segment,
                    WantedVlan = end.Port?.Tag });

        Hop hop = PathStep.At(direction, node.Name, HopComponent.Tunnel,
            tunnel?.Device ?? $"tunnel to {peer.NodeName}");
        yield return tunnel switch
        {
            null when TunnelMesh.AddressesOf(leg, peer).Count == 0 =>
                new PathStep(hop, new Need(peer.NodeName, "NodeLink")),
            null => PathStep.Untold(hop, $"{node.Name} has no {leg.NetworkType} tunnel to {peer.NodeName}"),
            { Error.Length: > 0 } => PathStep.Drops(hop, tunnel.Error, tunnel.ToEvidence()),
            _ => PathStep.Forwards(hop, "", tunnel.ToEvidence()),
        };
    }

    private static PathStep Underlay(DhcpLeg leg, LegEnd compute, LegEnd server, Hop hop)
    {
        if (!leg.IsTunnelled && !leg.IsPhysical)
            return leg.NetworkType.Length == 0
                ? new PathStep(hop, new Need(RecordAnswers.NodeOf(leg), "record:network", leg.Port.NetworkId))
                : PathStep.Untold(hop, $"a network of type {leg.NetworkType} does not leave its node");
        List<Evidence> shown = [];
        foreach ((LegEnd end, LegEnd peer) in new[] { (compute, server), (server, compute) })
        {
            PathStep device = Device(leg, hop, end, peer);
            if (device.Hop.Action != HopAction.Forwarded)
                return device;
            shown.AddRange(device.Hop.Evidence);
        }
        return new PathStep(hop with { Action = HopAction.Forwarded, Reason = $"{leg.NetworkType} {leg.Segment}",
            Evidence = [.. shown] });
    }

    // What can be seen of the wire from its two nodes: the devices it hangs on.
    private static PathStep Device(DhcpLeg leg, Hop hop, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node || !node.State.Has("NodeLink"))
            return new PathStep(hop, new Need(end.NodeName, "NodeLink"));
        if (!node.State.Has("OvsPort"))
            return new PathStep(hop, new Need(end.NodeName, "OvsPort"));
        IReadOnlyList<string> devices = UnderlayDevices.Of(leg, end, peer);
        if (devices.Count == 0)
            return !node.ShowsAddresses() ? new PathStep(hop, new Need(end.NodeName, "NodeLink"))
                : PathStep.Untold(hop, $"nothing tells through which device {end.NodeName} reaches {peer.NodeName}");
        foreach (string device in devices)
        {
            if (node.Link(device) is { IsUp: true } link)
                return PathStep.Forwards(hop, "", link.ToEvidence());
            // A bond or a DPDK port of Open vSwitch is no device of the kernel's.
            if (node.Link(device) is null && node.OvsPort(device) is { Error: "", LinkState: "up" } port)
                return PathStep.Forwards(hop, "", port.ToEvidence());
        }
        return node.Link(devices[0]) is { } down
            ? PathStep.Drops(hop, $"{down.Device} on {end.NodeName} is down", down.ToEvidence())
            : PathStep.Untold(hop, $"nothing tells whether {devices[0]} on {end.NodeName} is up");
    }
}
