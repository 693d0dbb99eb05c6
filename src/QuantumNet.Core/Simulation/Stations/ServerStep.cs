using QuantumNet.Paths;
using QuantumNet.Simulation.Client;
using QuantumNet.Simulation.Dnsmasq;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Stations;

/// <summary>Tells what the DHCP server's device and dnsmasq do.</summary>
internal static class ServerStep
{
    /// <summary>The device in the server's namespace.</summary>
    public static PathStep Device(DhcpLeg leg, Station station)
    {
        Hop hop = PathStep.At(station);
        NodeView node = station.End!.Node!;
        string space = station.Place.Namespace;
        if (space.Length > 0 && node.State.Has("NetworkNamespace")
            && node.Namespace(space) is not { IsUsable: true })
            return PathStep.Drops(hop, $"namespace {space} does not exist", node.OutputOf("NetworkNamespace"));
        return station.Devices.Count == 0 ? WithoutDevice(hop, node, space)
            : PathStep.Device(hop, node, station.Place.Name, space);
    }

    private static PathStep WithoutDevice(Hop hop, NodeView node, string space) =>
        node.State.Has("NodeLink", space)
            ? PathStep.Drops(hop, $"{space} holds no device of a DHCP server", node.OutputOf("NodeLink", space))
            : PathStep.Missing(hop, "NodeLink", space);

    /// <summary>dnsmasq: the rules in front of it, its socket, and what it decides.</summary>
    public static PathStep Dnsmasq(DhcpLeg leg, Station station)
    {
        Hop hop = PathStep.At(station);
        if (leg.Server is not { Node: { } node } server)
            return PathStep.Missing(hop, "Process");
        if (node.DhcpServersOf(leg.Port.NetworkId).FirstOrDefault() is not { } dnsmasq)
            return node.State.Has("Process")
                ? PathStep.Drops(hop, "no dnsmasq runs for the network", node.OutputOf("Process"))
                : PathStep.Missing(hop, "Process");
        if (Filtered(leg, hop, server, node) is { } filtered)
            return filtered;
        if (dnsmasq.IsListening == false)
            return PathStep.Drops(hop, "it does not listen on UDP port 67", dnsmasq.ToEvidence());
        if (dnsmasq.IsListening is null)
            return PathStep.Missing(hop, "Socket", server.Namespace);
        return LeaseDecision.Of(leg) is not { } decision
            ? PathStep.Untold(hop, "nothing tells the MAC that the client asks with")
            : decision.IsLeased && DnsmasqWords.Of(node, leg.Port, dnsmasq) is { Refusal: { } refusal, Reason: null }
            ? PathStep.Drops(hop, "its log refuses the client since, so it has not read its host file again",
                refusal.ToEvidence())
            : Decided(hop, decision);
    }

    // dnsmasq receives by an ordinary socket, which iptables guards, and sends by a raw one, which it does not.
    private static PathStep? Filtered(DhcpLeg leg, Hop hop, DhcpSite server, NodeView node)
    {
        if (hop.Direction == DhcpDirection.Reply || server.Namespace.Length == 0
            || server.InnerLink is not { } device)
            return null;
        if (!node.State.Has("Iptables", server.Namespace))
            return PathStep.Missing(hop, "Iptables", server.Namespace);
        IptablesTraversal result = NodeFilter.Of(node).ToHost(LegFilter.Arriving(leg, device.Device), server.Namespace);
        return result.Outcome switch
        {
            IptablesOutcome.Accepted => null,
            IptablesOutcome.Unknown => PathStep.Untold(hop, "cannot determine whether this rule of iptables in "
                + $"{server.Namespace} decides: {result.Doubt?.RawText.Trim()}", result.Doubt?.ToEvidence()),
            _ => PathStep.Drops(hop, $"iptables in {server.Namespace} drops it in {string.Join(" > ", result.Chains)}",
                result.Evidence),
        };
    }

    private static PathStep Decided(Hop hop, LeaseDecision decision) => decision.MissingCollector.Length > 0
        ? PathStep.Missing(hop, decision.MissingCollector, decision.MissingSubject)
        : new PathStep(hop with
        {
            Action = decision.IsLeased ? HopAction.Answered
                : decision.Outcome == LeaseOutcome.Unknown ? HopAction.Unknown : HopAction.Dropped,
            Rule = decision.Rule.Length > 0 || decision.IsLeased ? decision.Rule
                : decision.Evidence.FirstOrDefault()?.Text.Trim() ?? "",
            Reason = decision.Reason,
            Evidence = decision.Evidence,
        });
}
