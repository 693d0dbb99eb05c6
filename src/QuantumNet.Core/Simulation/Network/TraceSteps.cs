using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Simulation.Network;

/// <summary>A trace over nodes as a list of steps: what an output leads to on another node stands below it.</summary>
internal sealed class TraceSteps
{
    private readonly ILookup<TraceOutput?, NodeTrace> _byOutput;
    private readonly List<OvsTraceStep> _steps = [];

    private TraceSteps(IReadOnlyList<NodeTrace> traces) =>
        _byOutput = traces.Skip(1).ToLookup(trace => trace.From);

    /// <summary>The steps in the order in which they are taken.</summary>
    public static IReadOnlyList<OvsTraceStep> Of(IReadOnlyList<NodeTrace> traces)
    {
        var list = new TraceSteps(traces);
        if (traces.Count > 0)
            list.Add(traces[0], 0);
        return list._steps;
    }

    private void Add(NodeTrace trace, int depth)
    {
        ILookup<TraceStep, TraceOutput> outputs = trace.Trace.Outputs.ToLookup(output => output.Step);
        Add(trace, trace.Trace.Root, outputs, depth);
        if (trace.Trace.Error.Length > 0)
            _steps.Add(Step(trace, trace.Trace.Root, depth + 1) with { Kind = "note", Text = trace.Trace.Error });
    }

    private void Add(NodeTrace trace, TraceStep step, ILookup<TraceStep, TraceOutput> outputs, int depth)
    {
        OvsTraceStep shown = Step(trace, step, depth);
        _steps.Add(step == trace.Trace.Root
            ? shown with { Text = $"{step.Bridge}, by {trace.Device}", Device = trace.Device } : shown);
        foreach (TraceOutput output in outputs[step])
        {
            _steps.Add(Step(trace, step, depth + 1) with
            {
                Kind = "output", Text = $"leaves by {output.Port}", Device = output.Port, Flow = null, Unknown = "",
                Needs = "", IsConfirmed = null, LiveText = "", Packet = output.Packet.ToString(),
                    PacketAfter = output.Packet.ToString(),
            });
            foreach (NodeTrace next in _byOutput[output])
                Add(next, depth + 2);
        }
        foreach (TraceStep below in step.Steps)
            Add(trace, below, outputs, depth + 1);
    }

    // Without the counters of the dump, which are in the flow.
    private static string TextOf(TraceStep step) => step.Flow is not { } flow ? step.Text
        : $"table {flow.Table}: priority={flow.Priority}{(flow.Match.Length > 0 ? "," : "")}{flow.Match} "
            + $"actions={string.Join(',', flow.Actions)}";

    private OvsTraceStep Step(NodeTrace trace, TraceStep step, int depth) => new()
    {
        Sequence = _steps.Count + 1, Depth = depth, ComputerName = trace.Node.Name, Bridge = step.Bridge,
        Kind = step.Kind, Table = step.Kind is "bridge" ? null : step.Table, Text = TextOf(step), Flow = step.Flow,
        Packet = step.Before.ToString(), PacketAfter = step.After?.ToString() ?? "", Unknown = step.Unknown,
        Needs = step.Needs, IsConfirmed = step.IsConfirmed, LiveText = step.LiveText,
    };
}
