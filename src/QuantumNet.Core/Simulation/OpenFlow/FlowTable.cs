namespace QuantumNet.Simulation.OpenFlow;

/// <summary>What a table's lookup found.</summary>
/// <param name="Flow">The flow that decides; null when none matches.</param>
/// <param name="Unknown">Why it cannot be determined; empty when it can.</param>
internal readonly record struct FlowLookup(CompiledFlow? Flow, string Unknown = "");

/// <summary>A table's flows as a classifier: one hash for each set of bits looked at, tried by falling priority,
/// as Open vSwitch's own (lib/classifier.c). Conjunctive matches are found as there.</summary>
internal sealed class FlowTable
{
    private readonly List<FlowSubtable> _subtables = [];

    /// <summary>Compiles the flows of one table.</summary>
    public FlowTable(IEnumerable<CompiledFlow> flows)
    {
        var byMask = new Dictionary<(FlowMask Mask, bool IsModelled), FlowSubtable>();
        foreach (CompiledFlow flow in flows)
        {
            (FlowMask, bool) key = (flow.Match.Mask, flow.Match.Unmodelled.Length == 0);
            if (!byMask.TryGetValue(key, out FlowSubtable? subtable))
            {
                byMask[key] = subtable = new FlowSubtable(flow.Match.Mask);
                _subtables.Add(subtable);
            }
            subtable.Add(flow);
            Count++;
        }
        _subtables.Sort((left, right) => right.MaximumPriority.CompareTo(left.MaximumPriority));
    }

    /// <summary>How many flows it has.</summary>
    public int Count { get; }

    /// <summary>Its flows.</summary>
    public IEnumerable<CompiledFlow> Flows => _subtables.SelectMany(subtable => subtable.Flows);

    /// <summary>The flow that decides on a packet.</summary>
    public FlowLookup Find(Packet packet)
    {
        List<CompiledFlow>? soft = null;
        CompiledFlow? hard = FindHard(packet, ref soft, out FlowLookup? unknown);
        if (unknown is not null)
            return unknown.Value;
        if (soft is not null)
            return new ConjunctiveSearch(this, packet, hard, soft).Find();
        return hard is { Match.Unmodelled.Length: > 0 } ? Unmodelled(hard) : new FlowLookup(hard);
    }

    /// <summary>The flow of highest priority, those of conjunctions left out.</summary>
    internal FlowLookup FindAlone(Packet packet)
    {
        List<CompiledFlow>? ignored = null;
        CompiledFlow? hard = FindHard(packet, ref ignored, out FlowLookup? unknown);
        return unknown ?? (hard is { Match.Unmodelled.Length: > 0 } ? Unmodelled(hard) : new FlowLookup(hard));
    }

    private static FlowLookup Unmodelled(CompiledFlow flow) =>
        new(flow, $"this flow also asks for {flow.Match.Unmodelled}, which is not modelled");

    private CompiledFlow? FindHard(Packet packet, ref List<CompiledFlow>? soft, out FlowLookup? unknown)
    {
        CompiledFlow? hard = null;
        CompiledFlow? possible = null;
        CompiledFlow? equal = null;
        foreach (FlowSubtable subtable in _subtables)
        {
            if (hard is not null && subtable.MaximumPriority < hard.Priority)
                break;
            if (subtable.LooksAt(packet.UnknownWords))
            {
                possible = Higher(possible, subtable.Possible(packet));
                continue;
            }
            CompiledFlow? found = subtable.Find(packet.Words);
            if (found is null)
                continue;
            if (found.Conjunctions.Length > 0)
                (soft ??= []).Add(found);
            else if (hard is null || found.Priority > hard.Priority)
                (hard, equal) = (found, null);
            else if (found.Priority == hard.Priority && !HaveSameActions(found, hard))
                equal = found;
        }
        unknown = Doubt(hard, possible, equal);
        return hard;
    }

    /// <summary>Why the flow of highest priority may not be the one that decides; null when it is.</summary>
    private static FlowLookup? Doubt(CompiledFlow? hard, CompiledFlow? possible, CompiledFlow? equal)
    {
        if (possible is not null && (hard is null || possible.Priority >= hard.Priority))
            return new FlowLookup(possible, "whether this flow matches depends on a field whose value is not known");
        return equal is null ? null : new FlowLookup(hard,
            "another flow of the same priority matches too, and the switch may take either: "
                + $"{equal.Flow.RawText.Trim()}");
    }

    private static CompiledFlow? Higher(CompiledFlow? best, IEnumerable<CompiledFlow> flows)
    {
        foreach (CompiledFlow flow in flows)
        {
            if (best is null || flow.Priority > best.Priority)
                best = flow;
        }
        return best;
    }

    private static bool HaveSameActions(CompiledFlow left, CompiledFlow right) =>
        left.Flow.Actions.AsSpan().SequenceEqual(right.Flow.Actions);
}
