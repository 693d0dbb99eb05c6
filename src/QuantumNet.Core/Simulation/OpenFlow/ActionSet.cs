namespace QuantumNet.Simulation.OpenFlow;

/// <summary>The action set of OpenFlow 1.1 and later: what is written is executed at the end, in an order of its own,
/// and only with an action that sends the packet somewhere (ofpacts_execute_action_set in lib/ofp-actions.c).</summary>
internal sealed class ActionSet
{
    private static readonly string[] s_slots = ["strip_vlan", "push_vlan", "dec_ttl"];
    private static readonly string[] s_finals = ["ct", "ct_clear", "resubmit", "output", "group"];
    private readonly List<FlowAction> _actions = [];

    /// <summary>An empty set, or a copy.</summary>
    public ActionSet(ActionSet? from = null)
    {
        if (from is not null)
            _actions.AddRange(from._actions);
    }

    /// <summary>Adds actions.</summary>
    public void Add(FlowAction[] actions) => _actions.AddRange(actions);

    /// <summary>Empties it.</summary>
    public void Clear() => _actions.Clear();

    /// <summary>Empties it: what is to be executed.</summary>
    public FlowAction[] Take()
    {
        FlowAction[] ordered = Order([.. _actions]);
        _actions.Clear();
        return ordered;
    }

    /// <summary>The actions of a set in the order in which they are executed;
    /// none without one that sends the packet on.</summary>
    public static FlowAction[] Order(FlowAction[] actions)
    {
        if (actions.Length == 0)
            return actions;
        var slots = new FlowAction?[s_slots.Length];
        var changes = new List<FlowAction>();
        FlowAction? final = null;
        int finalRank = -1;
        foreach (FlowAction action in actions)
        {
            int slot = Array.IndexOf(s_slots, action.Source.Name);
            int rank = Array.IndexOf(s_finals, FinalName(action));
            if (slot >= 0)
                slots[slot] = action;
            else if (rank < 0)
                changes.Add(action);
            else if (rank >= finalRank)
                (final, finalRank) = (action, rank);
        }
        return final is null ? [] : [.. slots.OfType<FlowAction>(), .. changes, final];
    }

    private static string FinalName(FlowAction action) =>
        action is OutputAction or ControllerAction ? "output" : action.Source.Name;
}
