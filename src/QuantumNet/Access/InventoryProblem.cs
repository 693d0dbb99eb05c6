namespace QuantumNet;

/// <summary>One thing that is wrong in an inventory.</summary>
public sealed record InventoryProblem
{
    /// <summary>The line, from 1.</summary>
    public int Line { get; init; }
    /// <summary>The column, from 1, in characters.</summary>
    public int Column { get; init; }
    /// <summary>What is wrong.</summary>
    public string Message { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Line}:{Column}: {Message}";
}
