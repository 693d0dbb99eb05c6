using QuantumNet.Topology;

namespace QuantumNet.Paths;

/// <summary>Lays out the stations of one direction of a leg, in the order in which a request meets them.</summary>
internal sealed class StationFinder(DhcpLeg leg, DhcpDirection direction)
{
    /// <summary>The stations.</summary>
    public IEnumerable<Station> Find()
    {
        IEnumerable<Station> plug = leg.Kind.IsFollowed()
            ? [.. Plug(), Integration(leg.ComputeEnd, leg.Compute)] : [];
        if (leg.ServerEnd is not { } end || (leg.IsServedByAgent && leg.Kind.IsFollowed()))
            return plug;
        IEnumerable<Station> wire = !leg.Kind.IsFollowed() || leg.IsOneNode ? []
            : [.. Outwards(leg.ComputeEnd, end), Underlay(leg.ComputeEnd, end),
                .. Outwards(end, leg.ComputeEnd).Reverse(), Integration(end, end.Node)];
        return [.. plug, .. wire, Namespace(leg.Server!, end), Dnsmasq(leg.Server!, end)];
    }

    private IEnumerable<Station> Plug()
    {
        LegEnd end = leg.ComputeEnd;
        yield return At(end, HopComponent.Tap, leg.Tap, leg.Tap);
        if (leg.Plug == PlugKind.Direct)
            yield break;
        bool isAssumed = leg.Plug != PlugKind.Hybrid || leg.Compute is null;
        string inner = DeviceNames.VethBridgeEnd(leg.Port.PortId), outer = DeviceNames.VethOvsEnd(leg.Port.PortId);
        string chain = leg.Compute is { } compute ? PortChains.Name(leg, compute, direction) : "iptables";
        yield return At(end, HopComponent.Iptables, chain) with { IsAssumed = isAssumed };
        yield return At(end, HopComponent.LinuxBridge, leg.LinuxBridge, leg.LinuxBridge)
            with { IsAssumed = isAssumed };
        yield return At(end, HopComponent.Veth, $"{inner} - {outer}", inner, outer) with { IsAssumed = isAssumed };
    }

    private Station Integration(LegEnd end, NodeView? node) =>
        At(end, HopComponent.OvsBridge, node?.IntegrationBridge ?? "br-int") with
        {
            IsAssumed = node is null,
            Crossing = node is null ? null : BridgeCrossing.Integration(leg, end, node, direction),
        };

    /// <summary>From an end's br-int to the wire.</summary>
    private IEnumerable<Station> Outwards(LegEnd end, LegEnd peer) => UnderlayDevices.IsPhysical(leg, end)
        ? Physical(end, end.Node is { } node ? PhysicalBridges.Find(leg, node) : null)
        : Tunnelled(end, peer, end.Node);

    private IEnumerable<Station> Physical(LegEnd end, PhysicalBridge? bridge)
    {
        bool isAssumed = !leg.IsPhysical || bridge is null || end.Node?.State.Has("OvsPort") != true;
        string name = bridge?.Name ?? "br-?";
        yield return At(end, HopComponent.Patch, bridge?.Near?.Device ?? bridge?.Far?.Device ?? name)
            with { IsAssumed = isAssumed };
        yield return At(end, HopComponent.OvsBridge, name) with
        {
            IsAssumed = isAssumed,
            Crossing = bridge is null || leg.Segment is not long segment ? null
                : BridgeCrossing.Physical(leg, end, bridge, end.Node!, direction, segment),
        };
    }

    private IEnumerable<Station> Tunnelled(LegEnd end, LegEnd peer, NodeView? node)
    {
        bool isAssumed = !leg.IsTunnelled || node is null || node.TunnelBridge.Length == 0
            || !node.State.Has("OvsPort");
        string integration = node?.IntegrationBridge ?? "br-int",
            bridge = node is { TunnelBridge.Length: > 0 } ? node.TunnelBridge : "br-tun";
        OvsPort? patch = node is null ? null : BridgeCrossing.PatchToTunnels(node);
        yield return At(end, HopComponent.Patch, patch?.Device ?? $"{integration} - {bridge}")
            with { IsAssumed = isAssumed };
        yield return At(end, HopComponent.OvsBridge, bridge) with
        {
            IsAssumed = isAssumed,
            Crossing = node is null || leg.Segment is not long segment ? null
                : BridgeCrossing.Tunnel(leg, end, peer, node, direction, segment),
        };
        yield return At(end, HopComponent.Tunnel, TunnelMesh.To(leg, end, peer)?.Device ?? $"tunnel to {peer.NodeName}")
            with { IsAssumed = isAssumed };
    }

    private Station Underlay(LegEnd compute, LegEnd server) =>
        new(direction, new(direction == DhcpDirection.Request ? compute.NodeName : server.NodeName,
            HopComponent.Underlay, $"{compute.NodeName} - {server.NodeName}"))
        {
            Devices = [.. Wires(compute, server), .. Wires(server, compute)],
        };

    private IEnumerable<Place> Wires(LegEnd end, LegEnd peer) => UnderlayDevices.Of(leg, end, peer)
        .Select(device => new Place(end.NodeName, HopComponent.Underlay, device));

    private Station Namespace(DhcpSite server, LegEnd end)
    {
        string device = server.InnerLink?.Device ?? server.OvsDevice;
        var place = new Place(server.NodeName, HopComponent.Namespace,
            device.Length > 0 ? device : server.Namespace, server.Namespace);
        return new(direction, place)
        {
            End = end, IsAssumed = server.Node is null, Devices = device.Length > 0 ? [place] : [],
        };
    }

    private Station Dnsmasq(DhcpSite server, LegEnd end) =>
        At(end, HopComponent.Dnsmasq, server.Node?.DhcpServersOf(leg.Port.NetworkId).FirstOrDefault() is { } dnsmasq
            ? $"dnsmasq {dnsmasq.ProcessId}" : "dnsmasq");

    private Station At(LegEnd end, HopComponent component, string name, params IEnumerable<string> devices) =>
        new(direction, new(end.NodeName, component, name))
        {
            End = end, Devices = [.. devices.Select(device => new Place(end.NodeName, component, device))],
        };
}
