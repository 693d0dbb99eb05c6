using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Stations;

/// <summary>Tells whether br-int and the bridge of tunnels, or of a physical network, are joined.</summary>
internal static class PatchStep
{
    /// <summary>The step.</summary>
    public static PathStep Of(DhcpLeg leg, Station station)
    {
        NodeView node = station.End!.Node!;
        Hop hop = PathStep.At(station);
        if (leg.IsPhysical)
            return Joined(hop, node, PhysicalBridges.Find(leg, node)!);
        OvsPort? near = BridgeCrossing.PatchToTunnels(node), far = near is not null ? node.OvsPort(near.Peer)
            : node.PortsOf(node.TunnelBridge).FirstOrDefault(port => port.Type == "patch");
        return near is { Error: "" } && far is { Error: "" } && far.Peer == near.Device
            ? PathStep.Forwards(hop, "", near.ToEvidence(), far.ToEvidence())
            : PathStep.Drops(hop, $"no patch pair joins {node.IntegrationBridge} and {node.TunnelBridge}",
                near?.ToEvidence(), far?.ToEvidence(), node.OutputOf("OvsPort"));
    }

    private static PathStep Joined(Hop hop, NodeView node, PhysicalBridge bridge) => bridge.IsJoined
        ? PathStep.Forwards(hop, "", bridge.Near!.ToEvidence(), bridge.Far!.ToEvidence())
        : PathStep.Drops(hop, $"{bridge.Name} and {node.IntegrationBridge} are not joined",
            bridge.Near?.ToEvidence(), bridge.Far?.ToEvidence());
}
