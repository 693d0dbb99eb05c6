using QuantumNet.Simulation.KernelBridge;
using QuantumNet.Simulation.OpenFlow;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Network;

/// <summary>A trace over nodes as a list of steps: what an output leads to on another node, or in the plug of an
/// instance, stands below it.</summary>
internal sealed class TraceSteps
{
    private readonly ILookup<TraceOutput?, NodeTrace> _byOutput;
    private readonly IReadOnlyDictionary<TraceOutput, IReadOnlyList<KernelStep>> _exits;
    private readonly List<OvsTraceStep> _steps = [];

    private TraceSteps(PacketWay way)
    {
        _byOutput = way.Nodes.Skip(1).ToLookup(trace => trace.From);
        _exits = way.Exits;
    }

    /// <summary>The steps of a packet's way in the order in which they are taken, those of a plug included.</summary>
    public static IReadOnlyList<OvsTraceStep> Of(PacketWay way)
    {
        var list = new TraceSteps(way);
        foreach (KernelStep step in way.Entry)
            list.Add(way.Node, step, way.Packet, 0);
        if (way.Nodes.Count > 0)
            list.Add(way.Nodes[0], 0);
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
            foreach (KernelStep next in _exits.GetValueOrDefault(output, []))
                Add(trace.Node, next, output.Packet, depth + 2);
        }
        foreach (TraceStep below in step.Steps)
            Add(trace, below, outputs, depth + 1);
    }

    private void Add(NodeView node, KernelStep step, Packet packet, int depth) => _steps.Add(new()
    {
        Sequence = _steps.Count + 1, Depth = depth, ComputerName = node.Name,
        Bridge = step.Component == HopComponent.LinuxBridge ? step.Object : "",
        Kind = step.Component switch
        {
            HopComponent.Iptables => "iptables", HopComponent.LinuxBridge => "linux bridge", _ => "device",
        },
        Device = step.Component is HopComponent.Tap or HopComponent.Veth ? step.Object : "",
        Text = TextOf(step), Rule = step.Rule, Packet = packet.ToString(),
        PacketAfter = step.IsLost ? "" : packet.ToString(),
        Unknown = step.Action != HopAction.Unknown ? ""
            : step.Lacks is var (collector, subject, of)
            ? $"{collector}{(subject.Length > 0 ? $" of {subject}" : "")} was not collected on {of}" : step.Reason,
        Needs = step.Lacks?.Collector ?? "",
    });

    private static string TextOf(KernelStep step)
    {
        string name = step.Component == HopComponent.Iptables ? $"iptables, {step.Object}" : step.Object;
        return step.Action switch
        {
            HopAction.Dropped when step.Traversal is { } traversal =>
                $"{name}: {step.Reason} by {Uncounted(step.Rule?.RawText ?? traversal.Policy?.RawText ?? "")}",
            HopAction.Dropped => $"{step.Reason}: it is dropped",
            HopAction.Forwarded when step.Rule is { } rule => $"{name}: {Uncounted(rule.RawText)}",
            HopAction.Forwarded when step.Reason.Length > 0 => $"{name}: {step.Reason}",
            HopAction.Forwarded => $"{name} passes it on",
            _ => name,
        };
    }

    // [12:3456] -A FORWARD ...; :FORWARD DROP [12:3456]
    private static string Uncounted(string line)
    {
        int open = line.IndexOf('['), close = line.IndexOf(']');
        bool isCounted = (line.StartsWith('[') || line.StartsWith(':')) && close > open && open >= 0;
        return (isCounted ? line.Remove(open, close - open + 1) : line).Trim();
    }

    // Without the counters of the dump, which are in the flow.
    private static string TextOf(TraceStep step) => step.Flow is not { } flow ? step.Text
        : $"table {flow.Table}: priority={flow.Priority}{(flow.Match.Length > 0 ? "," : "")}{flow.Match} "
            + $"actions={string.Join(',', flow.Actions)}{(step.IsLearned ? " (learned of the request)" : "")}";

    private OvsTraceStep Step(NodeTrace trace, TraceStep step, int depth) => new()
    {
        Sequence = _steps.Count + 1, Depth = depth, ComputerName = trace.Node.Name, Bridge = step.Bridge,
        Kind = step.Kind, Table = step.Kind is "bridge" ? null : step.Table, Text = TextOf(step), Flow = step.Flow,
        Packet = step.Before.ToString(), PacketAfter = step.After?.ToString() ?? "", Unknown = step.Unknown,
        Needs = step.Needs, IsConfirmed = step.IsConfirmed, LiveText = step.LiveText,
    };
}
