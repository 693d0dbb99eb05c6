using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Integration;

/// <summary>The instance's local VLAN is the one that the node maps to the network's segment.</summary>
internal sealed class TagMatchesSegment : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN4005",
        Title = "Port's VLAN is not its network's on this node",
        Layer = "Integration",
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort", "OvsFlow"],
        Remedy = "Restart the OVS agent on the node: it rewires all ports and reinstalls the flows.",
        Reference = "ovs_neutron_agent.py: 'While restoring the local VLAN map from OVS'",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (!leg.IsTunnelled && !leg.IsPhysical)
            return [s_info.NotApplicable("The network does not leave its nodes.")];
        if (leg.Compute is not { } compute || !compute.State.Has("OvsPort"))
            return [s_info.Unknown(leg.ComputeName, "OvsPort")];
        if (LocalVlans.BridgesOf(leg, compute)
            .FirstOrDefault(bridge => !compute.State.Has("OvsFlow", bridge)) is { } unseen)
            return [s_info.Unknown(leg.ComputeName, "OvsFlow", unseen)];
        if (leg.ComputePort is not { Tag: int tag } port || tag == PortIsTagged.DeadVlan)
            return [s_info.NotApplicable("The port has no live VLAN; the check of its tag tells.")];
        if (leg.Segment is not long)
            return [s_info.Unknown(RecordAnswers.NodeOf(leg), "record:network", leg.Port.NetworkId)];

        List<SegmentFlow> mapped = [.. LocalVlans.Of(leg, compute)];
        if (mapped.Count == 0)
            return [s_info.NotApplicable("No flow maps the segment; the checks of the flows tell.")];
        if (mapped.Exists(flow => flow.Vlan == tag))
            return [s_info.Pass(leg.ComputeName, port.Device)];
        SegmentFlow other = mapped[0];
        return [s_info.Fail(leg.ComputeName, port.Device,
            $"{port.Device} is on VLAN {tag}, but {leg.ComputeName} maps {leg.NetworkType} segment {leg.Segment} "
                + $"to VLAN {other.Vlan}.",
            port.ToEvidence(), other.Flow.ToEvidence()) with { At = HopComponent.OvsBridge }];
    }
}

/// <summary>The flows that tie a network's segment to a local VLAN on a node.</summary>
internal static class LocalVlans
{
    /// <summary>The bridges that hold them.</summary>
    public static IEnumerable<string> BridgesOf(DhcpLeg leg, NodeView node) =>
        leg.IsTunnelled ? node.TunnelBridge.Length > 0 ? [node.TunnelBridge] : []
        : PhysicalBridges.Find(leg, node) is { } physical ? [node.IntegrationBridge, physical.Name]
        : [node.IntegrationBridge];

    /// <summary>Those flows, both ways; Vlan is the local one.</summary>
    public static IEnumerable<SegmentFlow> Of(DhcpLeg leg, NodeView node)
    {
        if (leg.IsPhysical)
            return PhysicalBridges.Inbound(leg, node).Concat(PhysicalBridges.Outbound(leg, node));
        BridgeFlows flows = node.FlowsOf(node.TunnelBridge);
        return flows.FromTunnel.Concat(flows.ToTunnel).Where(flow => flow.Segment == leg.Segment);
    }
}
