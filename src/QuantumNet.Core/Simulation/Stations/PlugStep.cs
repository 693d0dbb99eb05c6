using QuantumNet.Paths;
using QuantumNet.Simulation.KernelBridge;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Stations;

/// <summary>Tells what the parts between an instance and br-int do: its tap, and of a hybrid plug the iptables rules,
/// the Linux bridge and the veth pair.</summary>
internal static class PlugStep
{
    /// <summary>The step.</summary>
    public static PathStep Of(DhcpLeg leg, Station station)
    {
        Hop hop = PathStep.At(station);
        return leg.Compute is not { } compute ? PathStep.Missing(hop, "NodeLink")
            : leg.Kind == PortKind.VhostUser ? PathStep.Untold(hop, "a vhost-user socket, which is not followed")
            : PathStep.Of(hop, HybridPlug.Step(leg, compute, station.Place.Component, station.Direction));
    }
}
