using QuantumNet.Paths;
using QuantumNet.Simulation.KernelBridge;
using QuantumNet.Simulation.Network;
using QuantumNet.Simulation.OpenFlow;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Reach;

/// <summary>What becomes of a question to an instance and of its answer, by what the nodes hold.</summary>
/// <param name="Action">Forwarded: both arrive. Dropped: one of them does not. Unknown: nobody can say.</param>
internal sealed record ReachWay(HopAction Action)
{
    /// <summary>The node where it is lost, or where it cannot be followed.</summary>
    public string ComputerName { get; init; } = "";

    /// <summary>The bridge, device or chain.</summary>
    public string Object { get; init; } = "";

    /// <summary>Whether that is a filter of the port: its chains, or the tables of the Open vSwitch firewall.</summary>
    public bool IsFiltered { get; init; }

    /// <summary>Whether it is the answer that is lost.</summary>
    public bool IsOfAnswer { get; init; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The lines that show it, the deciding one first.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>What was not collected on that node, and would tell; an empty name where nothing would.</summary>
    public (string Collector, string Subject) Lacks { get; init; } = ("", "");

    /// <summary>What the bridges learned of both packets.</summary>
    public IReadOnlyList<NodeTrace> Traces { get; init; } = [];

    /// <summary>Follows a question and its answer.</summary>
    /// <param name="leg">The leg: it is asked from the DHCP server's device.</param>
    /// <param name="packet">The question.</param>
    /// <param name="before">The traces of packets before it, which taught the bridges.</param>
    public static ReachWay Of(DhcpLeg leg, ReachPacket packet, IReadOnlyList<NodeTrace> before)
    {
        if (leg.ServerEnd is not { } server)
            return new(HopAction.Unknown) { Reason = "the network has no DHCP server" };
        if ((Missing(server) ?? Missing(leg.ComputeEnd)) is { } missing)
            return missing;
        IReadOnlyList<NodeTrace> forth = NetworkTrace.Run(leg.Cloud, server.Node!, server.Port!,
            packet.Switched(leg, isAnswer: false), leg, before);
        // Where the agent answers ARP by flows (arp_responder), the instance is not asked.
        if (packet.Kind == ReachabilityKind.Arp && Arrives(forth, server))
            return new(HopAction.Forwarded) { Traces = [.. before, .. forth] };
        ReachWay? lost = Lost(forth, leg.ComputeEnd) ?? Plug(leg, packet, isAnswer: false)
            ?? Plug(leg, packet, isAnswer: true);
        if (lost is not null)
            return lost with { Traces = [.. before, .. forth] };
        IReadOnlyList<NodeTrace> back = NetworkTrace.Run(leg.Cloud, leg.Compute!, leg.ComputePort!,
            packet.Switched(leg, isAnswer: true), leg, [.. before, .. forth], ConntrackAnswer.Reply);
        ReachWay way = Lost(back, server) is { } ofAnswer ? ofAnswer with { IsOfAnswer = true }
            : new(HopAction.Forwarded);
        return way with { Traces = [.. before, .. forth, .. back] };
    }

    private static ReachWay? Missing(LegEnd end) => end switch
    {
        { Node: null } => new(HopAction.Unknown) { ComputerName = end.NodeName, Reason = end.WhyUnplugged },
        { Port: null } when !end.Node.State.Has("OvsPort") => new(HopAction.Unknown) { ComputerName = end.NodeName,
            Lacks = ("OvsPort", ""), Reason = "Open vSwitch's ports were not collected" },
        { Port: null } => new(HopAction.Dropped) { ComputerName = end.NodeName, Object = end.Device,
            Reason = end.WhyUnplugged,
            Evidence = end.Node.OutputOf("OvsPort") is { } output ? [output] : [] },
        _ => null,
    };

    private static bool Arrives(IReadOnlyList<NodeTrace> traces, LegEnd end) => traces.Any(trace =>
        trace.Node == end.Node && trace.Trace.Outputs.Any(output => output.Port == end.Device));

    /// <summary>Where a packet is lost that should arrive at an end; null where it does.</summary>
    private static ReachWay? Lost(IReadOnlyList<NodeTrace> traces, LegEnd end)
    {
        if (Arrives(traces, end))
            return null;
        NodeTrace last = traces.LastOrDefault(trace => trace.Node == end.Node) ?? traces[0];
        if (!Doubts(last, end).Any())
            last = traces.FirstOrDefault(trace => Doubts(trace, end).Any()) ?? last;
        TraceStep? doubt = Doubts(last, end).FirstOrDefault();
        // Of several copies the one that came farthest tells.
        TraceStep decides = doubt
            ?? last.Trace.Steps.Where(step => step.Flow is not null).MaxBy(step => step.FlowsMet().Count())
            ?? last.Trace.Root;
        OvsFlow? flow = decides.FlowsMet().FirstOrDefault();
        return new(doubt is null ? HopAction.Dropped : HopAction.Unknown)
        {
            ComputerName = last.Node.Name,
            Object = decides.Bridge,
            // The Open vSwitch firewall asks conntrack before its rules (openvswitch_firewall.rst).
            IsFiltered = decides.FlowsMet().Any(met => met.ActionList.Any(action => action.Name == "ct")),
            Reason = doubt?.Unknown ?? (last.Trace.Error.Length > 0 ? last.Trace.Error : Told(last, end)),
            Lacks = doubt is not { Needs: { Length: > 0 } needs } ? ("", "")
                : (needs, needs is "OvsFlow" or "OvsGroup" ? decides.Bridge : ""),
            Evidence = flow is null ? [] : [flow.ToEvidence()],
        };
    }

    // A copy to an address that the wanted node does not have is for another node.
    private static IEnumerable<TraceStep> Doubts(NodeTrace trace, LegEnd end) => trace.Trace.UnknownSteps
        .Where(step => step.Stranger.Length == 0 || end.Node?.ShowsAddresses() != true);

    /// <summary>What is said of the other node where the packet leaves for it and does not come in there.</summary>
    private static string Told(NodeTrace last, LegEnd end) => last.Trace.Steps.LastOrDefault(step =>
        step.Kind == "note" && step.Text.Contains(end.NodeName, StringComparison.Ordinal))?.Text
        ?? "no output leads on";

    /// <summary>What loses it between br-int and the tap of a hybrid plug; null where nothing does.</summary>
    private static ReachWay? Plug(DhcpLeg leg, ReachPacket packet, bool isAnswer)
    {
        if (leg.Plug != PlugKind.Hybrid)
            return null;
        DhcpDirection direction = isAnswer ? DhcpDirection.Request : DhcpDirection.Reply;
        IReadOnlyList<KernelStep> way = HybridPlug.Way(leg, leg.Compute!, direction, packet.Bridged(leg, isAnswer));
        return way.FirstOrDefault(step => step.Action is not HopAction.Forwarded) is not { } step ? null
            : new ReachWay(step.IsLost ? HopAction.Dropped : HopAction.Unknown)
            {
                ComputerName = step.Lacks?.ComputerName ?? leg.ComputeName,
                Lacks = step.Lacks is var (collector, subject, _) ? (collector, subject) : ("", ""),
                Object = step.Object,
                IsFiltered = step.Component == HopComponent.Iptables,
                IsOfAnswer = isAnswer,
                Reason = step.Reason.Length > 0 ? step.Reason : $"{step.Object} was not collected",
                Evidence = step.Evidence,
            };
    }
}
