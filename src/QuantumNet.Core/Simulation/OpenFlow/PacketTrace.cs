namespace QuantumNet.Simulation.OpenFlow;

/// <summary>One step of a packet through a bridge.</summary>
internal sealed class TraceStep
{
    private List<TraceStep>? _steps;

    /// <summary>The bridge.</summary>
    public required string Bridge { get; init; }

    /// <summary>What happened: <c>bridge</c>, <c>table</c>, <c>action</c>, <c>bucket</c>, <c>action set</c>,
    /// <c>recirculation</c> or <c>note</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The table it happened in.</summary>
    public int Table { get; init; }

    /// <summary>The flow that decided; null where none did.</summary>
    public OvsFlow? Flow { get; init; }

    /// <summary>The action as printed, or what is to be said.</summary>
    public string Text { get; init; } = "";

    /// <summary>The packet before.</summary>
    public required Packet Before { get; init; }

    /// <summary>The packet after it.</summary>
    public Packet After { get; set; } = null!;

    /// <summary>Why it cannot be determined what happens; empty when it can.</summary>
    public string Unknown { get; set; } = "";

    /// <summary>What it led to.</summary>
    public IReadOnlyList<TraceStep> Steps => _steps ?? (IReadOnlyList<TraceStep>)[];

    /// <summary>Adds a step below it.</summary>
    public TraceStep Add(TraceStep step)
    {
        (_steps ??= []).Add(step);
        return step;
    }

    /// <inheritdoc/>
    public override string ToString() => Text.Length > 0 ? Text : Kind;
}

/// <summary>A packet that leaves a bridge.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Port">The port's name; <c>CONTROLLER</c> for a copy to the controller.</param>
/// <param name="Packet">The packet as it leaves.</param>
internal sealed record TraceOutput(string Bridge, string Port, Packet Packet)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Bridge}:{Port} {Packet}";
}

/// <summary>A packet's whole way through the bridges of a node.</summary>
/// <param name="Root">The first step, with all others below it.</param>
/// <param name="Outputs">Where it left.</param>
/// <param name="Error">Why the switch drops it whole, as one of its limits was met; empty when it does not.</param>
internal sealed record PacketTrace(TraceStep Root, IReadOnlyList<TraceOutput> Outputs, string Error)
{
    /// <summary>The steps where it cannot be determined what happens.</summary>
    public IEnumerable<TraceStep> UnknownSteps => Below(Root).Where(step => step.Unknown.Length > 0);

    /// <summary>Whether every step could be told.</summary>
    public bool IsWhole => !UnknownSteps.Any();

    private static IEnumerable<TraceStep> Below(TraceStep step) => step.Steps.SelectMany(Below).Prepend(step);
}

/// <summary>What conntrack answers: what a packet is once it was tracked.</summary>
/// <param name="State">Bits of <c>ct_state</c>.</param>
internal readonly record struct ConntrackAnswer(ulong State)
{
    /// <summary>A new connection, as <c>ofproto/trace</c> takes it when nothing else is said.</summary>
    public static readonly ConntrackAnswer New = new(NewConnection | Tracked);

    private const ulong NewConnection = 1;
    private const ulong Tracked = 0x20;
}

/// <summary>What a trace goes by besides the bridges.</summary>
internal sealed record TraceOptions
{
    /// <summary>All by default.</summary>
    public static readonly TraceOptions Default = new();

    /// <summary>What conntrack says of a packet in a zone.</summary>
    public Func<Packet, int, ConntrackAnswer> Track { get; init; } = (_, _) => ConntrackAnswer.New;

    /// <summary>The frame's length in bytes; null when it is not known.</summary>
    public int? Length { get; init; }
}
