namespace QuantumNet;

/// <summary>What was asked of the nodes and the control plane, and what became of it:
/// a cloud without its records.</summary>
public sealed record QuantumCollection
{
    /// <summary>When gathering began, UTC.</summary>
    public DateTime CollectedAt { get; init; }
    /// <summary>Where the control plane's records come from.</summary>
    public RecordSource RecordSource { get; init; }
    /// <summary>The kinds of records that were asked for and answered.</summary>
    public string[] RecordKinds { get; init; } = [];
    /// <summary>The nodes that gave something.</summary>
    public CollectedNode[] Nodes { get; init; } = [];
    /// <summary>Nodes and commands that gave nothing.</summary>
    public GatherFailure[] Failures { get; init; } = [];
    /// <summary>Pieces of output that no parser understood.</summary>
    public ParseIssue[] Issues { get; init; } = [];

    /// <summary>What a cloud was made of.</summary>
    public static QuantumCollection Of(Cloud cloud)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        return new QuantumCollection
        {
            CollectedAt = cloud.CollectedAt,
            RecordSource = cloud.Records.Source,
            RecordKinds = [.. cloud.Records.CollectedKinds.Order(StringComparer.Ordinal)],
            Nodes = [.. cloud.Nodes.Values.OrderBy(node => node.ComputerName, StringComparer.OrdinalIgnoreCase)
                .Select(node => new CollectedNode { ComputerName = node.ComputerName, Roles = node.Roles,
                    Commands = [.. node.Commands] })],
            Failures = [.. cloud.Failures],
            Issues = [.. cloud.Issues],
        };
    }
}

/// <summary>One node, and the commands that were wanted of it.</summary>
public sealed record CollectedNode
{
    /// <summary>Its name.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>Its roles; may be empty.</summary>
    public string[] Roles { get; init; } = [];
    /// <summary>Every command, and what became of it.</summary>
    public CollectedCommand[] Commands { get; init; } = [];
}
