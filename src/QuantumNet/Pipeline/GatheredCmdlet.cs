namespace QuantumNet.Pipeline;

/// <summary>Base of the cmdlets that can work on what an earlier one gathered: those for which only what the nodes hold
/// counts, not two samples of it or what a node answers just now.</summary>
public abstract class GatheredCmdlet : SourceCmdlet
{
    /// <summary>Uses what was gathered through the same connection at most so many seconds ago, where it covers what
    /// this cmdlet needs, and asks no node. When left out, the nodes are asked.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int MaxAgeSeconds { get; set; }

    private protected sealed override TimeSpan MaxAge => TimeSpan.FromSeconds(MaxAgeSeconds);
}
