namespace QuantumNet.Simulation.OpenFlow;

/// <summary>A group of a bridge (<c>ovs-ofctl dump-groups</c>).</summary>
internal sealed record FlowGroup
{
    /// <summary>Its number.</summary>
    public required uint Id { get; init; }

    /// <summary><c>all</c>, <c>select</c>, <c>indirect</c> or <c>fast_failover</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Its buckets in their order.</summary>
    public FlowBucket[] Buckets { get; init; } = [];
}

/// <summary>A bucket of a group.</summary>
internal sealed record FlowBucket
{
    /// <summary>Its number.</summary>
    public uint Id { get; init; }

    /// <summary>The port whose life is the bucket's; null when none is watched.</summary>
    public string? WatchPort { get; init; }

    /// <summary>Whether the life of a group is the bucket's.</summary>
    public bool WatchesGroup { get; init; }

    /// <summary>Its share of a select group's packets; 0 for none.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Its actions, a set.</summary>
    public OvsAction[] Actions { get; init; } = [];

    /// <summary>Its actions compiled, in the order in which a set is executed.</summary>
    public FlowAction[] Compiled(Func<string, int?> portNumber) =>
        _compiled ??= ActionSet.Order(ActionCompiler.Compile(Actions, portNumber));

    private FlowAction[]? _compiled;
}
