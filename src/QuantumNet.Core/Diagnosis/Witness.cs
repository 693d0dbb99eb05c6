namespace QuantumNet.Diagnosis;

/// <summary>Where a witness saw packets vanish.</summary>
/// <param name="Direction">Which packets.</param>
/// <param name="ComputerName">The node of the first hop that did not see them.</param>
/// <param name="Object">That hop's device, bridge, chain or process.</param>
/// <param name="Sequence">Its position in a result's hops; null when the witness does not know.</param>
/// <param name="Where">Both hops in words: the last that saw them and the first that did not.</param>
/// <param name="Evidence">The lines that tell.</param>
internal sealed record WitnessedLoss(
    DhcpDirection Direction, string ComputerName, string Object, int? Sequence, string Where, Evidence[] Evidence);

/// <summary>What real packets told about a port: counters of two samples, or a capture.</summary>
internal sealed record Witness
{
    /// <summary>What it is, in words: <c>the counters</c>, <c>the capture</c>.</summary>
    public required string Name { get; init; }
    /// <summary>Whether it saw a request and its reply come through, end to end.</summary>
    public bool IsWhole { get; init; }
    /// <summary>Where it saw them vanish; null when it did not.</summary>
    public WitnessedLoss? Loss { get; init; }
    /// <summary>The position of the furthest hop that saw the port's own DHCP requests; 0 when none did.</summary>
    public int RequestReached { get; init; }
    /// <summary>The position of the furthest hop that saw replies to it; 0 when none did.</summary>
    public int ReplyReached { get; init; }
    /// <summary>Lines that show what came through.</summary>
    public Evidence[] Evidence { get; init; } = [];
    /// <summary>What it found by itself.</summary>
    public Finding[] Findings { get; init; } = [];
}
