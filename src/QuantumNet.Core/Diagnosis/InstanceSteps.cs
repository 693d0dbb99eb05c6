using QuantumNet.Faults.Iptables;
using QuantumNet.Paths;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Simulation.KernelBridge;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>The hops of the instance's node, from its tap to br-int.</summary>
internal static class InstanceSteps
{
    /// <summary>The hops in the order in which a request meets them.</summary>
    public static IEnumerable<PathStep> Of(DhcpLeg leg, DhcpDirection direction)
    {
        Hop tap = PathStep.At(direction, leg.ComputeName, HopComponent.Tap, leg.Tap);
        if (leg.Compute is not { } compute)
            return [PathStep.Missing(tap, "NodeLink")];
        PathStep first = leg.Kind == PortKind.VhostUser
            ? PathStep.Untold(tap, "a vhost-user socket, which is not followed")
            : PathStep.Device(tap, compute, leg.Tap);
        IEnumerable<PathStep> plug = leg.Plug switch
        {
            PlugKind.Hybrid => [Filter(leg, compute, direction), LinuxBridge(leg, compute, direction),
                Veth(leg, compute, direction)],
            _ => [],
        };
        return [first, .. plug, IntegrationBridge(leg, compute, direction)];
    }

    private static PathStep Filter(DhcpLeg leg, NodeView compute, DhcpDirection direction)
    {
        PortChains chains = PortChains.Find(leg, compute);
        string chain = (direction == DhcpDirection.Request ? chains.Output : chains.Input)
            ?? $"chain {(direction == DhcpDirection.Request ? "o" : "i")}{DeviceNames.ChainSuffix(leg.Port.PortId)}";
        Hop hop = PathStep.At(direction, compute.Name, HopComponent.Iptables, chain);
        if (BridgeNetfilter.IsOn(compute) == false)
            return PathStep.Forwards(hop, $"bridged packets do not meet iptables ({BridgeNetfilter.Setting} is 0)",
                compute.OutputOf("BridgeNetfilter"));
        if (!compute.State.Has("Iptables"))
            return PathStep.Missing(hop, "Iptables");
        if (LegFilter.Packet(leg, direction) is not { } packet)
            return leg.Server is null
                ? PathStep.Untold(hop, "the network has no DHCP server whose replies could be held against the rules")
                : PathStep.Missing(hop with { ComputerName = leg.Server.NodeName }, "NodeLink", leg.Server.Namespace)
                    with { Hop = hop };
        return Judged(hop, compute, NodeFilter.Of(compute).Bridged(packet));
    }

    private static PathStep Judged(Hop hop, NodeView compute, IptablesTraversal result)
    {
        // The port's own chain tells more than the rule behind it that accepts what returned from there.
        IptablesRule? own = result.Met.LastOrDefault(rule => rule.Chain == hop.Object);
        Evidence?[] evidence = [own?.ToEvidence(),
            ReferenceEquals(own, result.Rule) ? null : result.Evidence ?? compute.OutputOf("Iptables")];
        Hop ruled = hop with { Rule = (own ?? result.Rule)?.RawText.Trim() ?? "",
            Evidence = [.. evidence.OfType<Evidence>()] };
        return result.Outcome switch
        {
            IptablesOutcome.Accepted => new PathStep(ruled with { Action = HopAction.Forwarded }),
            IptablesOutcome.Dropped or IptablesOutcome.Rejected when BridgeNetfilter.IsOn(compute) is null =>
                PathStep.Missing(hop, "BridgeNetfilter"),
            IptablesOutcome.Dropped or IptablesOutcome.Rejected => new PathStep(ruled with
            {
                Rule = result.Rule?.RawText.Trim() ?? "",
                Action = HopAction.Dropped,
                Reason = $"dropped in {string.Join(" > ", result.Chains)}",
            }),
            _ => PathStep.Untold(ruled,
                $"cannot determine whether this rule of iptables decides: {result.Doubt?.RawText.Trim()}"),
        };
    }

    private static PathStep LinuxBridge(DhcpLeg leg, NodeView compute, DhcpDirection direction)
    {
        Hop hop = PathStep.At(direction, compute.Name, HopComponent.LinuxBridge, leg.LinuxBridge);
        if (!compute.State.Has("NodeLink") && !compute.State.Has("LinuxBridge"))
            return PathStep.Missing(hop, "NodeLink");
        string[] ends = [leg.Tap, DeviceNames.VethBridgeEnd(leg.Port.PortId)];
        if (Array.Find(ends, end => compute.LinuxBridgeOf(end) != leg.LinuxBridge) is { } astray)
            return compute.TellsBridges ? PathStep.Drops(hop, $"{astray} is not in {leg.LinuxBridge}",
                    compute.Link(astray)?.ToEvidence() ?? compute.OutputOf("LinuxBridge"))
                : PathStep.Missing(hop, "LinuxBridge");
        Evidence? listed = compute.State.LinuxBridges.Find(bridge => bridge.Bridge == leg.LinuxBridge)?.ToEvidence();
        return compute.Link(leg.LinuxBridge) switch
        {
            { IsUp: false } link => PathStep.Drops(hop, $"{link.Device} is down", link.ToEvidence()),
            { } link => PathStep.Forwards(hop, "", link.ToEvidence(), compute.Link(leg.Tap)?.ToEvidence()),
            null => listed is null ? PathStep.Missing(hop, "LinuxBridge") : PathStep.Forwards(hop, "", listed),
        };
    }

    private static PathStep Veth(DhcpLeg leg, NodeView compute, DhcpDirection direction)
    {
        string inner = DeviceNames.VethBridgeEnd(leg.Port.PortId), outer = DeviceNames.VethOvsEnd(leg.Port.PortId);
        Hop hop = PathStep.At(direction, compute.Name, HopComponent.Veth, $"{inner} - {outer}");
        PathStep near = PathStep.Device(hop, compute, inner), far = PathStep.Device(hop, compute, outer);
        return near.Hop.Action == HopAction.Forwarded ? far : near;
    }

    private static PathStep IntegrationBridge(DhcpLeg leg, NodeView compute, DhcpDirection direction)
    {
        Hop hop = PathStep.At(direction, compute.Name, HopComponent.OvsBridge, compute.IntegrationBridge);
        if (leg.IsServedByAgent)
            return new PathStep(hop with
            {
                Action = HopAction.Answered,
                Reason = "the OVS agent answers",
                Evidence = [.. compute.FlowsOf(compute.IntegrationBridge).DhcpToController
                    .Where(flow => FlowRoles.IsFrom(flow, leg.OvsDevice, leg.ComputePort?.OfPort)).Take(1)
                    .Select(flow => flow.ToEvidence())],
            });
        if (!compute.State.Has("OvsPort"))
            return PathStep.Missing(hop, "OvsPort");
        if (leg.Server is null)
            return PathStep.Untold(hop, "nothing tells which DHCP server the request goes to");
        BridgeExit exit = BridgeExit.Of(leg, leg.ComputeEnd, compute);
        return BridgeStep.Of(leg, direction, exit.Crossing(leg, leg.ComputeEnd, compute, direction));
    }
}
