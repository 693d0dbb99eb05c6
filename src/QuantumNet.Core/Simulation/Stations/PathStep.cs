using QuantumNet.Paths;
using QuantumNet.Simulation.KernelBridge;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Stations;

/// <summary>What was not collected: of which collector, on which node, about what.</summary>
internal sealed record Need(string ComputerName, string Collector, string Subject = "");

/// <summary>What a station does with its packet, as its own node shows it: forwarded only on a line of that
/// node.</summary>
/// <param name="Hop">The station with what becomes of the packet there.</param>
/// <param name="Lacks">What would show more of it; null when nothing would.</param>
internal sealed record PathStep(Hop Hop, Need? Lacks = null)
{
    /// <summary>A station of which nothing is known yet.</summary>
    public static Hop At(Station station) => new()
    {
        Sequence = station.Sequence, Direction = station.Direction, ComputerName = station.Place.ComputerName,
        Component = station.Place.Component, Object = station.Place.Name, Action = HopAction.Unknown,
    };

    /// <summary>A station whose evidence was not collected.</summary>
    public static PathStep Missing(Hop hop, string collector, string subject = "") =>
        new(hop, new Need(hop.ComputerName, collector, subject));

    /// <summary>A station of which what was collected tells too little.</summary>
    public static PathStep Untold(Hop hop, string reason, params Evidence?[] evidence) =>
        new(hop with { Reason = reason, Evidence = [.. evidence.OfType<Evidence>()] });

    /// <summary>The same with the rule that may decide.</summary>
    public PathStep WithRule(string? rule) => this with { Hop = Hop with { Rule = rule?.Trim() ?? "" } };

    /// <summary>A station that passes the packet on, as these lines show.</summary>
    public static PathStep Forwards(Hop hop, string reason, params Evidence?[] evidence) =>
        new(hop with { Action = HopAction.Forwarded, Reason = reason, Evidence = [.. evidence.OfType<Evidence>()] });

    /// <summary>A station that loses it.</summary>
    public static PathStep Drops(Hop hop, string reason, params Evidence?[] evidence)
    {
        Evidence[] lines = [.. evidence.OfType<Evidence>()];
        return new(hop with { Action = HopAction.Dropped, Reason = reason,
            Rule = lines.Length > 0 ? lines[0].Text.Trim() : "", Evidence = lines });
    }

    /// <summary>A network device that must be there and up.</summary>
    public static PathStep Device(Hop hop, NodeView node, string device, string @namespace = "") =>
        Of(hop, KernelStep.Device(hop.Component, node, device, @namespace));

    /// <summary>A part of a node's kernel.</summary>
    public static PathStep Of(Hop hop, KernelStep step) => new(
        hop with
        {
            Action = step.Action,
            Reason = step.Reason,
            Rule = step.Rule?.RawText.Trim() ?? (!step.IsLost ? ""
                : (step.Traversal?.Evidence ?? (step.Evidence.Count > 0 ? step.Evidence[0] : null))?.Text.Trim() ?? ""),
            Evidence = [.. step.Evidence],
        },
        step.Lacks is var (collector, subject, node) ? new Need(node, collector, subject) : null);
}
