using QuantumNet.Paths;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Stations;

/// <summary>Tells what an Open vSwitch bridge does with a DHCP packet: by the entry that the packet meets there,
/// in its own direction.</summary>
internal static class BridgeStep
{
    /// <summary>The step.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="station">The bridge.</param>
    /// <param name="send">Sends the packet through the bridge.</param>
    public static PathStep Of(DhcpLeg leg, Station station, Func<Station, BridgePass> send)
    {
        Hop hop = PathStep.At(station);
        NodeView node = station.End!.Node!;
        if (leg.IsServedByAgent && station.Place.Name == node.IntegrationBridge)
            return Agent(leg, hop, node);
        if (!node.State.Has("OvsPort"))
            return PathStep.Missing(hop, "OvsPort");
        if (leg.Server is null)
            return PathStep.Untold(hop, "nothing tells which DHCP server the request goes to");
        if (station.Crossing is not { } crossing)
            return PathStep.Missing(hop, "record:network", leg.Port.NetworkId);
        if (crossing is not { From: not null, To: not null })
            return WithoutPort(leg, hop, station.End, crossing);
        if (!node.State.Has("OvsFlow", crossing.Bridge))
            return PathStep.Missing(hop, "OvsFlow", crossing.Bridge);
        return node.FlowsIn(crossing.Bridge).Any()
            ? Met(hop, crossing, send(station)) : WithoutFlows(hop, node, crossing);
    }

    private static PathStep Met(Hop hop, BridgeCrossing crossing, BridgePass pass) => pass.Reaches switch
    {
        true => Passed(hop, crossing, pass),
        false => Lost(hop, crossing, pass, pass.Why.Length > 0 ? pass.Why
            : $"the {Name(hop.Direction)} does not get from {crossing.From!.Device} to {crossing.To!.Device}"),
        null when pass.Needs.Length > 0 => PathStep.Missing(hop, pass.Needs, crossing.Bridge),
        null => PathStep.Untold(hop, pass.Why, pass.Last?.ToEvidence()).WithRule(pass.Last?.RawText),
    };

    // The OVS agent's DHCP extension gets requests through br-int's controller.
    private static PathStep Agent(DhcpLeg leg, Hop hop, NodeView node)
    {
        Evidence? flow = node.FlowsOf(hop.Object).DhcpToController
            .Find(flow => FlowRoles.IsFrom(flow, leg.OvsDevice, leg.ComputePort?.OfPort))?.ToEvidence();
        return node.Bridge(hop.Object) is { IsConnected: not true } bridge
            ? PathStep.Drops(hop, "no OVS agent is connected to it", flow, bridge.ToEvidence())
            : new PathStep(hop with
            {
                Action = HopAction.Answered, Reason = "the OVS agent answers",
                Evidence = flow is null ? [] : [flow],
            });
    }

    // A port of a tunnel, or of a patch pair, that is missing is told by its own station.
    private static PathStep WithoutPort(DhcpLeg leg, Hop hop, LegEnd end, BridgeCrossing crossing)
    {
        NodeView node = crossing.Node;
        bool isIntegration = crossing.Bridge == node.IntegrationBridge;
        if (isIntegration && end is { Port: null, Device.Length: > 0 }
            && (end.Sends == DhcpDirection.Reply || leg.Plug != PlugKind.Unknown))
            return PathStep.Drops(hop, $"{end.Device} is not a port of {crossing.Bridge}", node.OutputOf("OvsPort"));
        if (!isIntegration && leg.IsPhysical && (end.Sends == hop.Direction ? crossing.To : crossing.From) is null)
            return PathStep.Drops(hop, $"{crossing.Bridge} has no uplink", node.OutputOf("OvsPort"));
        return PathStep.Untold(hop, $"{crossing.Bridge} on {node.Name} has no port that the {Name(hop.Direction)} "
            + $"{(crossing.From is null ? "could come in by" : "could leave by")}");
    }

    private static PathStep Passed(Hop hop, BridgeCrossing crossing, BridgePass pass)
    {
        if (crossing.WantedVlan is int vlan && pass.Vlan is int leaves && leaves != vlan)
            return Lost(hop, crossing, pass, $"it leaves with VLAN {leaves}, not {vlan}");
        if (crossing.WantedKey is long key && pass.TunnelKey is long bears && bears != key)
            return Lost(hop, crossing, pass, $"it leaves with key {bears}, not {key}");
        OvsFlow sender = pass.Last!;
        OvsFlow rule = pass.Rewriter ?? sender;
        return new PathStep(hop with
        {
            Action = pass.Rewriter is null ? HopAction.Forwarded : HopAction.Rewritten,
            Rule = rule.RawText.Trim(),
            Reason = Reason(crossing, pass),
            Evidence = ReferenceEquals(rule, sender) ? [rule.ToEvidence()] : [rule.ToEvidence(), sender.ToEvidence()],
        });
    }

    private static string Reason(BridgeCrossing crossing, BridgePass pass)
    {
        string ports = $"{crossing.From!.Device} to {crossing.To!.Device}";
        string to = crossing.WantedKey is not null ? $"key {pass.TunnelKey}"
            : pass.Vlan is int vlan && vlan > 0 ? $"VLAN {vlan}"
            : crossing.To.Tag is int tag ? $"VLAN {tag}" : "untagged";
        string from = crossing.Key > 0 ? $"key {crossing.Key}" : crossing.Vlan > 0 ? $"VLAN {crossing.Vlan}"
            : crossing.From.Tag is int own ? $"VLAN {own}" : "untagged";
        return from == to ? $"{ports}, {from}" : $"{ports}, {from} becomes {to}";
    }

    private static PathStep Lost(Hop hop, BridgeCrossing crossing, BridgePass pass, string reason) =>
        PathStep.Drops(hop, reason,
            pass.Last?.ToEvidence() ?? crossing.Node.OutputOf("OvsFlow", crossing.Bridge));

    private static PathStep WithoutFlows(Hop hop, NodeView node, BridgeCrossing crossing) =>
        CollectedBridges.WithoutFlows(node, crossing.Bridge) switch
        {
            EmptyBridge.Drops => PathStep.Drops(hop, $"{crossing.Bridge} has no flow at all",
                node.OutputOf("OvsFlow", crossing.Bridge)),
            EmptyBridge.Normal => PathStep.Forwards(hop, "no flow and no controller: it acts as a learning switch",
                node.Bridge(crossing.Bridge)?.ToEvidence()),
            _ => PathStep.Missing(hop, "OvsPort"),
        };

    private static string Name(DhcpDirection direction) => direction == DhcpDirection.Request ? "request" : "reply";
}
