using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Tunnels;

/// <summary>Each end has a flow that sends broadcasts of its local VLAN out with the network's key,
/// to the peer's tunnel.</summary>
internal sealed class OutboundFlowSetsKey : ICheck
{
    private static readonly CheckInfo s_key = new()
    {
        Code = "QN5008",
        Title = "Outbound flow is missing or sets a wrong tunnel key",
        Layer = "Tunnel",
        Severity = CheckSeverity.Error,
        Needs = ["OvsFlow", "OvsPort"],
        Remedy = "Restart the OVS agent on the node: it reinstalls the network's flows.",
        Reference = "agent: provision_local_vlan",
    };

    private static readonly CheckInfo s_flood = s_key with
    {
        Code = "QN5010",
        Title = "Flood list lacks the other node",
        Remedy = "Restart the OVS agent on the node; "
            + "with l2population, check that the server knows the other node's tunnel address.",
        Reference = "LP#1853613, LP#1789846",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_key, s_flood];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (!leg.IsTunnelled)
            return [s_key.NotApplicable("The network uses no tunnels.")];
        return leg.EndsApart().Select(
            pair => Judge(leg, pair.End, pair.Peer) with { At = HopComponent.OvsBridge, Direction = pair.End.Sends });
    }

    private static Finding Judge(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node || !node.State.Has("OvsPort"))
            return s_key.Unknown(end.NodeName, "OvsPort");
        if (node.TunnelBridge.Length == 0 || LiveTag.Of(end) is not int tag)
            return s_key.NotApplicable(
                "The end has no live VLAN, or the node no tunnel bridge; the checks of these tell.");
        if (!node.State.Has("OvsFlow", node.TunnelBridge))
            return s_key.Unknown(end.NodeName, "OvsFlow", node.TunnelBridge);
        if (leg.Segment is not long segment)
            return s_key.Unknown(RecordAnswers.NodeOf(leg), "record:network", leg.Port.NetworkId);

        List<SegmentFlow> outbound = node.FlowsOf(node.TunnelBridge).ToTunnel;
        List<SegmentFlow> ofTag = outbound.FindAll(flow => flow.Vlan == tag && FlowRoles.TakesBroadcast(flow.Flow));
        if (ofTag.Find(flow => flow.Segment == segment) is { } right)
            return JudgeOutputs(leg, end, peer, node, right.Flow);
        if (outbound.Exists(flow => flow.Segment == segment && flow.Vlan != tag))
            return s_key.NotApplicable("The segment is mapped to another VLAN, which the port's own check tells.");
        return ofTag.Count > 0
            ? s_key.Fail(end.NodeName, node.TunnelBridge, $"{node.TunnelBridge} on {end.NodeName} sends VLAN {tag} "
                + $"with key {ofTag[0].Segment}; the network's is {segment}.", ofTag[0].Flow.ToEvidence())
            : s_key.Fail(end.NodeName, node.TunnelBridge, $"{node.TunnelBridge} on {end.NodeName} has no flow that "
                + $"sends broadcasts of VLAN {tag} with key {segment}.");
    }

    private static Finding JudgeOutputs(DhcpLeg leg, LegEnd end, LegEnd peer, NodeView node, OvsFlow flow)
    {
        if (FlowRoles.Floods(flow))
            return s_key.Pass(end.NodeName, node.TunnelBridge);
        if (TunnelMesh.To(leg, end, peer) is not { } tunnel)
            return s_flood.NotApplicable("There is no tunnel to the peer; the check of the tunnels tells.");
        if (FlowRoles.SendsTo(flow, tunnel) || (!FlowRoles.Outputs(flow).Any() && HandsOn(flow)))
            return s_key.Pass(end.NodeName, node.TunnelBridge);
        // A number that nothing resolves may be this tunnel's.
        if (tunnel.OfPort is null && FlowRoles.Outputs(flow).Any(output => FlowRoles.Number(output) is not null))
            return s_flood.Unknown(end.NodeName, "OpenFlowPort", node.TunnelBridge);
        return s_flood.Fail(end.NodeName, node.TunnelBridge, $"The flood flow of {node.TunnelBridge} on {end.NodeName} "
                + $"does not send to {tunnel.Device}, the tunnel to {peer.NodeName}.",
            flow.ToEvidence(), tunnel.ToEvidence());
    }

    // What the next table does the packet's own way through the bridge shows.
    private static bool HandsOn(OvsFlow flow) =>
        Array.Exists(flow.ActionList, action => action.Name is "resubmit" or "goto_table" or "group");
}
