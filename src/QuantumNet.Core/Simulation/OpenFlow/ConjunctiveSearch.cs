namespace QuantumNet.Simulation.OpenFlow;

/// <summary>Finds whether flows of conjunctions that match make up a whole conjunctive match (ovs-fields(7),
/// lib/classifier.c): one flow of each clause, all of one priority, and a flow on <c>conj_id</c>
/// to go on with.</summary>
internal sealed class ConjunctiveSearch(FlowTable table, Packet packet, CompiledFlow? hard, List<CompiledFlow> soft)
{
    private CompiledFlow? _hard = hard;

    /// <summary>The flow that decides.</summary>
    public FlowLookup Find()
    {
        while (true)
        {
            soft.RemoveAll(flow => _hard is not null && flow.Priority <= _hard.Priority);
            if (soft.Count == 0)
                return _hard is { Match.Unmodelled.Length: > 0 } doubtful
                    ? new FlowLookup(doubtful,
                        $"this flow also asks for {doubtful.Match.Unmodelled}, which is not modelled")
                    : new FlowLookup(_hard);
            if (soft.Find(flow => flow.Match.Unmodelled.Length > 0) is { } unclear)
                return new FlowLookup(unclear,
                    $"this flow also asks for {unclear.Match.Unmodelled}, which is not modelled");
            int highest = soft.Max(flow => flow.Priority);
            if (Whole(highest) is FlowLookup found)
                return found;
            Lower(highest);
        }
    }

    private FlowLookup? Whole(int priority)
    {
        var clauses = new Dictionary<uint, ulong>();
        foreach (CompiledFlow flow in soft)
        {
            if (flow.Priority != priority)
                continue;
            foreach (Conjunction part in flow.Conjunctions)
            {
                ulong met = clauses.GetValueOrDefault(part.Id) | (1UL << (part.Clause - 1));
                clauses[part.Id] = met;
                if (System.Numerics.BitOperations.PopCount(met) == part.ClauseCount
                    && Continue(part.Id) is FlowLookup found)
                    return found;
            }
        }
        return null;
    }

    private FlowLookup? Continue(uint id)
    {
        Packet asked = packet.Clone();
        asked[PacketFields.ConjunctionId] = id;
        FlowLookup found = table.FindAlone(asked);
        return found.Flow is null && found.Unknown.Length == 0 ? null : found;
    }

    /// <summary>Goes on with the flows of the same matches and lower priorities.</summary>
    private void Lower(int priority)
    {
        for (int i = soft.Count - 1; i >= 0; i--)
        {
            if (soft[i].Priority != priority)
                continue;
            CompiledFlow? next = soft[i].Next;
            if (next is null || next.Conjunctions.Length == 0)
            {
                if (next is not null && (_hard is null || next.Priority > _hard.Priority))
                    _hard = next;
                soft.RemoveAt(i);
            }
            else
            {
                soft[i] = next;
            }
        }
    }
}
