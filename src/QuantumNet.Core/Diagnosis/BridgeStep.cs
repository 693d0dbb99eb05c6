using QuantumNet.Paths;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

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
        if (!node.FlowsIn(crossing.Bridge).Any())
            return WithoutFlows(hop, node, crossing);

        BridgePass pass = BridgePass.Of(leg, direction, crossing);
        return pass.Reaches switch
        {
            true => Passed(hop, crossing, pass),
            false => Lost(hop, crossing, pass, pass.Why.Length > 0 ? pass.Why
                : $"the {Name(direction)} does not get from {from.Device} to {to.Device}"),
            null when pass.Needs.Length > 0 => PathStep.Missing(hop, pass.Needs, crossing.Bridge),
            null => new PathStep(hop with { Reason = pass.Why, Rule = pass.Last?.RawText.Trim() ?? "",
                Evidence = pass.Last is { } flow ? [flow.ToEvidence()] : [] }),
        };
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
