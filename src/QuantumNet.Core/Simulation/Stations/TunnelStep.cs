using QuantumNet.Paths;
using QuantumNet.Simulation.Tunnel;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Stations;

/// <summary>Tells whether an end's tunnel leads to the other end, and, where packets come in, whether the firewalls on
/// their way accept them.</summary>
internal static class TunnelStep
{
    /// <summary>The step.</summary>
    public static PathStep Of(DhcpLeg leg, Station station)
    {
        Hop hop = PathStep.At(station);
        (LegEnd end, LegEnd peer) = leg.EndsApart().First(pair => pair.End.Sends == station.End!.Sends);
        TunnelLink link = TunnelLink.Of(leg, end, peer);
        if (link.Lacks is var (node, collector))
            return new PathStep(hop, new Need(node, collector));
        if (link.Flaw != TunnelFlaw.None)
            return PathStep.Drops(hop, link.Message.TrimEnd('.'), link.Evidence);
        OvsPort tunnel = TunnelMesh.To(leg, end, peer)!;
        if (WrongKey(tunnel, station.Direction == end.Sends, leg.Segment) is { } wrong)
            return PathStep.Drops(hop, wrong, tunnel.ToEvidence());
        PathStep passes = PathStep.Forwards(hop, "", link.Evidence);
        return station.Direction == end.Receives && FirewallPassage.Of(leg, end, peer) is { } passage
            ? Guarded(passes, passage) : passes;
    }

    // Flows set the key, and ask for it, only where the tunnel leaves it to them (ovs-vswitchd.conf.db(5)).
    private static string? WrongKey(OvsPort tunnel, bool sends, long? segment)
    {
        string key = tunnel.TunnelKey(sends ? "out_key" : "in_key") is { Length: > 0 } set ? set : "0";
        return key == "flow" || segment is null || (sends && FlowRoles.Number(key) == segment) ? null
            : sends ? $"it sends with key {key}, not {segment}"
            : $"it accepts key {key} only, and passes none on to the flows";
    }

    private static PathStep Guarded(PathStep passes, FirewallPassage passage)
    {
        string node = passage.Firewall.Node.Name;
        if (passage is { IsLost: true, Firewall.IsBypassed: false, Answer: { } answer })
            return PathStep.Drops(passes.Hop,
                $"{answer.Tool} on {node} drops {passage.Packet!.Name} in {answer.Way}", answer.Evidence);
        if (!passage.IsOpen)
            return passes;
        return passage.Lacks is var (collector, subject)
            ? new PathStep(passes.Hop with { Action = HopAction.Unknown }, new Need(node, collector, subject))
            : PathStep.Untold(passes.Hop with { Action = HopAction.Unknown },
                $"cannot determine whether {passage.Answer!.Tool} on {node} accepts {passage.Packet!.Name}: "
                    + passage.Answer.Doubt, passage.Answer.Evidence);
    }
}
