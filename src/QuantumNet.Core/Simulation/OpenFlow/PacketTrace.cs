namespace QuantumNet.Simulation.OpenFlow;

/// <summary>One step of a packet through a bridge.</summary>
internal sealed class TraceStep
{
    private List<TraceStep>? _steps;

    /// <summary>The step that led to it; null for the first.</summary>
    public TraceStep? Above { get; private set; }

    /// <summary>The bridge.</summary>
    public required string Bridge { get; init; }

    /// <summary>What happened: <c>bridge</c>, <c>table</c>, <c>action</c>, <c>bucket</c>, <c>action set</c>,
    /// <c>recirculation</c> or <c>note</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The table it happened in.</summary>
    public int Table { get; init; }

    /// <summary>The flow that decided; null where none did.</summary>
    public OvsFlow? Flow { get; init; }

    /// <summary>Whether that flow is one that a packet before made the switch learn.</summary>
    public bool IsLearned { get; init; }

    /// <summary>The action as printed, or what is to be said.</summary>
    public string Text { get; init; } = "";

    /// <summary>The packet before.</summary>
    public required Packet Before { get; init; }

    /// <summary>The packet after it.</summary>
    public Packet After { get; set; } = null!;

    /// <summary>Why it cannot be determined what happens; empty when it can.</summary>
    public string Unknown { get; set; } = "";

    /// <summary>The collector whose output would answer it, of this bridge; empty when none would.</summary>
    public string Needs { get; set; } = "";

    /// <summary>The address, of no collected node, that a copy leaves for; empty when it stays among those.</summary>
    public string Stranger { get; set; } = "";

    /// <summary>Whether the switch's own trace meets the same flow here; null when it was not compared.</summary>
    public bool? IsConfirmed { get; set; }

    /// <summary>What the switch's own trace meets instead; empty where it does not differ.</summary>
    public string LiveText { get; set; } = "";

    /// <summary>What it led to.</summary>
    public IReadOnlyList<TraceStep> Steps => _steps ?? (IReadOnlyList<TraceStep>)[];

    /// <summary>Adds a step below it.</summary>
    public TraceStep Add(TraceStep step)
    {
        (_steps ??= []).Add(step);
        step.Above = this;
        return step;
    }

    /// <summary>The flows that the packet met on the way to this step, the last one first.</summary>
    public IEnumerable<OvsFlow> FlowsMet()
    {
        for (TraceStep? step = this; step is not null; step = step.Above)
        {
            if (step.Flow is { } flow)
                yield return flow;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text.Length > 0 ? Text : Kind;
}

/// <summary>A packet that leaves a bridge.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Port">The port's name; <c>CONTROLLER</c> for a copy to the controller.</param>
/// <param name="Packet">The packet as it leaves.</param>
/// <param name="Step">The step that sends it.</param>
internal sealed record TraceOutput(string Bridge, string Port, Packet Packet, TraceStep Step)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Bridge}:{Port} {Packet}";
}

/// <summary>A packet's whole way through the bridges of a node.</summary>
/// <param name="Root">The first step, with all others below it.</param>
/// <param name="Outputs">Where it left.</param>
/// <param name="Error">Why the switch drops it whole, as one of its limits was met; empty when it does not.</param>
/// <param name="Learned">What NORMAL learned from it.</param>
/// <param name="LearnedFlows">The flows that <c>learn</c> made of it.</param>
internal sealed record PacketTrace(
    TraceStep Root, IReadOnlyList<TraceOutput> Outputs, string Error, IReadOnlyList<LearnedMac> Learned,
    IReadOnlyList<LearnedFlow> LearnedFlows)
{
    /// <summary>All steps, in the order in which they were taken.</summary>
    public IEnumerable<TraceStep> Steps => Below(Root);

    /// <summary>The steps where it cannot be determined what happens.</summary>
    public IEnumerable<TraceStep> UnknownSteps => Steps.Where(step => step.Unknown.Length > 0);

    /// <summary>Whether every step could be told.</summary>
    public bool IsWhole => !UnknownSteps.Any();

    private static IEnumerable<TraceStep> Below(TraceStep step) => step.Steps.SelectMany(Below).Prepend(step);
}

/// <summary>An address that NORMAL learned of a packet.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Vlan">The VLAN; 0 for none.</param>
/// <param name="Mac">The packet's source address.</param>
/// <param name="Port">The port it came in by.</param>
internal readonly record struct LearnedMac(string Bridge, int Vlan, ulong Mac, string Port);

/// <summary>What conntrack answers: what a packet is once it was tracked.</summary>
/// <param name="State">Bits of <c>ct_state</c>.</param>
internal readonly record struct ConntrackAnswer(ulong State)
{
    /// <summary>A new connection, as <c>ofproto/trace</c> takes it when nothing else is said.</summary>
    public static readonly ConntrackAnswer New = new(NewConnection | Tracked);

    /// <summary>An answer of a connection that is established.</summary>
    public static readonly ConntrackAnswer Reply = new(Established | IsReply | Tracked);

    private const ulong NewConnection = 1, Established = 2, IsReply = 8, Tracked = 0x20;
}

/// <summary>What a trace goes by besides the bridges.</summary>
internal sealed record TraceOptions
{
    /// <summary>All by default.</summary>
    public static readonly TraceOptions Default = new();

    /// <summary>Those of a packet that comes after others: the bridges have learned of them.</summary>
    public static TraceOptions After(PacketTrace[] before) => new()
    {
        Learned = [.. before.SelectMany(trace => trace.Learned)],
        LearnedFlows = new LearnedFlows([.. before.SelectMany(trace => trace.LearnedFlows)]),
    };

    /// <summary>What conntrack says of a packet in a zone.</summary>
    public Func<Packet, int, ConntrackAnswer> Track { get; init; } = (_, _) => ConntrackAnswer.New;

    /// <summary>What the bridges learned of packets before this one; it goes before their MAC tables.</summary>
    public IReadOnlyList<LearnedMac> Learned { get; init; } = [];

    /// <summary>The flows that packets before this one left behind.</summary>
    public LearnedFlows LearnedFlows { get; init; } = LearnedFlows.None;

    /// <summary>The frame's length in bytes; null when it is not known.</summary>
    public int? Length { get; init; }
}
