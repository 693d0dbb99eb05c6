namespace QuantumNet.Tests.Lab;

/// <summary>Whether a verdict's first hop that loses a packet lies where captures show that it is lost: at the last
/// device that saw it, at the first that did not, or between them.</summary>
internal static class LossPlace
{
    /// <summary>How the two differ; null when they agree.</summary>
    /// <param name="state">The verdict by what the nodes hold.</param>
    /// <param name="trace">What was captured of the same path.</param>
    public static string? Differs(DhcpPathResult state, DhcpTraceResult trace)
    {
        Hop[] lost = [.. state.Hops.Where(hop => hop.Action == HopAction.Dropped)];
        string told = $"captures lose the {trace.Direction} from '{trace.LastSeen}' to '{trace.FirstMissing}'; the "
            + $"hops that lose it: {string.Join(", ", lost.Select(hop => $"{hop.Direction} {hop}"))}";
        // A server that is asked and says nothing was not asked in its own eyes, or has nothing to say; where none is
        // known, nothing is captured behind the first bridge.
        if (trace.LastSeen is null or "" && trace.Direction == DhcpDirection.Reply)
            return Array.Exists(lost, hop => hop.Component is HopComponent.Namespace or HopComponent.Dnsmasq
                || state.DhcpNodes.Length == 0) ? null : told;
        Hop[] way = [.. state.Hops.Where(hop => hop.Direction == trace.Direction)];
        int at = Array.FindIndex(way, hop => hop.Action == HopAction.Dropped),
            seen = trace.LastSeen is null or "" ? 0 : IndexOf(way, trace.LastSeen),
            missing = IndexOf(way, trace.FirstMissing ?? "");
        return at >= 0 && seen >= 0 && missing >= 0 && at >= Before(way, seen) && at <= missing ? null : told;
    }

    // iptables decides while the Linux bridge passes a packet on; on the bridge itself it is seen before.
    private static int Before(Hop[] way, int seen) =>
        way[seen].Component == HopComponent.LinuxBridge && seen > 0 ? seen - 1 : seen;

    private static int IndexOf(Hop[] way, string captured)
    {
        string[] parts = captured.Split('/', 2);
        // A hop may be two devices: qvb - qvo. br-eth1 is not eth1.
        int own = Array.FindIndex(way, hop => hop.ComputerName == parts[0]
            && hop.Component != HopComponent.Underlay && hop.Object.Split(' ').Contains(parts[^1]));
        return own >= 0 ? own : Array.FindIndex(way, hop => hop.Component == HopComponent.Underlay);
    }
}
