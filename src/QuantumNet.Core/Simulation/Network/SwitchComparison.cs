using QuantumNet.Parsing.Ovs;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Simulation.Network;

/// <summary>Compares a packet's way through the bridges of a node with what the switch itself says of it
/// (<c>ofproto/trace</c>): on each bridge table by table, in the order in which both meet them. The bridges are
/// compared one by one, for a switch floods its ports in no order that is known.</summary>
internal static class SwitchComparison
{
    /// <summary>Marks each table that was met: the switch meets the same flow there, or another one. What follows the
    /// first difference on a bridge is not comparable and stays unmarked.</summary>
    /// <returns>Whether both meet the same flows to the end.</returns>
    public static bool Compare(SwitchNode switches, PacketTrace ours, OfprotoTrace theirs)
    {
        ILookup<string, TraceStep> tables =
            ours.Steps.Where(step => step.Kind == "table").ToLookup(step => step.Bridge);
        ILookup<string, OfprotoTraceStep> live =
            theirs.Steps.Where(step => !step.IsUnderlay).ToLookup(step => step.Bridge);
        bool isSame = live.All(bridge => tables.Contains(bridge.Key));
        foreach (IGrouping<string, TraceStep> bridge in tables)
            isSame &= Compare(switches, [.. bridge], [.. live[bridge.Key]]);
        return isSame;
    }

    private static bool Compare(SwitchNode switches, TraceStep[] tables, OfprotoTraceStep[] live)
    {
        for (int i = 0; i < tables.Length; i++)
        {
            // The switch was asked before it could learn this: from here on it says something else.
            if (tables[i].IsLearned)
                return true;
            tables[i].IsConfirmed = i < live.Length && IsSame(switches, tables[i], live[i]);
            if (tables[i].IsConfirmed == true)
                continue;
            tables[i].LiveText = i < live.Length ? live[i].ToString() : "the packet does not get here";
            return false;
        }
        if (live.Length <= tables.Length)
            return true;
        tables[^1].IsConfirmed = false;
        tables[^1].LiveText = $"the packet goes on: {live[tables.Length]}";
        return false;
    }

    private static bool IsSame(SwitchNode switches, TraceStep ours, OfprotoTraceStep theirs) =>
        ours.Bridge == theirs.Bridge && ours.Table == theirs.Table && ours.Flow?.Priority == theirs.Priority
        && (ours.Flow is null || switches.Bridge(ours.Bridge) is not { } bridge
            || HasSameMatch(ours.Flow.Match, theirs.Match, bridge));

    // Names or numbers of ports, 0x1 or 1: the conditions are the same when their bits are.
    private static bool HasSameMatch(string ours, string theirs, SwitchBridge bridge)
    {
        FlowMatch one = FlowMatch.Read(ours, bridge.NumberOf);
        return one.IsSameAs(FlowMatch.Read(theirs, bridge.NumberOf));
    }
}
