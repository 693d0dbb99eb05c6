using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.TunnelFaults;

namespace QuantumNet.Faults.Tunnels;

/// <summary>Each end has flows that take the network's segment in, broadcast and unicast,
/// into the local VLAN.</summary>
internal sealed class InboundFlowExists : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [InboundFlowMissing, UnicastFlowMissing];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (!leg.IsTunnelled)
            return [InboundFlowMissing.NotApplicable("The network uses no tunnels.")];
        return leg.EndsApart().Select(pair => Judge(leg, pair.End, pair.Peer) with { At = HopComponent.OvsBridge });
    }

    private static Finding Judge(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node || !node.State.Has("OvsPort"))
            return InboundFlowMissing.Unknown(end.NodeName, "OvsPort");
        if (node.TunnelBridge.Length == 0)
            return InboundFlowMissing.NotApplicable("There is no tunnel bridge; the check of the patch ports tells.");
        if (!node.State.Has("OvsFlow", node.TunnelBridge))
            return InboundFlowMissing.Unknown(end.NodeName, "OvsFlow", node.TunnelBridge);
        if (leg.Segment is not long segment)
            return InboundFlowMissing.Unknown(RecordAnswers.NodeOf(leg), "record:network", leg.Port.NetworkId);

        BridgeFlows flows = node.FlowsOf(node.TunnelBridge);
        List<SegmentFlow> ofSegment = flows.FromTunnel.FindAll(flow => flow.Segment == segment);
        if (LiveTag.Of(end) is int tag
            && flows.ToTunnel.Concat(ofSegment).Any(flow => flow.Segment == segment && flow.Vlan == tag))
            // A wholly different VLAN is told by the port's own check
            ofSegment.RemoveAll(flow => flow.Vlan != tag);
        if (!ofSegment.Exists(flow => FlowRoles.TakesBroadcast(flow.Flow)))
            return Missing(leg, end, peer, node, segment) with { Severity = SeverityOf(end, ofSegment) };
        return JudgeUnicast(leg, end, peer, node, segment, ofSegment);
    }

    private static Finding Missing(DhcpLeg leg, LegEnd end, LegEnd peer, NodeView node, long segment)
    {
        SegmentFlow? astray = node.FlowsOf(node.TunnelBridge).FromTunnel
            .Find(flow => flow.Segment == segment && FlowRoles.TakesBroadcast(flow.Flow));
        string message = astray is null
            ? $"{node.TunnelBridge} on {end.NodeName} has no flow that accepts broadcasts with {leg.NetworkType} key "
                + $"{segment}: they are dropped."
            : $"{node.TunnelBridge} on {end.NodeName} takes {leg.NetworkType} key {segment} into VLAN {astray.Vlan}, "
                + $"but {end.Device} is on VLAN {end.Port?.Tag}.";
        return InboundFlowMissing.Fail(end.NodeName, node.TunnelBridge, message,
            astray?.Flow.ToEvidence() ?? DropOf(leg, end, peer, node)) with { Direction = end.Receives };
    }

    // Without the broadcast flow a per-MAC flow still lets dnsmasq's replies in, which are unicast.
    private static CheckSeverity SeverityOf(LegEnd end, List<SegmentFlow> ofSegment) =>
        end.Receives == DhcpDirection.Reply && end.Mac.Length > 0
            && ofSegment.Exists(flow => FlowRoles.IsForMac(flow.Flow, end.Mac))
            ? CheckSeverity.Warning : CheckSeverity.Error;

    // Grizzly takes unicast in per MAC; later releases take the whole segment in and learn.
    private static Finding JudgeUnicast(
        DhcpLeg leg, LegEnd end, LegEnd peer, NodeView node, long segment, List<SegmentFlow> ofSegment)
    {
        bool takesAll = ofSegment.Exists(flow => flow.Flow.Find("dl_dst") is null);
        if (takesAll || end.Mac.Length == 0 || ofSegment.Exists(flow => FlowRoles.IsForMac(flow.Flow, end.Mac)))
            return InboundFlowMissing.Pass(end.NodeName, node.TunnelBridge);
        // Replies are unicast. Requests are broadcast until the lease is renewed.
        CheckSeverity severity = end.Receives == DhcpDirection.Reply ? CheckSeverity.Error : CheckSeverity.Warning;
        return UnicastFlowMissing.Fail(end.NodeName, node.TunnelBridge,
            $"{node.TunnelBridge} on {end.NodeName} has no flow that accepts unicast to {end.Mac} on key {segment}.",
            ofSegment[0].Flow.ToEvidence(), DropOf(leg, end, peer, node))
            with { Direction = end.Receives, Severity = severity };
    }

    // The drop that what comes out of the tunnel meets: in the table that its packets are handed to,
    // where there are several tables.
    private static Evidence? DropOf(DhcpLeg leg, LegEnd end, LegEnd peer, NodeView node)
    {
        OvsPort? tunnel = TunnelMesh.To(leg, end, peer);
        List<OvsFlow> flows = [.. node.FlowsIn(node.TunnelBridge)];
        int? table = tunnel is null ? null : flows.Where(flow => FlowRoles.IsFrom(flow, tunnel.Device, tunnel.OfPort))
            .Select(FlowRoles.NextTable).FirstOrDefault(next => next is not null);
        List<OvsFlow> drops = flows.FindAll(flow => flow.MatchFields.Length == 0 && FlowRoles.Drops(flow));
        return (drops.Find(flow => flow.Table == table) ?? drops.FirstOrDefault())?.ToEvidence();
    }
}
