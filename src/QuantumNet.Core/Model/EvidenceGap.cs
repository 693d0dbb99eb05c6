namespace QuantumNet;

/// <summary>Evidence that a verdict needs and a snapshot does not hold: a command that did not run, failed,
/// or could not be read.</summary>
public sealed record EvidenceGap
{
    /// <summary>The node.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>Name of the collector: <c>OvsFlow</c>, <c>NodeLink</c> ... as the checks' Needs name it.</summary>
    public string Collector { get; init; } = "";
    /// <summary>What it is about: a bridge, a namespace, a network's id; empty for the node as a whole.</summary>
    public string Subject { get; init; } = "";
    /// <summary>Why it is missing.</summary>
    public CollectionState State { get; init; }
    /// <summary>The command that would tell.</summary>
    public string Command { get; init; } = "";
    /// <summary>What was said; empty where the command did not run.</summary>
    public string Reason { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => State switch
    {
        CollectionState.NotCollected => $"{Collector}{About} was not collected; run '{Command}' on {ComputerName}",
        CollectionState.NotUnderstood => $"{Collector}{About} of {ComputerName} could not be read: {Reason}",
        CollectionState.Absent => $"{Collector}{About} is not there on {ComputerName}: {Reason}",
        _ => $"'{Command}' failed on {ComputerName}: {Reason}",
    };

    private string About => Subject.Length > 0 ? $" of {Subject}" : "";
}
