using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.TunnelFaults;

namespace QuantumNet.Faults.Tunnels;

/// <summary>Where an end's tunnel bridge has a flow for the other end's MAC, that flow leads to the other end's node.
/// An entry that was learned, or written by l2population, before the MAC moved leads to the old one until it ends
/// (hard_timeout 300 s).</summary>
internal sealed class UnicastLeadsToPeer : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [UnicastLeadsElsewhere];

    public IEnumerable<Finding> Run(DhcpLeg leg) => !leg.IsTunnelled
        ? [UnicastLeadsElsewhere.NotApplicable("The network uses no tunnels.")]
        : leg.EndsApart().Select(
            pair => Judge(leg, pair.End, pair.Peer) with { At = HopComponent.OvsBridge, Direction = pair.End.Sends });

    private static Finding Judge(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node || !node.State.Has("OvsPort"))
            return UnicastLeadsElsewhere.Unknown(end.NodeName, "OvsPort");
        if (node.TunnelBridge.Length > 0 && !node.State.Has("OvsFlow", node.TunnelBridge))
            return UnicastLeadsElsewhere.Unknown(end.NodeName, "OvsFlow", node.TunnelBridge);
        if (peer.Mac.Length == 0 || Decisive(node, peer.Mac, LiveTag.Of(end)) is not { } flow)
            return UnicastLeadsElsewhere.NotApplicable("No flow is for the other end's MAC.");
        if (TunnelOf(node, flow) is not { } tunnel)
            return FlowRoles.Outputs(flow).Any(output => FlowRoles.Number(output) is not null)
                    && node.Tunnels.Any(port => port.OfPort is null)
                ? UnicastLeadsElsewhere.Unknown(end.NodeName, "OpenFlowPort", node.TunnelBridge)
                : UnicastLeadsElsewhere.NotApplicable("The flow for the other end's MAC sends to no tunnel; "
                    + "the packet's own way through the bridge shows where.");
        IReadOnlySet<string> addresses = TunnelMesh.AddressesOf(leg, peer);
        if (tunnel.RemoteIp == "flow" || addresses.Contains(tunnel.RemoteIp))
            return UnicastLeadsElsewhere.Pass(end.NodeName, node.TunnelBridge);
        if (addresses.Count == 0)
            return UnicastLeadsElsewhere.Unknown(peer.NodeName, "NodeLink");
        // Replies are unicast. Requests are broadcast until the lease is renewed.
        CheckSeverity severity = end.Sends == DhcpDirection.Reply ? CheckSeverity.Error : CheckSeverity.Warning;
        return UnicastLeadsElsewhere.Fail(end.NodeName, node.TunnelBridge,
            $"{node.TunnelBridge} on {end.NodeName} sends frames to {peer.Mac} into {tunnel.Device}, "
                + $"which leads to {tunnel.RemoteIp}: that is not {peer.NodeName}.",
            flow.ToEvidence(), tunnel.ToEvidence()) with { Severity = severity };
    }

    // l2population's entries stand before those that were learned.
    private static OvsFlow? Decisive(NodeView node, string mac, int? tag) => node.FlowsOf(node.TunnelBridge).ToMac(mac)
        .Where(flow => FlowRoles.VlanMatched(flow) is var vlan && (vlan is null || vlan == tag))
        .MaxBy(flow => flow.Priority);

    private static OvsPort? TunnelOf(NodeView node, OvsFlow flow) =>
        node.PortsOf(node.TunnelBridge)
            .FirstOrDefault(port => NodeView.IsTunnel(port) && FlowRoles.SendsTo(flow, port));
}
