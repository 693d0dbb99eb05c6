namespace QuantumNet.Diagnosis;

/// <summary>The captures of Trace-DhcpPacket as a witness of one port.</summary>
internal static class TraceWitness
{
    /// <summary>What they tell of a result's port; null when none of them traced it, or nothing of it was
    /// seen anywhere.</summary>
    public static Witness? Of(DhcpPathResult result, IEnumerable<DhcpTraceResult> traces)
    {
        DhcpTraceResult? trace = traces.LastOrDefault(one => one.PortId == result.PortId);
        if (trace is null || !Array.Exists(trace.Points, point => point.IsCaptured))
            return null;
        List<DhcpTraceTransaction> own = [.. trace.Transactions.Where(one => one.IsOfPort)];
        return new Witness
        {
            Name = "the captures",
            IsWhole = trace.FirstMissing is null && own.Exists(one => one.IsComplete),
            Loss = trace is { FirstMissing: not null, Direction: not null } ? LossOf(result, trace) : null,
            RequestReached = Reached(result, own, DhcpDirection.Request),
            ReplyReached = Reached(result, own, DhcpDirection.Reply),
            Evidence = [.. own.Where(one => one.IsComplete).TakeLast(1).SelectMany(one => one.Hops).Select(AsEvidence)],
            Findings = trace.Findings,
        };
    }

    private static WitnessedLoss LossOf(DhcpPathResult result, DhcpTraceResult trace)
    {
        DhcpDirection direction = trace.Direction!.Value;
        string where = trace.LastSeen is { } last
            ? $"last seen at {last}, missing at {trace.FirstMissing}" : $"missing at {trace.FirstMissing}";
        Hop? hop = Array.Find(result.Hops, one => one.Direction == direction && IsAt(one, trace.FirstMissing!));
        return new WitnessedLoss(direction, trace.ComputerName ?? hop?.ComputerName ?? "",
            trace.Object ?? hop?.Object ?? "", hop?.Sequence, where,
            [.. trace.Findings.SelectMany(finding => finding.Evidence).Take(2)]);
    }

    private static int Reached(DhcpPathResult result, List<DhcpTraceTransaction> transactions, DhcpDirection direction)
    {
        IEnumerable<string> seen = transactions.SelectMany(one => one.Hops).Where(hop => hop.Direction == direction)
            .Select(hop => hop.Hop).Distinct();
        return result.Hops.Where(hop => hop.Direction == direction && seen.Any(name => IsAt(hop, name)))
            .Select(hop => hop.Sequence).DefaultIfEmpty(0).Max();
    }

    // A trace names its hops node/device; a result's veth hop names both ends.
    private static bool IsAt(Hop hop, string name)
    {
        int slash = name.IndexOf('/');
        return slash > 0 && hop.ComputerName == name[..slash] && hop.Object.Split(" - ").Contains(name[(slash + 1)..]);
    }

    private static Evidence AsEvidence(DhcpTraceHop hop) =>
        new() { ComputerName = hop.Hop.Split('/')[0], Command = "tcpdump", Text = hop.ToString() };
}
