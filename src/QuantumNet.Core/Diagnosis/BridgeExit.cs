using QuantumNet.Paths;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>Where br-int hands a leg's packets on to, away from an end, and what VLAN they bear there.</summary>
/// <param name="Port">The port of br-int; null when there is none.</param>
/// <param name="Vlan">The VLAN: the local one towards a tunnel bridge, and outwards;
/// the wire's on the way in from a physical bridge.</param>
internal sealed record BridgeExit(OvsPort? Port, int Vlan)
{
    /// <summary>The exit of an end's br-int towards the other end.</summary>
    public static BridgeExit Of(DhcpLeg leg, LegEnd end, NodeView node)
    {
        int tag = end.Port?.Tag ?? 0;
        if (leg.IsOneNode)
            return new BridgeExit(end.Sends == DhcpDirection.Request ? leg.ServerPort : leg.ComputePort, 0);
        if (leg.IsPhysical)
            return new BridgeExit(PhysicalBridges.Find(leg, node)?.Near, (int)(leg.Segment ?? 0));
        return new BridgeExit(leg.IsTunnelled ? PatchOf(node) : null, tag);
    }

    /// <summary>The port of br-int that leads to the tunnel bridge; null when there is none.</summary>
    public static OvsPort? PatchOf(NodeView node) => node.PortsOf(node.IntegrationBridge)
        .FirstOrDefault(port => port.Type == "patch" && node.OvsPort(port.Peer)?.Bridge == node.TunnelBridge);

    /// <summary>How a packet crosses br-int between the end and this exit.</summary>
    public BridgeCrossing Crossing(DhcpLeg leg, LegEnd end, NodeView node, DhcpDirection direction) =>
        direction == end.Sends
            ? new BridgeCrossing(node, node.IntegrationBridge, end.Port, Port)
            : new BridgeCrossing(node, node.IntegrationBridge, Port, end.Port) { Vlan = Vlan };
}
