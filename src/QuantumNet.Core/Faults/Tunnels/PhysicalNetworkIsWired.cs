using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.TunnelFaults;

namespace QuantumNet.Faults.Tunnels;

/// <summary>On each node a VLAN or flat network's bridge is mapped, joined to br-int, has an uplink,
/// and its VLANs are translated both ways.</summary>
internal sealed class PhysicalNetworkIsWired : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [PhysicalNetworkUnwired];

    public IEnumerable<Finding> Run(DhcpLeg leg) => !leg.IsPhysical
        ? [PhysicalNetworkUnwired.NotApplicable("The network is not a VLAN or flat one.")]
        : leg.EndsApart().Select(pair => Judge(leg, pair.End));

    private static Finding Judge(DhcpLeg leg, LegEnd end)
    {
        if (end.Node is not { } node || !node.State.Has("OvsPort"))
            return PhysicalNetworkUnwired.Unknown(end.NodeName, "OvsPort");
        if (PhysicalBridges.Find(leg, node) is not { } bridge)
            return NoBridge(leg, end, node);
        if (bridge is { Near: null, Far: null } && !node.PortsOf(bridge.Name).Any())
            return Fail(end, bridge.Name, $"{end.NodeName} has no bridge {bridge.Name}, "
                    + $"which bridge_mappings names for physical network {leg.Network?.PhysicalNetwork}.",
                node.Config("bridge_mappings")?.ToEvidence());
        if (!bridge.IsJoined)
            return Fail(end, bridge.Name,
                $"{bridge.Name} and {node.IntegrationBridge} on {end.NodeName} are not joined.",
                bridge.Near?.ToEvidence(), bridge.Far?.ToEvidence());
        if (!bridge.Uplinks(node).Any())
            return Fail(end, bridge.Name, $"{bridge.Name} on {end.NodeName} has no uplink: nothing leaves the node.",
                bridge.Far?.ToEvidence());
        return JudgeFlows(leg, end, node, bridge);
    }

    // Several bridges, whose flows do not carry the network: only the mappings tell which it should be.
    private static Finding NoBridge(DhcpLeg leg, LegEnd end, NodeView node)
    {
        string network = leg.Network?.PhysicalNetwork ?? "";
        bool isDecided = node.PhysicalBridges.Count == 0
            || (network.Length > 0 && PhysicalBridges.MappingsOf(leg, node.Name) is not null);
        return isDecided ? Fail(end, network, $"{end.NodeName} has no bridge for physical network {network}.",
                node.Config("bridge_mappings")?.ToEvidence())
            : PhysicalNetworkUnwired.Unknown(end.NodeName, "AgentConfig") with { At = HopComponent.OvsBridge };
    }

    private static Finding JudgeFlows(DhcpLeg leg, LegEnd end, NodeView node, PhysicalBridge bridge)
    {
        if (!node.State.Has("OvsFlow", bridge.Name) || !node.State.Has("OvsFlow", node.IntegrationBridge))
            return PhysicalNetworkUnwired.Unknown(end.NodeName, "OvsFlow",
                node.State.Has("OvsFlow", bridge.Name) ? node.IntegrationBridge : bridge.Name);
        if (leg.Segment is not long segment)
            return PhysicalNetworkUnwired.Unknown(RecordAnswers.NodeOf(leg), "record:network", leg.Port.NetworkId);
        if (LiveTag.Of(end) is not int tag)
            return PhysicalNetworkUnwired.NotApplicable("The end has no live VLAN; the check of its port tells.");
        List<SegmentFlow> outbound = [.. PhysicalBridges.Outbound(leg, node)],
            inbound = [.. PhysicalBridges.Inbound(leg, node)];
        if (outbound.Concat(inbound).Any() && !outbound.Concat(inbound).Any(flow => flow.Vlan == tag))
            return PhysicalNetworkUnwired.NotApplicable("The segment is mapped to another VLAN, which the port's "
                + "own check tells.");
        string wire = leg.NetworkType == "flat" ? "untagged" : $"VLAN {segment}";
        if (!outbound.Exists(flow => flow.Vlan == tag))
            return Fail(end, bridge.Name,
                    $"{bridge.Name} on {end.NodeName} has no flow that sends local VLAN {tag} out as {wire}.")
                with { Direction = end.Sends };
        return inbound.Exists(flow => flow.Vlan == tag) ? PhysicalNetworkUnwired.Pass(end.NodeName, bridge.Name)
            : Fail(end, node.IntegrationBridge,
                    $"{node.IntegrationBridge} on {end.NodeName} has no flow that takes {wire} in as local VLAN {tag}.")
                with { Direction = end.Receives };
    }

    private static Finding Fail(LegEnd end, string @object, string message, params Evidence?[] evidence) =>
        PhysicalNetworkUnwired.Fail(end.NodeName, @object, message, evidence) with { At = HopComponent.OvsBridge };
}
