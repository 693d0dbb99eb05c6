namespace QuantumNet;

/// <summary>What Test-QuantumInventory found in an inventory file.</summary>
public sealed record QuantumInventoryResult
{
    /// <summary>The file.</summary>
    public string Path { get; init; } = "";
    /// <summary>Ok, or Broken where it is refused.</summary>
    public DhcpPathStatus Status { get; init; }
    /// <summary>What it names, or how much is wrong, in a sentence.</summary>
    public string Summary { get; init; } = "";
    /// <summary>The nodes; none where it is refused.</summary>
    public string[] ComputerName { get; init; } = [];
    /// <summary>All that is wrong, in the order of the text.</summary>
    public InventoryProblem[] Problems { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Summary}";
}
