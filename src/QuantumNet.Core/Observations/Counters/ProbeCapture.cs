namespace QuantumNet.Observations.Counters;

/// <summary>What captures on a probe's way saw of it. Its transaction id tells it from all other traffic,
/// which counters cannot; between two captured hops counters tell more.</summary>
/// <param name="Transaction">The probe and its answer at every hop; null when no captured hop saw it.</param>
/// <param name="Points">Where was captured, and where not and why.</param>
internal sealed record ProbeCapture(DhcpTraceTransaction? Transaction, DhcpTracePoint[] Points)
{
    /// <summary>Nothing was captured.</summary>
    public static ProbeCapture None { get; } = new(null, []);

    /// <summary>The probe among all that a trace saw.</summary>
    public static ProbeCapture Of(DhcpTraceResult trace, string transactionId) =>
        new(Array.Find(trace.Transactions, one => one.IsOfPort && one.TransactionId == transactionId), trace.Points);

    /// <summary>What became of the probe, by the captures and the counters together.</summary>
    public DhcpProbeStatus Weigh(DhcpProbeStatus counted) => Seen switch
    {
        DhcpProbeStatus.Unknown => counted,
        // No capture shows whether a server that said nothing has heard it.
        DhcpProbeStatus.ReplyLost when IsSilence && counted == DhcpProbeStatus.RequestLost => counted,
        { } seen => seen,
    };

    /// <summary>What became of the probe, by the captures alone.</summary>
    public DhcpProbeStatus Seen => Transaction switch
    {
        null => DhcpProbeStatus.Unknown,
        { RequestFirstMissing.Length: > 0 } => DhcpProbeStatus.RequestLost,
        { ReplyFirstMissing.Length: > 0 } => DhcpProbeStatus.ReplyLost,
        { ReplyLastSeen.Length: > 0 } => DhcpProbeStatus.Answered,
        _ => DhcpProbeStatus.Unknown,
    };

    /// <summary>Where the captures lost it, in words; empty when they did not.</summary>
    public string Words => Seen switch
    {
        DhcpProbeStatus.RequestLost =>
            $"it was last seen at {Transaction!.RequestLastSeen} and is missing at {Transaction.RequestFirstMissing}",
        DhcpProbeStatus.ReplyLost when IsSilence =>
            $"it was seen at {Transaction!.RequestLastSeen}, and no answer came from there",
        DhcpProbeStatus.ReplyLost => $"the answer was last seen at {Transaction!.ReplyLastSeen} and is missing at "
            + $"{Transaction.ReplyFirstMissing}",
        _ => "",
    };

    private bool IsSilence => Transaction is { ReplyLastSeen.Length: 0, RequestLastSeen.Length: > 0 };
}
