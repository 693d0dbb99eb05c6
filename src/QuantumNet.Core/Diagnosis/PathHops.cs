using QuantumNet.Simulation.Stations;

namespace QuantumNet.Diagnosis;

/// <summary>The hops of a result: what each station does, up to the first that loses the packet. What stands behind
/// that one is not reached.</summary>
internal static class PathHops
{
    /// <summary>The hops, request first.</summary>
    public static Hop[] Of(IReadOnlyList<PathStep> steps) =>
        [.. UpToLoss(steps, DhcpDirection.Request), .. UpToLoss(steps, DhcpDirection.Reply)];

    private static IEnumerable<Hop> UpToLoss(IReadOnlyList<PathStep> steps, DhcpDirection direction)
    {
        bool isLost = false;
        foreach (Hop hop in steps.Select(step => step.Hop).Where(hop => hop.Direction == direction))
        {
            yield return !isLost ? hop
                : hop with { Action = HopAction.Unknown, Reason = "not reached", Rule = "", Evidence = [] };
            isLost |= hop.Action == HopAction.Dropped;
        }
    }
}
