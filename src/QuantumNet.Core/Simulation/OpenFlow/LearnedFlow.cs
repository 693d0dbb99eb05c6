namespace QuantumNet.Simulation.OpenFlow;

/// <summary>A flow that <c>learn</c> adds.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Table">The table.</param>
/// <param name="Flow">The flow, as <c>ovs-ofctl dump-flows</c> would print it; its place is that of the flow that
/// learned it. Null where it cannot be determined.</param>
/// <param name="Unknown">Why it cannot be determined; empty when it can.</param>
internal sealed record LearnedFlow(string Bridge, int Table, OvsFlow? Flow, string Unknown);

/// <summary>The flows that packets before this one left behind, beside those of the bridges.</summary>
internal sealed class LearnedFlows(IReadOnlyList<LearnedFlow> flows)
{
    private readonly Dictionary<(string Bridge, int Table), FlowTable> _tables = [];

    /// <summary>None.</summary>
    public static readonly LearnedFlows None = new([]);

    /// <summary>What decides on a packet in a table once what was learned is there, too. A learned flow takes the place
    /// of one with the same match and priority.</summary>
    public FlowLookup Decide(Bridge.SwitchBridge bridge, int table, FlowLookup dumped, Packet packet)
    {
        if (flows.Count == 0 || !flows.Any(flow => flow.Bridge == bridge.Name && flow.Table == table))
            return dumped;
        if (flows.FirstOrDefault(flow => flow.Bridge == bridge.Name && flow.Table == table && flow.Flow is null) is
            { } unknown)
            return new FlowLookup(null, unknown.Unknown);
        FlowLookup learned = TableOf(bridge, table).Find(packet);
        if (learned.Flow is not { } flow || flow.Priority < dumped.Flow?.Priority)
            return dumped;
        if (dumped.Flow is not { } other || flow.Priority > other.Priority)
            return learned;
        if (flow.Flow.Actions.AsSpan().SequenceEqual(other.Flow.Actions))
            return dumped;
        return flow.Match.IsSameAs(other.Match) ? learned : new FlowLookup(flow,
            "another flow of the same priority matches too, and the switch may take either: "
                + $"{other.Flow.RawText.Trim()}");
    }

    private FlowTable TableOf(Bridge.SwitchBridge bridge, int table)
    {
        if (!_tables.TryGetValue((bridge.Name, table), out FlowTable? known))
        {
            var reader = new FlowMatchReader();
            // What was learned last is what the switch has.
            IEnumerable<OvsFlow> own = flows.Where(flow => flow.Bridge == bridge.Name && flow.Table == table)
                .Select(flow => flow.Flow!).Reverse().DistinctBy(flow => (flow.Priority, flow.Match)).Reverse();
            _tables[(bridge.Name, table)] = known =
                new FlowTable(own.Select(flow => new CompiledFlow(flow, reader, bridge.NumberOf)
                {
                    IsLearned = true,
                }));
        }
        return known;
    }
}
