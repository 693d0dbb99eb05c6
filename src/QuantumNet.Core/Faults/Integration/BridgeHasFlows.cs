using QuantumNet.Paths;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Integration;

/// <summary>The bridges of the path have flows. After ovs-vswitchd was restarted, or flows were deleted,
/// and the agent did not reinstall them, they have none.</summary>
internal sealed class BridgeHasFlows : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN4006",
        Title = "Bridge has lost its flows",
        Layer = "Integration",
        Severity = CheckSeverity.Error,
        Needs = ["OvsFlow", "OvsPort"],
        Remedy = "Restart the OVS agent on the node: it reinstalls the flows of all bridges. "
            + "Then see in ovs-vswitchd's log what took them away.",
        Reference = "LP#1290486",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

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
            return s_info.Unknown(end.NodeName, "OvsFlow", bridge);
        if (node.FlowsIn(bridge).Any())
            return s_info.Pass(end.NodeName, bridge);
        return CollectedBridges.WithoutFlows(node, bridge) switch
        {
            EmptyBridge.Unknown => s_info.Unknown(end.NodeName, "OvsPort"),
            EmptyBridge.Normal => s_info.Fail(end.NodeName, bridge, $"{bridge} on {end.NodeName} has no flow and acts "
                    + "as a learning switch: no VLAN is translated, no filter applies.",
                node.OutputOf("OvsFlow", bridge), node.Bridge(bridge)?.ToEvidence())
                with { Severity = CheckSeverity.Warning },
            _ => s_info.Fail(end.NodeName, bridge,
                $"{bridge} on {end.NodeName} has no flow at all: it drops every packet.",
                node.OutputOf("OvsFlow", bridge), node.Bridge(bridge)?.ToEvidence()),
        };
    }
}
