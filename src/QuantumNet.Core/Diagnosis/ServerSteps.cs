using QuantumNet.Paths;
using QuantumNet.Simulation.Client;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>The hops of the DHCP server's node, from its br-int to dnsmasq.</summary>
internal static class ServerSteps
{
    /// <summary>The hops in the order in which a request meets them.</summary>
    public static IEnumerable<PathStep> Of(DhcpLeg leg, DhcpSite server, DhcpDirection direction)
    {
        if (server.Node is not { } node)
            return [PathStep.Missing(PathStep.At(direction, server.NodeName, HopComponent.Dnsmasq, "dnsmasq"),
                "Process")];
        List<PathStep> steps = [];
        if (!leg.IsOneNode && leg.Kind.IsFollowed() && leg.ServerEnd is { } end)
            steps.Add(BridgeStep.Of(leg, direction, BridgeExit.Of(leg, end, node).Crossing(leg, end, node, direction)));
        steps.Add(Device(server, node, direction));
        steps.Add(Dnsmasq(leg, server, node, direction));
        return steps;
    }

    private static PathStep Device(DhcpSite server, NodeView node, DhcpDirection direction)
    {
        string device = server.InnerLink?.Device ?? server.OvsDevice;
        Hop hop = PathStep.At(direction, node.Name, HopComponent.Namespace,
            device.Length > 0 ? device : server.Namespace);
        return device.Length == 0 && !node.State.Has("NodeLink", server.Namespace)
            ? PathStep.Missing(hop, "NodeLink", server.Namespace)
            : PathStep.Device(hop, node, device, server.Namespace);
    }

    /// <summary>dnsmasq itself: whether it gives the leg's port a lease.</summary>
    public static PathStep Dnsmasq(DhcpLeg leg, DhcpSite server, NodeView node, DhcpDirection direction)
    {
        Hop hop = PathStep.At(direction, node.Name, HopComponent.Dnsmasq, "dnsmasq");
        if (node.DhcpServersOf(leg.Port.NetworkId).FirstOrDefault() is not { } dnsmasq)
            return node.State.Has("Process")
                ? PathStep.Drops(hop, "no dnsmasq runs for the network", node.OutputOf("Process"))
                : PathStep.Missing(hop, "Process");
        hop = hop with { Object = $"dnsmasq {dnsmasq.ProcessId}" };
        if (dnsmasq.IsListening == false)
            return PathStep.Drops(hop, "it does not listen on UDP port 67", dnsmasq.ToEvidence());
        if (dnsmasq.IsListening is null)
            return PathStep.Missing(hop, "Socket", server.Namespace);
        return LeaseDecision.Of(leg) is { } decision ? Decided(hop, decision)
            : PathStep.Untold(hop, "nothing tells the MAC that the client asks with");
    }

    private static PathStep Decided(Hop hop, LeaseDecision decision)
    {
        if (decision.MissingCollector.Length > 0)
            return PathStep.Missing(hop, decision.MissingCollector, decision.MissingSubject);
        return new PathStep(hop with
        {
            Action = decision.IsLeased ? HopAction.Answered
                : decision.Outcome == LeaseOutcome.Unknown ? HopAction.Unknown : HopAction.Dropped,
            Rule = decision.Rule,
            Reason = decision.Reason,
            Evidence = decision.Evidence,
        });
    }
}
