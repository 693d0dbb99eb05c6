using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.TunnelFaults;

namespace QuantumNet.Faults.Tunnels;

/// <summary>Each end has a flow that sends broadcasts of its local VLAN out with the network's key,
/// to the peer's tunnel.</summary>
internal sealed class OutboundFlowSetsKey : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [WrongKey, FloodListLacksPeer];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (!leg.IsTunnelled)
            return [WrongKey.NotApplicable("The network uses no tunnels.")];
        return leg.EndsApart().Select(
            pair => Judge(leg, pair.End, pair.Peer) with { At = HopComponent.OvsBridge, Direction = pair.End.Sends });
    }

    private static Finding Judge(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node || !node.State.Has("OvsPort"))
            return WrongKey.Unknown(end.NodeName, "OvsPort");
        if (node.TunnelBridge.Length == 0 || LiveTag.Of(end) is not int tag)
            return WrongKey.NotApplicable(
                "The end has no live VLAN, or the node no tunnel bridge; the checks of these tell.");
        if (!node.State.Has("OvsFlow", node.TunnelBridge))
            return WrongKey.Unknown(end.NodeName, "OvsFlow", node.TunnelBridge);
        if (leg.Segment is not long segment)
            return WrongKey.Unknown(RecordAnswers.NodeOf(leg), "record:network", leg.Port.NetworkId);

        List<SegmentFlow> outbound = node.FlowsOf(node.TunnelBridge).ToTunnel;
        List<SegmentFlow> ofTag = outbound.FindAll(flow => flow.Vlan == tag && FlowRoles.TakesBroadcast(flow.Flow));
        if (ofTag.Find(flow => flow.Segment == segment) is { } right)
            return JudgeOutputs(leg, end, peer, node, right.Flow);
        if (outbound.Exists(flow => flow.Segment == segment && flow.Vlan != tag))
            return WrongKey.NotApplicable("The segment is mapped to another VLAN, which the port's own check tells.");
        return ofTag.Count > 0
            ? WrongKey.Fail(end.NodeName, node.TunnelBridge, $"{node.TunnelBridge} on {end.NodeName} sends VLAN {tag} "
                + $"with key {ofTag[0].Segment}; the network's is {segment}.", ofTag[0].Flow.ToEvidence())
            : WrongKey.Fail(end.NodeName, node.TunnelBridge, $"{node.TunnelBridge} on {end.NodeName} has no flow that "
                + $"sends broadcasts of VLAN {tag} with key {segment}.");
    }

    private static Finding JudgeOutputs(DhcpLeg leg, LegEnd end, LegEnd peer, NodeView node, OvsFlow flow)
    {
        if (FlowRoles.Floods(flow))
            return WrongKey.Pass(end.NodeName, node.TunnelBridge);
        if (TunnelMesh.To(leg, end, peer) is not { } tunnel)
            return FloodListLacksPeer.NotApplicable("There is no tunnel to the peer; the check of the tunnels tells.");
        if (FlowRoles.SendsTo(flow, tunnel) || (!FlowRoles.Outputs(flow).Any() && HandsOn(flow)))
            return WrongKey.Pass(end.NodeName, node.TunnelBridge);
        // A number that nothing resolves may be this tunnel's.
        if (tunnel.OfPort is null && FlowRoles.Outputs(flow).Any(output => FlowRoles.Number(output) is not null))
            return FloodListLacksPeer.Unknown(end.NodeName, "OpenFlowPort", node.TunnelBridge);
        return FloodListLacksPeer.Fail(end.NodeName, node.TunnelBridge,
            $"The flood flow of {node.TunnelBridge} on {end.NodeName} "
                + $"does not send to {tunnel.Device}, the tunnel to {peer.NodeName}.",
            flow.ToEvidence(), tunnel.ToEvidence());
    }

    // What the next table does the packet's own way through the bridge shows.
    private static bool HandsOn(OvsFlow flow) =>
        Array.Exists(flow.ActionList, action => action.Name is "resubmit" or "goto_table" or "group");
}
