namespace QuantumNet.Simulation.OpenFlow;

/// <summary>A flow of a bridge, its match as bits; its actions are compiled when a packet first meets it.</summary>
internal sealed class CompiledFlow
{
    private readonly Func<string, int?> _portNumber;
    private FlowAction[]? _actions;
    private CompiledFlow? _nextInSlot;

    /// <summary>Compiles a flow's match.</summary>
    public CompiledFlow(OvsFlow flow, FlowMatchReader reader, Func<string, int?> portNumber)
    {
        Flow = flow;
        _portNumber = portNumber;
        Match = reader.Read(flow, portNumber);
        Conjunctions = Conjunction.Of(flow);
    }

    /// <summary>The flow as dumped.</summary>
    public OvsFlow Flow { get; }

    /// <summary>Whether a packet before made the switch learn it: it is in no dump.</summary>
    public bool IsLearned { get; init; }

    /// <summary>Its match.</summary>
    public FlowMatch Match { get; }

    /// <summary>Its priority.</summary>
    public int Priority => Flow.Priority;

    /// <summary>The conjunctions that it is a part of; empty when its own actions count.</summary>
    public Conjunction[] Conjunctions { get; }

    /// <summary>Its actions.</summary>
    public FlowAction[] Actions => _actions ??= ActionCompiler.Compile(Flow.ActionList, _portNumber);

    /// <summary>The next flow of the same table and match, of the same or a lower priority;
    /// null when there is none.</summary>
    public CompiledFlow? Next { get; set; }

    /// <summary>The next flow that its subtable keeps in the same slot; null when there is none.</summary>
    public ref CompiledFlow? NextInSlot => ref _nextInSlot;
}

/// <summary>A flow's part in a conjunctive match (ovs-fields(7)): <c>conjunction(ID,K/N)</c>.</summary>
internal readonly record struct Conjunction(uint Id, int Clause, int ClauseCount)
{
    /// <summary>A flow's conjunctions; empty when it has other actions.</summary>
    public static Conjunction[] Of(OvsFlow flow)
    {
        // Few flows are: the others' actions are not taken apart before a packet meets them.
        if (!flow.MayBeConjunctive)
            return [];
        OvsAction[] actions = flow.ActionList;
        var list = new List<Conjunction>();
        foreach (OvsAction action in actions)
        {
            if (action.Name == "conjunction" && TryParse(action.Argument, out Conjunction conjunction))
                list.Add(conjunction);
        }
        return [.. list];
    }

    private static bool TryParse(string text, out Conjunction conjunction)
    {
        conjunction = default;
        int comma = text.IndexOf(',');
        int slash = text.IndexOf('/');
        if (comma < 0 || slash < comma || !FieldText.TryNumber(text.AsSpan(0, comma).Trim(), out UInt128 id)
            || !int.TryParse(text.AsSpan(comma + 1, slash - comma - 1).Trim(), out int clause)
            || !int.TryParse(text.AsSpan(slash + 1).Trim(), out int count))
            return false;
        conjunction = new Conjunction((uint)id, clause, count);
        return true;
    }
}
