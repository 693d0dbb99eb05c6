using QuantumNet.Simulation.Bridge;
using QuantumNet.Simulation.OpenFlow;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Network;

/// <summary>The way of one packet, or of a port's request and replies.</summary>
internal sealed class OvsTrace
{
    private readonly List<(PacketWay Way, DhcpDirection? Direction)> _parts = [];

    /// <summary>Why a part of it is missing; empty where none is.</summary>
    public string Problem { get; set; } = "";

    /// <summary>Adds a packet's way over nodes; nothing where there is none.</summary>
    public void Add(PacketWay? way, DhcpDirection? direction)
    {
        if (way is not null)
            _parts.Add((way, direction));
    }

    /// <summary>All its steps in order.</summary>
    public IReadOnlyList<OvsTraceStep> Steps()
    {
        var steps = new List<OvsTraceStep>();
        foreach ((PacketWay way, DhcpDirection? direction) in _parts)
        {
            foreach (OvsTraceStep step in TraceSteps.Of(way))
                steps.Add(step with { Sequence = steps.Count + 1, Direction = direction });
        }
        return steps;
    }

    /// <summary>All its steps, each marked where the trace before some change did not have it.</summary>
    public IReadOnlyList<OvsTraceStep> StepsSince(OvsTrace before)
    {
        HashSet<(DhcpDirection?, string, string, string)> known = [.. before.Steps().Select(Identity)];
        return [.. Steps().Select(step => known.Contains(Identity(step)) ? step : step with { IsChanged = true })];
    }

    /// <summary>What the switches themselves can be asked: each bridge that the packet enters from outside.</summary>
    public IEnumerable<SwitchQuestion> Questions() =>
        _parts.SelectMany(part => part.Way.Nodes).Select(trace => new SwitchQuestion(trace));

    private static (DhcpDirection?, string, string, string) Identity(OvsTraceStep step) =>
        (step.Direction, step.ComputerName, step.Bridge, step.Text);
}

/// <summary>A packet that enters a node's bridges, as the switch's own <c>ofproto/trace</c> can be asked about
/// it.</summary>
internal sealed class SwitchQuestion(NodeTrace trace)
{
    /// <summary>The node.</summary>
    public NodeView Node => trace.Node;

    /// <summary>The bridge that it enters.</summary>
    public string Bridge => trace.Trace.Root.Bridge;

    /// <summary>The packet in the words of <c>ofproto/trace</c>; what is not known of it is left out. Ports are named
    /// by their protocol: Open vSwitch 3.1 refuses <c>tp_src</c> behind <c>in_port</c>.</summary>
    public string Packet
    {
        get
        {
            string[] items = [.. PacketText.Format(trace.Trace.Root.Before).Split(',')
                .Where(item => !item.EndsWith("=?", StringComparison.Ordinal))];
            string protocol = items[0].TrimEnd('6');
            return string.Join(',', items.Select(item => item.StartsWith("tp_", StringComparison.Ordinal)
                ? $"{protocol}{item[2..]}" : item));
        }
    }

    /// <summary>Takes the switch's answer: marks each table by it.</summary>
    /// <returns>Whether the switch meets the same flows.</returns>
    public bool Answer(OfprotoTrace answer) =>
        SwitchComparison.Compare(CollectedBridges.Joined(trace.Node), trace.Trace, answer);
}
