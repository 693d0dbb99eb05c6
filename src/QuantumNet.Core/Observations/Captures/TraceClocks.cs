namespace QuantumNet.Observations.Captures;

/// <summary>Aligns the nodes' clocks by the packets themselves: one that leaves a node's NIC arrives at the other's
/// a moment later. What a request takes and what a reply takes are nearly the same, so half of the difference
/// is the clocks'.</summary>
internal static class TraceClocks
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>How each node's clock stands against that of the instance's node.</summary>
    public static DhcpTraceClock[] Align(TracePlan plan, IReadOnlyList<DhcpPacketObservation> observations) =>
    [
        .. plan.Legs.Select(leg => leg.ServerNode).Where(node => node.Length > 0 && node != plan.ComputeNode).Distinct()
            .Select(node => Align(plan.ComputeNode, node, observations)),
    ];

    private static DhcpTraceClock Align(
        string compute, string server, IReadOnlyList<DhcpPacketObservation> observations)
    {
        Dictionary<(Passage, int), long> here = Wire(compute, observations), there = Wire(server, observations);
        List<double> requests = [], replies = [];
        foreach (((Passage Passage, int Turn) key, long time) in here)
        {
            if (there.TryGetValue(key, out long other))
                (IsReply(key.Passage.Type) ? replies : requests).Add(other - time);
        }
        double offset = (requests.Count, replies.Count) switch
        {
            (0, 0) => 0,
            (0, _) => Median(replies),
            (_, 0) => Median(requests),
            _ => (Median(requests) + Median(replies)) / 2,
        };
        return new DhcpTraceClock
        {
            ComputerName = server,
            OffsetSeconds = Math.Round(offset / NanosecondsPerSecond, 9),
            PacketCount = requests.Count + replies.Count,
        };
    }

    /// <summary>When each message was seen on a node's wire, repetitions counted.</summary>
    private static Dictionary<(Passage, int), long> Wire(string node, IReadOnlyList<DhcpPacketObservation> observations)
    {
        Dictionary<Passage, int> turns = [];
        Dictionary<(Passage, int), long> times = [];
        foreach (DhcpPacketObservation one in observations
            .Where(one => one.Component == HopComponent.Underlay && one.ComputerName == node)
            .OrderBy(one => one.TimeNanoseconds))
        {
            var passage = new Passage(one.TransactionId, one.Mac, one.Type, one.ServerId,
                one.OuterSource, one.OuterDestination);
            int turn = turns[passage] = turns.GetValueOrDefault(passage) + 1;
            times[(passage, turn)] = one.TimeNanoseconds;
        }
        return times;
    }

    /// <summary>A message on its way between two tunnel ends: a flooded one leaves once for each of them.</summary>
    private sealed record Passage(string TransactionId, string Mac, DhcpMessageType Type, string ServerId,
        string OuterSource, string OuterDestination);

    private static bool IsReply(DhcpMessageType type) =>
        type is DhcpMessageType.Offer or DhcpMessageType.Ack or DhcpMessageType.Nak;

    private static double Median(List<double> values)
    {
        values.Sort();
        int middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
