using QuantumNet.Paths;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Topology;
using static QuantumNet.Faults.IntegrationFaults;

namespace QuantumNet.Faults.Integration;

/// <summary>The bridges of the path have flows. After ovs-vswitchd was restarted, or flows were deleted,
/// and the agent did not reinstall them, they have none.</summary>
internal sealed class BridgeHasFlows : NodeCheck
{
    public override IReadOnlyList<CheckInfo> Infos { get; } = [BridgeWithoutFlows];

    public override IEnumerable<Finding> Run(DhcpLeg leg)
    {
        IEnumerable<LegEnd> ends = leg.ServerEnd is { } server && !leg.IsOneNode ? [leg.ComputeEnd, server]
            : [leg.ComputeEnd];
        return ends.SelectMany(end => BridgesOf(leg, end).Select(bridge => Of(end.Node!, bridge)));
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

    protected override Finding Judge(NodeView node, string bridge) =>
        JudgeBridge(node, bridge) with { At = HopComponent.OvsBridge };

    private static Finding JudgeBridge(NodeView node, string bridge)
    {
        if (!node.State.Has("OvsFlow", bridge))
            return BridgeWithoutFlows.Unknown(node.Name, "OvsFlow", bridge);
        if (node.FlowsIn(bridge).Any())
            return BridgeWithoutFlows.Pass(node.Name, bridge);
        return CollectedBridges.WithoutFlows(node, bridge) switch
        {
            EmptyBridge.Unknown => BridgeWithoutFlows.Unknown(node.Name, "OvsPort"),
            EmptyBridge.Normal => BridgeWithoutFlows.Fail(node.Name, bridge,
                $"{bridge} on {node.Name} has no flow and acts "
                    + "as a learning switch: no VLAN is translated, no filter applies.",
                node.OutputOf("OvsFlow", bridge), node.Bridge(bridge)?.ToEvidence())
                with { Severity = CheckSeverity.Warning },
            _ => BridgeWithoutFlows.Fail(node.Name, bridge,
                $"{bridge} on {node.Name} has no flow at all: it drops every packet.",
                node.OutputOf("OvsFlow", bridge), node.Bridge(bridge)?.ToEvidence()),
        };
    }
}
