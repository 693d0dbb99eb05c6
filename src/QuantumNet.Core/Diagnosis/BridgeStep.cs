using QuantumNet.Checks.Integration;
using QuantumNet.Paths;

namespace QuantumNet.Diagnosis;

/// <summary>A packet's way through one Open vSwitch bridge, from a port to a port.</summary>
/// <param name="Node">The bridge's node.</param>
/// <param name="Bridge">The bridge.</param>
/// <param name="From">The port it comes in by; null when the bridge has none such.</param>
/// <param name="To">The port it must leave by; null when the bridge has none such.</param>
internal sealed record BridgeCrossing(NodeView Node, string Bridge, OvsPort? From, OvsPort? To)
{
    /// <summary>VLAN it comes with; 0 for none.</summary>
    public int Vlan { get; init; }

    /// <summary>Tunnel key it comes with; 0 for none.</summary>
    public long Key { get; init; }

    /// <summary>VLAN it must leave with; null when any will do.</summary>
    public int? WantedVlan { get; init; }

    /// <summary>Tunnel key it must leave with; null when any will do.</summary>
    public long? WantedKey { get; init; }
}

/// <summary>Tells what an Open vSwitch bridge does with a DHCP packet: by the entry that the packet meets there,
/// in its own direction.</summary>
internal static class BridgeStep
{
    /// <summary>The hop.</summary>
    public static PathStep Of(DhcpLeg leg, DhcpDirection direction, BridgeCrossing crossing)
    {
        NodeView node = crossing.Node;
        Hop hop = PathStep.At(direction, node.Name, HopComponent.OvsBridge, crossing.Bridge);
        if (!node.State.Has("OvsPort"))
            return PathStep.Missing(hop, "OvsPort");
        if (crossing.From is not { } from || crossing.To is not { } to)
            return PathStep.Untold(hop, $"{crossing.Bridge} on {node.Name} has no port that the {Name(direction)} "
                + $"{(crossing.From is null ? "could come in by" : "could leave by")}");
        if (!node.State.Has("OvsFlow", crossing.Bridge))
            return PathStep.Missing(hop, "OvsFlow", crossing.Bridge);
        if (node.TablesOf(crossing.Bridge).Count == 0)
            return WithoutFlows(hop, node, crossing);

        FlowReach reach = FlowReach.To(node, to, FlowPacket.Of(direction, leg, from, crossing.Vlan, crossing.Key));
        return reach.Reaches switch
        {
            true => Passed(hop, crossing, reach),
            false => Lost(hop, node, crossing.Bridge, reach.Pass,
                $"the {Name(direction)} does not get from {from.Device} to {to.Device}"),
            null when reach.NeedsNumbers => PathStep.Missing(hop, "OpenFlowPort", crossing.Bridge),
            null => new PathStep(hop with { Reason = reach.Why, Rule = reach.Pass.Unclear?.RawText.Trim() ?? "",
                Evidence = reach.Pass.Unclear is { } flow ? [flow.ToEvidence()] : [] }),
        };
    }

    private static PathStep Passed(Hop hop, BridgeCrossing crossing, FlowReach reach)
    {
        FlowExit exit = reach.Exit!;
        if (crossing.WantedVlan is int vlan && exit.Vlan is int leaves && leaves != vlan)
            return Lost(hop, crossing.Node, crossing.Bridge, reach.Pass, $"it leaves with VLAN {leaves}, not {vlan}");
        if (crossing.WantedKey is long key && exit.TunnelKey is long bears && bears != key)
            return Lost(hop, crossing.Node, crossing.Bridge, reach.Pass, $"it leaves with key {bears}, not {key}");
        OvsFlow? rewriter = reach.Pass.Rewriter;
        OvsFlow rule = rewriter ?? exit.Flow;
        Evidence[] evidence = rewriter is null || ReferenceEquals(rewriter, exit.Flow) ? [rule.ToEvidence()]
            : [rewriter.ToEvidence(), exit.Flow.ToEvidence()];
        return new PathStep(hop with
        {
            Action = rewriter is null ? HopAction.Forwarded : HopAction.Rewritten,
            Rule = rule.RawText.Trim(),
            Reason = Reason(crossing, exit, reach.VlanFrom(crossing.From!)),
            Evidence = evidence,
        });
    }

    private static string Reason(BridgeCrossing crossing, FlowExit exit, int? leaves)
    {
        string ports = $"{crossing.From!.Device} to {crossing.To!.Device}";
        string to = crossing.WantedKey is not null ? $"key {exit.TunnelKey}"
            : leaves is int vlan && vlan > 0 ? $"VLAN {vlan}" : crossing.To.Tag is int tag ? $"VLAN {tag}" : "untagged";
        string from = crossing.Key > 0 ? $"key {crossing.Key}" : crossing.Vlan > 0 ? $"VLAN {crossing.Vlan}"
            : crossing.From.Tag is int own ? $"VLAN {own}" : "untagged";
        return from == to ? $"{ports}, {from}" : $"{ports}, {from} becomes {to}";
    }

    private static PathStep Lost(Hop hop, NodeView node, string bridge, FlowPass pass, string reason) =>
        PathStep.Drops(hop, reason, pass.Last?.ToEvidence() ?? node.OutputOf("OvsFlow", bridge));

    private static PathStep WithoutFlows(Hop hop, NodeView node, BridgeCrossing crossing) =>
        BridgeHasFlows.WhatAnEmptyBridgeDoes(node, crossing.Bridge) switch
        {
            EmptyBridge.Drops => PathStep.Drops(hop, $"{crossing.Bridge} has no flow at all",
                node.OutputOf("OvsFlow", crossing.Bridge)),
            EmptyBridge.Learns => PathStep.Forwards(hop, "no flow and no controller: it acts as a learning switch",
                node.Bridge(crossing.Bridge)?.ToEvidence()),
            _ => PathStep.Missing(hop, "OvsPort"),
        };

    private static string Name(DhcpDirection direction) => direction == DhcpDirection.Request ? "request" : "reply";
}
