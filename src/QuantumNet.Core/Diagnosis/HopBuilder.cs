using QuantumNet.Checks.Iptables;
using QuantumNet.Paths;

namespace QuantumNet.Diagnosis;

/// <summary>Lays out the ordered hops of a leg in both directions and marks where findings break it.</summary>
internal static class HopBuilder
{
    /// <summary>The hops, request first, then reply.</summary>
    public static Hop[] Build(LegVerdict verdict)
    {
        List<Hop> request = [.. RequestHops(verdict.Leg)];
        List<Hop> reply = [.. Enumerable.Reverse(request).Select(hop => AsReply(verdict.Leg, hop))];
        Mark(request, verdict, DhcpDirection.Request);
        Mark(reply, verdict, DhcpDirection.Reply);
        return [.. request, .. reply];
    }

    private static IEnumerable<Hop> RequestHops(DhcpLeg leg)
    {
        foreach (Hop hop in leg.Kind.IsFollowed() ? InstanceHops(leg) : [])
            yield return hop;
        if (leg.IsServedByAgent)
            yield break;
        if (leg.ServerEnd is { } server)
        {
            if (!leg.IsOneNode && leg.Kind.IsFollowed())
            {
                foreach (Hop hop in WireHops(leg, leg.ComputeEnd, server))
                    yield return hop;
                yield return Bridge(leg, server, server.Node?.IntegrationBridge ?? "br-int");
            }
            yield return Make(server.NodeName, HopComponent.Namespace, leg.Server!.InnerLink?.Device ?? leg.Server.OvsDevice, leg.Server.InnerLink?.ToEvidence(), leg.Server.Namespace);
            DhcpServer? dnsmasq = server.Node?.DhcpServersOf(leg.Port.NetworkId).FirstOrDefault();
            yield return Make(server.NodeName, HopComponent.Dnsmasq, dnsmasq is null ? "dnsmasq" : $"dnsmasq {dnsmasq.ProcessId}", dnsmasq?.ToEvidence())
                with { Action = HopAction.Answered, Rule = HostLine(leg) };
        }
    }

    private static IEnumerable<Hop> InstanceHops(DhcpLeg leg)
    {
        string port = leg.Port.PortId;
        yield return Make(leg.ComputeName, HopComponent.Tap, leg.Tap, leg.Compute?.Link(leg.Tap)?.ToEvidence());
        if (leg.Plug != PlugKind.Direct)
        {
            yield return IptablesHop(leg, DhcpDirection.Request);
            yield return Make(leg.ComputeName, HopComponent.LinuxBridge, leg.LinuxBridge, leg.Compute?.Link(leg.LinuxBridge)?.ToEvidence());
            yield return Make(leg.ComputeName, HopComponent.Veth, DeviceNames.VethBridgeEnd(port) + " - " + DeviceNames.VethOvsEnd(port), leg.Compute?.Link(DeviceNames.VethOvsEnd(port))?.ToEvidence());
        }
        Hop bridge = Bridge(leg, leg.ComputeEnd, leg.Compute?.IntegrationBridge ?? "br-int");
        yield return leg.IsServedByAgent ? bridge with { Action = HopAction.Answered, Reason = "the OVS agent answers" } : bridge;
    }

    private static IEnumerable<Hop> WireHops(DhcpLeg leg, LegEnd from, LegEnd to)
    {
        List<Hop> far = [.. NodeWire(leg, to, from)];
        far.Reverse();
        foreach (Hop hop in NodeWire(leg, from, to))
            yield return hop;
        yield return Make(from.NodeName, HopComponent.Underlay, $"{from.NodeName} - {to.NodeName}", null, leg.NetworkType.Length > 0 ? $"{leg.NetworkType} {leg.Segment}" : "");
        foreach (Hop hop in far)
            yield return hop;
    }

    private static IEnumerable<Hop> NodeWire(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (leg.IsPhysical)
        {
            PhysicalBridge? physical = end.Node is null ? null : PhysicalBridges.Find(leg, end.Node);
            yield return Make(end.NodeName, HopComponent.Patch, physical?.Near?.Device ?? "int-br-?", physical?.Near?.ToEvidence());
            yield return Segment(leg, end, physical?.Name ?? "br-?");
            yield break;
        }
        string tunnelBridge = end.Node is { TunnelBridge.Length: > 0 } node ? node.TunnelBridge : "br-tun";
        OvsPort? patch = end.Node?.PortsOf(end.Node.IntegrationBridge).FirstOrDefault(port => port.Type == "patch" && end.Node.OvsPort(port.Peer)?.Bridge == tunnelBridge);
        yield return Make(end.NodeName, HopComponent.Patch, patch?.Device ?? "patch-tun", patch?.ToEvidence());
        yield return Segment(leg, end, tunnelBridge);
        OvsPort? tunnel = TunnelMesh.To(leg, end, peer);
        yield return Make(end.NodeName, HopComponent.Tunnel, tunnel?.Device ?? $"tunnel to {peer.NodeName}", tunnel?.ToEvidence());
    }

    private static Hop Segment(DhcpLeg leg, LegEnd end, string bridge)
    {
        SegmentFlow? flow = end.Node is null || leg.Segment is null ? null
            : leg.IsPhysical ? PhysicalBridges.Outbound(leg, end.Node).FirstOrDefault()
            : end.Node.FlowsOf(bridge).ToTunnel.Find(one => one.Segment == leg.Segment && FlowRoles.TakesBroadcast(one.Flow));
        Hop hop = Make(end.NodeName, HopComponent.OvsBridge, bridge, flow?.Flow.ToEvidence());
        return flow is null ? hop : hop with { Action = HopAction.Rewritten, Rule = flow.Flow.RawText.Trim(), Reason = $"VLAN {flow.Vlan} - {leg.NetworkType} {flow.Segment}" };
    }

    private static Hop Bridge(DhcpLeg leg, LegEnd end, string bridge) =>
        Make(end.NodeName, HopComponent.OvsBridge, bridge, end.Port?.ToEvidence(), end.Port?.Tag is int tag ? $"{end.Device} on VLAN {tag}" : end.Device);

    private static Hop IptablesHop(DhcpLeg leg, DhcpDirection direction)
    {
        PortChains? chains = leg.Compute is null ? null : PortChains.Find(leg, leg.Compute);
        string? chain = direction == DhcpDirection.Request ? chains?.Output : chains?.Input;
        string letter = direction == DhcpDirection.Request ? "o" : "i";
        IptablesResult? result = leg.Compute is null || !leg.Compute.State.Has("Iptables") || DhcpPacketHeaders.Of(leg, direction) is not { } packet ? null
            : IptablesWalk.Forward(leg.Compute, packet);
        return Make(leg.ComputeName, HopComponent.Iptables, chain ?? $"chain {letter}{DeviceNames.ChainSuffix(leg.Port.PortId)}", result?.Evidence)
            with { Rule = result?.Rule?.RawText.Trim() ?? "" };
    }

    private static string HostLine(DhcpLeg leg) =>
        leg.Server?.Node?.DhcpHostsOf(leg.Port.NetworkId).FirstOrDefault(line => line.Mac == leg.Port.Mac)?.RawText.Trim() ?? "";

    private static Hop AsReply(DhcpLeg leg, Hop hop) => hop.Component switch
    {
        HopComponent.Iptables => IptablesHop(leg, DhcpDirection.Reply) with { Direction = DhcpDirection.Reply },
        HopComponent.OvsBridge when hop.Action == HopAction.Rewritten => Inbound(leg, hop) with { Direction = DhcpDirection.Reply },
        HopComponent.Underlay => hop with { Direction = DhcpDirection.Reply, ComputerName = leg.Server?.NodeName ?? hop.ComputerName },
        _ => hop with { Direction = DhcpDirection.Reply },
    };

    // On the way in, the flow that maps the segment to the VLAN is another one.
    private static Hop Inbound(DhcpLeg leg, Hop hop)
    {
        NodeView? node = leg.Cloud.Node(hop.ComputerName);
        if (node is null || leg.IsPhysical || !CloudView.SameHost(hop.ComputerName, leg.ComputeName))
            return hop;
        SegmentFlow? flow = node.FlowsOf(hop.Object).FromTunnel.Find(one => one.Segment == leg.Segment);
        return flow is null ? hop : hop with { Rule = flow.Flow.RawText.Trim(), Evidence = [flow.Flow.ToEvidence()] };
    }

    private static Hop Make(string node, HopComponent component, string @object, Evidence? evidence, string reason = "") => new()
    {
        Direction = DhcpDirection.Request,
        ComputerName = node,
        Component = component,
        Object = @object,
        Action = HopAction.Forwarded,
        Reason = reason,
        Evidence = evidence is null ? [] : [evidence],
    };

    private static void Mark(List<Hop> hops, LegVerdict verdict, DhcpDirection direction)
    {
        bool lost = false;
        for (int i = 0; i < hops.Count; i++)
        {
            Hop hop = hops[i] with { Sequence = i + 1 };
            Finding? broken = lost ? null : verdict.Findings.FirstOrDefault(finding => Breaks(finding, hop, direction));
            hops[i] = broken is { Status: FindingStatus.Unknown } ? hop with { Action = HopAction.Unknown, Reason = broken.Message }
                : broken is not null ? hop with { Action = HopAction.Dropped, Reason = broken.Message, Rule = broken.Evidence.FirstOrDefault()?.Text.Trim() ?? hop.Rule, Evidence = broken.Evidence }
                : lost ? hop with { Action = HopAction.Unknown, Reason = "not reached" }
                : hop;
            lost |= broken is { Status: FindingStatus.Fail };
        }
    }

    private static bool Breaks(Finding finding, Hop hop, DhcpDirection direction)
    {
        if (finding.At != hop.Component || finding.Severity != CheckSeverity.Error || !CloudView.SameHost(finding.ComputerName, hop.ComputerName)
            || (finding.Direction is { } only && only != direction))
            return false;
        if (hop.Component is HopComponent.OvsBridge)
            return finding.Object == hop.Object || (!finding.Object.StartsWith("br-", StringComparison.Ordinal) && hop.Action != HopAction.Rewritten);
        return true;
    }
}
