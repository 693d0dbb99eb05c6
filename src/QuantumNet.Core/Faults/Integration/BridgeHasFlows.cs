using QuantumNet.Paths;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Topology;
using static QuantumNet.Faults.IntegrationFaults;

namespace QuantumNet.Faults.Integration;

/// <summary>The bridges of the path have flows. After ovs-vswitchd was restarted, or flows were deleted,
/// and the agent did not reinstall them, they have none.</summary>
internal sealed class BridgeHasFlows : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [BridgeWithoutFlows];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        IEnumerable<LegEnd> ends = leg.ServerEnd is { } server && !leg.IsOneNode ? [leg.ComputeEnd, server]
            : [leg.ComputeEnd];
        return ends.SelectMany(end =>
            BridgesOf(leg, end).Select(bridge => Judge(end, end.Node!, bridge) with { At = HopComponent.OvsBridge }));
    }

    private static IEnumerable<string> BridgesOf(DhcpLeg leg, LegEnd end)
    {
        if (end.Node is not { } node)
            yield break;        // the checks of that end's ports say that nothing was collected
        yield return node.IntegrationBridge;
        if (leg.IsTunnelled && !leg.IsOneNode && node.TunnelBridge.Length > 0)
            yield return node.TunnelBridge;
        if (leg.IsPhysical && !leg.IsOneNode && PhysicalBridges.Find(leg, node) is { } physical)
            yield return physical.Name;
    }

    private static Finding Judge(LegEnd end, NodeView node, string bridge)
    {
        if (!node.State.Has("OvsFlow", bridge))
            return BridgeWithoutFlows.Unknown(end.NodeName, "OvsFlow", bridge);
        if (node.FlowsIn(bridge).Any())
            return BridgeWithoutFlows.Pass(end.NodeName, bridge);
        return CollectedBridges.WithoutFlows(node, bridge) switch
        {
            EmptyBridge.Unknown => BridgeWithoutFlows.Unknown(end.NodeName, "OvsPort"),
            EmptyBridge.Normal => BridgeWithoutFlows.Fail(end.NodeName, bridge,
                $"{bridge} on {end.NodeName} has no flow and acts "
                    + "as a learning switch: no VLAN is translated, no filter applies.",
                node.OutputOf("OvsFlow", bridge), node.Bridge(bridge)?.ToEvidence())
                with { Severity = CheckSeverity.Warning },
            _ => BridgeWithoutFlows.Fail(end.NodeName, bridge,
                $"{bridge} on {end.NodeName} has no flow at all: it drops every packet.",
                node.OutputOf("OvsFlow", bridge), node.Bridge(bridge)?.ToEvidence()),
        };
    }
}
