namespace QuantumNet.Simulation.OpenFlow;

/// <summary>A group of a bridge, to send packets through.</summary>
internal sealed class FlowGroup(OvsGroup group)
{
    /// <summary>Its number.</summary>
    public uint Id => group.GroupId;

    /// <summary><c>all</c>, <c>select</c>, <c>indirect</c> or <c>fast_failover</c>.</summary>
    public string Type => group.Type;

    /// <summary>Its buckets in their order.</summary>
    public FlowBucket[] Buckets { get; } = Array.ConvertAll(group.Buckets, bucket => new FlowBucket(bucket));

    /// <summary>The groups by number.</summary>
    public static Dictionary<uint, FlowGroup> ByNumber(IEnumerable<OvsGroup> groups)
    {
        Dictionary<uint, FlowGroup> byNumber = [];
        foreach (OvsGroup group in groups)
            byNumber.TryAdd(group.GroupId, new FlowGroup(group));
        return byNumber;
    }
}

/// <summary>A bucket of a group, its actions compiled when a packet first meets it.</summary>
internal sealed class FlowBucket(OvsGroupBucket bucket)
{
    private FlowAction[]? _compiled;

    /// <summary>The bucket as collected.</summary>
    public OvsGroupBucket Source => bucket;

    /// <summary>Its actions compiled, in the order in which a set is executed.</summary>
    public FlowAction[] Compiled(Func<string, int?> portNumber) =>
        _compiled ??= ActionSet.Order(ActionCompiler.Compile(bucket.ActionList, portNumber));
}
