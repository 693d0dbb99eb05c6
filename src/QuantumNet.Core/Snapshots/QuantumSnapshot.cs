using QuantumNet.Snapshots;

namespace QuantumNet;

/// <summary>What one node gave, or why it gave nothing.</summary>
public sealed record SnapshotNode
{
    /// <summary>Its name.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>Its roles, as the inventory tells.</summary>
    public string[] Roles { get; init; } = [];
    /// <summary>Code of what went wrong with the node as a whole (QN9002); empty when nothing.</summary>
    public string FailureCode { get; init; } = "";
    /// <summary>What went wrong with the node as a whole; empty when nothing.</summary>
    public string Failure { get; init; } = "";
    /// <summary>What to do about it.</summary>
    public string Advice { get; init; } = "";
    /// <inheritdoc/>
    public override string ToString() => ComputerName;
}

/// <summary>Raw outputs of some nodes and the control plane at one time: what live gathering returns,
/// what a folder or zip keeps.</summary>
public sealed record QuantumSnapshot
{
    /// <summary>The folder or zip it was read from or written to; empty while only in memory.</summary>
    public string Path { get; init; } = "";
    /// <summary>When gathering began, UTC.</summary>
    public DateTime CollectedAt { get; init; }
    /// <summary>How long gathering took, in seconds.</summary>
    public double DurationSeconds { get; init; }
    /// <summary>Version of QuantumNet that gathered it; empty when another tool did.</summary>
    public string ToolVersion { get; init; } = "";
    /// <summary>What it was taken for: a port as the user named it; empty for everything.</summary>
    public string Scope { get; init; } = "";
    /// <summary>In how many places a secret was masked when it was saved.</summary>
    public int MaskedCount { get; init; }
    /// <summary>Where the records come from.</summary>
    public RecordSource RecordSource { get; init; } = RecordSource.Inferred;
    /// <summary>The nodes.</summary>
    public SnapshotNode[] Nodes { get; init; } = [];
    /// <summary>Outputs of the nodes' commands.</summary>
    public CommandOutput[] Outputs { get; init; } = [];
    /// <summary>Answers of the control plane (REST requests or client commands).</summary>
    public CommandOutput[] RecordOutputs { get; init; } = [];
    /// <summary>How many of the outputs are read into records; told by Import-QuantumSnapshot.</summary>
    public int UsedOutputCount { get; init; }
    /// <summary>Outputs that nothing here reads, as <c>node: command</c>; told by Import-QuantumSnapshot.</summary>
    public string[] UnknownOutputs { get; init; } = [];
    /// <summary>What a verdict needs and the snapshot does not hold; told by Import-QuantumSnapshot.</summary>
    public EvidenceGap[] MissingEvidence { get; init; } = [];
    /// <summary>How many outputs nothing here reads.</summary>
    public int UnknownOutputCount => UnknownOutputs.Length;
    /// <summary>How many pieces of evidence are missing for a verdict.</summary>
    public int MissingEvidenceCount => MissingEvidence.Length;

    /// <summary>Whether any command of a node, or any request to the control plane, printed something.</summary>
    internal bool HoldsAnything => Array.Exists(Outputs, Printed) || Array.Exists(RecordOutputs, Printed);

    private static bool Printed(CommandOutput output) => output.StandardOutput.Length > 0;
}
