using QuantumNet.Paths;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.KernelBridge;

/// <summary>What stands between an instance's tap and br-int where iptables filters it: the tap, the rules that its
/// Linux bridge's packets meet, the bridge, the veth pair to br-int.</summary>
internal static class HybridPlug
{
    private static readonly HopComponent[] s_parts =
        [HopComponent.Tap, HopComponent.Iptables, HopComponent.LinuxBridge, HopComponent.Veth];

    /// <summary>What one part does with a packet of a direction.</summary>
    public static KernelStep Step(DhcpLeg leg, NodeView compute, HopComponent part, DhcpDirection direction)
    {
        string inner = DeviceNames.VethBridgeEnd(leg.Port.PortId);
        return part switch
        {
            HopComponent.Iptables => Filter(leg, compute, direction),
            HopComponent.LinuxBridge when direction == DhcpDirection.Request =>
                LinuxBridgeCrossing.Of(compute, leg.LinuxBridge, leg.Tap, inner),
            HopComponent.LinuxBridge =>
                LinuxBridgeCrossing.Of(compute, leg.LinuxBridge, leg.Port.Mac, leg.Tap, inner),
            HopComponent.Veth => Veth(leg, compute, inner),
            _ => KernelStep.Device(HopComponent.Tap, compute, leg.Tap),
        };
    }

    /// <summary>What all parts do, in the order in which the packet meets them, up to the one that loses it.</summary>
    public static IReadOnlyList<KernelStep> Way(DhcpLeg leg, NodeView compute, DhcpDirection direction) =>
        Way([.. s_parts.Select(part => Step(leg, compute, part, direction))], direction);

    /// <summary>What all parts do with any packet of the port, up to the one that loses it.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="compute">The instance's node.</param>
    /// <param name="direction">Request: from the instance. Reply: to it.</param>
    /// <param name="packet">The packet; null for one that iptables does not meet.</param>
    public static IReadOnlyList<KernelStep> Way(
        DhcpLeg leg, NodeView compute, DhcpDirection direction, FilteredPacket? packet) =>
        Way([.. s_parts.Where(part => part != HopComponent.Iptables || packet is not null)
            .Select(part => part == HopComponent.Iptables ? Filter(leg, compute, direction, packet!)
                : Step(leg, compute, part, direction))], direction);

    private static KernelStep[] Way(KernelStep[] steps, DhcpDirection direction)
    {
        KernelStep[] way = [.. direction == DhcpDirection.Request ? steps : steps.AsEnumerable().Reverse()];
        int lost = Array.FindIndex(way, step => step.IsLost);
        return lost < 0 ? way : way[..(lost + 1)];
    }

    private static KernelStep Veth(DhcpLeg leg, NodeView compute, string inner)
    {
        string outer = DeviceNames.VethOvsEnd(leg.Port.PortId);
        KernelStep near = KernelStep.Device(HopComponent.Veth, compute, inner),
            far = KernelStep.Device(HopComponent.Veth, compute, outer);
        return (near.Action == HopAction.Forwarded ? far : near) with { Object = $"{inner} - {outer}" };
    }

    private static KernelStep Filter(DhcpLeg leg, NodeView compute, DhcpDirection direction) =>
        LegFilter.Packet(leg, direction) is { } packet ? Filter(leg, compute, direction, packet)
        : Unmet(leg, compute, direction) is { } step ? step
        : leg.Server is { } server
            ? At(leg, compute, direction) with { Lacks = ("NodeLink", server.Namespace, server.NodeName) }
            : At(leg, compute, direction) with
            {
                Reason = "the network has no DHCP server whose replies could be held against the rules",
            };

    private static KernelStep Filter(DhcpLeg leg, NodeView compute, DhcpDirection direction, FilteredPacket packet) =>
        Unmet(leg, compute, direction)
        ?? Judged(At(leg, compute, direction), compute, NodeFilter.Of(compute).Bridged(packet));

    /// <summary>Where bridged packets do not meet iptables, or its rules are not known; null where it
    /// decides.</summary>
    private static KernelStep? Unmet(DhcpLeg leg, NodeView compute, DhcpDirection direction) =>
        BridgeNetfilter.IsOn(compute) == false
            ? At(leg, compute, direction).Forwards(
                $"bridged packets do not meet iptables ({BridgeNetfilter.Setting} is 0)",
                compute.OutputOf("BridgeNetfilter"))
            : compute.State.Has("Iptables") ? null : At(leg, compute, direction).Missing(compute, "Iptables");

    private static KernelStep At(DhcpLeg leg, NodeView compute, DhcpDirection direction) =>
        new(HopComponent.Iptables, PortChains.Name(leg, compute, direction));

    private static KernelStep Judged(KernelStep step, NodeView compute, IptablesTraversal result)
    {
        // The port's own chain tells more than the rule behind it that accepts what returned from there.
        IptablesRule? own = result.Met.LastOrDefault(rule => rule.Chain == step.Object);
        Evidence?[] evidence = [own?.ToEvidence(),
            ReferenceEquals(own, result.Rule) ? null : result.Evidence ?? compute.OutputOf("Iptables")];
        KernelStep ruled = step with
        {
            Rule = own ?? result.Rule, Evidence = [.. evidence.OfType<Evidence>()], Traversal = result,
        };
        return result.Outcome switch
        {
            IptablesOutcome.Accepted => ruled with { Action = HopAction.Forwarded },
            IptablesOutcome.Unknown when NodeFilter.LacksSet(compute, result) => step.Missing(compute, "IpSet"),
            IptablesOutcome.Unknown => ruled with
            {
                Reason = $"cannot determine whether this rule of iptables decides: {result.Doubt?.RawText.Trim()}",
            },
            _ when BridgeNetfilter.IsOn(compute) is null => step.Missing(compute, "BridgeNetfilter"),
            _ => ruled with
            {
                Rule = result.Rule,
                Action = HopAction.Dropped,
                Reason = $"dropped in {string.Join(" > ", result.Chains)}",
            },
        };
    }
}
