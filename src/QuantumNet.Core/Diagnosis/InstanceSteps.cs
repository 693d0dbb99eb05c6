using QuantumNet.Paths;
using QuantumNet.Simulation.KernelBridge;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>The hops of the instance's node, from its tap to br-int.</summary>
internal static class InstanceSteps
{
    /// <summary>The hops in the order in which a request meets them.</summary>
    public static IEnumerable<PathStep> Of(DhcpLeg leg, DhcpDirection direction)
    {
        Hop tap = PathStep.At(direction, leg.ComputeName, HopComponent.Tap, leg.Tap);
        if (leg.Compute is not { } compute)
            return [PathStep.Missing(tap, "NodeLink")];
        IEnumerable<PathStep> plug = leg.Kind == PortKind.VhostUser
            ? [PathStep.Untold(tap, "a vhost-user socket, which is not followed")]
            : leg.Plug == PlugKind.Hybrid
            ? HybridPlug.Steps(leg, compute, direction).Select(step => PathStep.Of(direction, compute, step))
            : [PathStep.Device(tap, compute, leg.Tap)];
        return [.. plug, IntegrationBridge(leg, compute, direction)];
    }

    private static PathStep IntegrationBridge(DhcpLeg leg, NodeView compute, DhcpDirection direction)
    {
        Hop hop = PathStep.At(direction, compute.Name, HopComponent.OvsBridge, compute.IntegrationBridge);
        if (leg.IsServedByAgent)
            return new PathStep(hop with
            {
                Action = HopAction.Answered,
                Reason = "the OVS agent answers",
                Evidence = [.. compute.FlowsOf(compute.IntegrationBridge).DhcpToController
                    .Where(flow => FlowRoles.IsFrom(flow, leg.OvsDevice, leg.ComputePort?.OfPort)).Take(1)
                    .Select(flow => flow.ToEvidence())],
            });
        if (!compute.State.Has("OvsPort"))
            return PathStep.Missing(hop, "OvsPort");
        if (leg.Server is null)
            return PathStep.Untold(hop, "nothing tells which DHCP server the request goes to");
        BridgeExit exit = BridgeExit.Of(leg, leg.ComputeEnd, compute);
        return BridgeStep.Of(leg, direction, exit.Crossing(leg, leg.ComputeEnd, compute, direction));
    }
}
