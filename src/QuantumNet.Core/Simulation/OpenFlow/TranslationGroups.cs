namespace QuantumNet.Simulation.OpenFlow;

/// <summary>Which buckets of a group take the packet (xlate_group_action in ofproto/ofproto-dpif-xlate.c).</summary>
internal sealed partial class Translation
{
    // MAX_LIVENESS_RECURSION of Open vSwitch.
    private const int MaximumWatched = 128;

    /// <summary>Sends the packet to a group's buckets.</summary>
    public bool SendToGroup(uint id)
    {
        if (!IsWithinLimits())
            return true;
        if (Bridge.Groups is null)
            return CannotTell($"the groups of {Bridge.Name} were not collected", "OvsGroup");
        if (!Bridge.Groups.TryGetValue(id, out FlowGroup? group))
        {
            Note($"{Bridge.Name} has no group {id}");
            return false;
        }
        if (group.Type is "all" or "indirect")
            Array.ForEach(group.Buckets, Execute);
        else if (group.Type is not ("select" or "fast_failover"))
            return CannotTell($"group {id} is of type {group.Type}, which is not modelled");
        else if (Choose(group, out FlowBucket? chosen) is { Reason.Length: > 0 } doubt)
            return CannotTell(doubt.Reason, doubt.Needs);
        else if (chosen is not null)
            Execute(chosen);
        else
            Note($"group {id} has no bucket that is live: dropped");
        return true;
    }

    private void Execute(FlowBucket bucket)
    {
        Packet before = Packet;
        TraceStep above = _step;
        Packet = before.Clone();
        _step = AddStep("bucket", $"bucket {bucket.Source.BucketId}: {bucket.Source.RawText}");
        _depth++;
        Execute(bucket.Compiled(Bridge.NumberOf));
        _depth--;
        _step.After = Packet.Snapshot();
        _step = above;
        Packet = before;
        (_exited, _isLost) = (false, false);
    }

    /// <summary>The bucket of a select or fast failover group; why that cannot be determined, or nothing.</summary>
    private (string Reason, string Needs) Choose(FlowGroup group, out FlowBucket? chosen)
    {
        chosen = null;
        foreach (FlowBucket bucket in group.Buckets)
        {
            bool? isLive = IsLive(bucket.Source, 0);
            if (isLive is null)
                return ($"whether bucket {bucket.Source.BucketId} of group {group.Id} is live is not known",
                    "OpenFlowPort");
            if (isLive == false)
                Note($"bucket {bucket.Source.BucketId} is not live: {bucket.Source.RawText}");
            if (isLive == false || (group.Type == "select" && bucket.Source.Weight == 0))
                continue;
            if (group.Type == "select" && chosen is not null)
                return ($"which bucket of group {group.Id} the switch's hash of the packet takes is not modelled", "");
            chosen = bucket;
            if (group.Type == "fast_failover")
                break;
        }
        return ("", "");
    }

    /// <summary>Alive is a bucket that watches nothing, or of whose port and group one is alive.</summary>
    private bool? IsLive(OvsGroupBucket bucket, int depth)
    {
        if (bucket is { WatchPort: "", WatchGroup: null })
            return true;
        bool? port = bucket.WatchPort.Length == 0 ? false
            : Bridge.Find(bucket.WatchPort) is { } watched ? watched.IsLive
            : Bridge.HasUnnumberedPorts ? null : false;
        return Either(port, bucket.WatchGroup is uint group ? IsLive(group, depth + 1) : false);
    }

    private bool? IsLive(uint id, int depth)
    {
        if (depth >= MaximumWatched || !Bridge.Groups!.TryGetValue(id, out FlowGroup? group))
            return false;
        bool? isLive = false;
        foreach (FlowBucket bucket in group.Buckets)
            isLive = Either(isLive, isLive == true ? true : IsLive(bucket.Source, depth));
        return isLive;
    }

    private static bool? Either(bool? one, bool? other) =>
        one == true || other == true ? true : one is null || other is null ? null : false;
}
