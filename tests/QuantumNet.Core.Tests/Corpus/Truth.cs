namespace QuantumNet.Core.Tests.Corpus;

/// <summary>Verdicts held against what was true in the lab, whatever the golden files say.</summary>
internal static class Truth
{
    /// <summary>What of a verdict cannot be: a lease that was lost is never Ok, one that was given never Broken,
    /// a healthy cloud has nothing wrong, and no fault has another's code.</summary>
    /// <param name="one">The case.</param>
    /// <param name="result">The verdict.</param>
    /// <param name="hasRecords">Whether the control plane's records were there:
    /// without them a fault of theirs is known by what it does to the nodes.</param>
    public static IEnumerable<string> Contradictions(CorpusCase one, DhcpPathResult result, bool hasRecords)
    {
        string verdict = $"{(hasRecords ? "with" : "without")} records: "
            + $"{result.Status} {result.Cause} at {result.ComputerName} {result.Object}: {result.Summary}";
        if (one.LeaseLost && result.Status is DhcpPathStatus.Ok or DhcpPathStatus.Degraded)
            yield return $"the instance got no lease, and yet {verdict}";
        if (!one.LeaseLost && result.Status == DhcpPathStatus.Broken)
            yield return $"the instance got its lease, and yet {verdict}";
        if (one.IsHealthy && (result.Status != DhcpPathStatus.Ok || Contract.Failed(result).Length > 0))
            yield return $"all is well, and yet {verdict} ({string.Join(", ", Contract.Failed(result))})";
        string code = one.JudgedAs.Length > 0 ? one.JudgedAs : one.Fault;
        if (!one.IsHealthy && hasRecords
            && result.Status is DhcpPathStatus.Broken or DhcpPathStatus.Degraded && result.Cause != code)
            yield return $"it is {code}, and yet {verdict}";
    }
}
