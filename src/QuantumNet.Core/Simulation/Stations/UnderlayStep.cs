using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Stations;

/// <summary>Tells what can be seen of the wire from its two nodes: the devices that it hangs on.</summary>
internal static class UnderlayStep
{
    /// <summary>The step.</summary>
    public static PathStep Of(DhcpLeg leg, Station station)
    {
        Hop hop = PathStep.At(station);
        if (!leg.IsTunnelled && !leg.IsPhysical)
            return leg.NetworkType.Length == 0
                ? new PathStep(hop, new Need(RecordAnswers.NodeOf(leg), "record:network", leg.Port.NetworkId))
                : PathStep.Untold(hop, $"a network of type {leg.NetworkType} does not leave its node");
        List<Evidence> shown = [];
        foreach ((LegEnd end, LegEnd peer) in leg.EndsApart())
        {
            PathStep device = Device(station, hop, end, peer);
            if (device.Hop.Action != HopAction.Forwarded)
                return device;
            shown.AddRange(device.Hop.Evidence);
        }
        return PathStep.Forwards(hop, $"{leg.NetworkType} {leg.Segment}", [.. shown]);
    }

    private static PathStep Device(Station station, Hop hop, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node || !node.State.Has("NodeLink"))
            return new PathStep(hop, new Need(end.NodeName, "NodeLink"));
        if (!node.State.Has("OvsPort"))
            return new PathStep(hop, new Need(end.NodeName, "OvsPort"));
        Place[] devices = [.. station.Devices.Where(device => device.ComputerName == end.NodeName)];
        if (devices.Length == 0)
            return !node.ShowsAddresses() ? new PathStep(hop, new Need(end.NodeName, "NodeLink"))
                : PathStep.Untold(hop, $"nothing tells through which device {end.NodeName} reaches {peer.NodeName}");
        if (Array.Find(devices, device => node.Carries(device.Name) == true) is { Name: { } up })
            return PathStep.Forwards(hop, "", LineOf(node, up));
        return node.Carries(devices[0].Name) == false
            ? PathStep.Drops(hop, $"{devices[0].Name} on {end.NodeName} is down", LineOf(node, devices[0].Name))
            : PathStep.Untold(hop, $"nothing tells whether {devices[0].Name} on {end.NodeName} is up");
    }

    private static Evidence? LineOf(NodeView node, string device) =>
        node.Link(device)?.ToEvidence() ?? node.OvsPort(device)?.ToEvidence();
}
