using QuantumNet.Topology;

namespace QuantumNet.Simulation.KernelBridge;

/// <summary>A frame's way over a Linux bridge from one port to another (the kernel's net/bridge/br_input.c and
/// br_forward.c): both must be ports of it, in the state of forwarding, and the bridge up. A frame to a MAC that its
/// table does not hold goes to every port. Where the table was not collected, what the request taught it leads the
/// reply to the port where the request came in.</summary>
internal static class LinuxBridgeCrossing
{
    private static readonly NodeMemo<Dictionary<(string Bridge, string Mac), LinuxBridgeMac>> s_macs = new(node =>
        node.State.LinuxBridgeMacs.DistinctBy(entry => (entry.Bridge, entry.Mac))
            .ToDictionary(entry => (entry.Bridge, entry.Mac)));

    /// <summary>What the bridge does with a frame to all.</summary>
    /// <param name="node">The bridge's node.</param>
    /// <param name="bridge">The bridge.</param>
    /// <param name="ends">The two ports, the instance's first.</param>
    public static KernelStep Of(NodeView node, string bridge, params IReadOnlyList<string> ends)
    {
        KernelStep step = new(HopComponent.LinuxBridge, bridge);
        if (!node.State.Has("NodeLink") && !node.State.Has("LinuxBridge"))
            return step.Missing(node, "NodeLink");
        if (ends.FirstOrDefault(end => node.LinuxBridgeOf(end) != bridge) is { } astray)
            return node.TellsBridges ? step.Drops($"{astray} is not in {bridge}",
                    node.Link(astray)?.ToEvidence() ?? node.OutputOf("LinuxBridge"))
                : step.Missing(node, "LinuxBridge");
        if (node.Link(bridge) is { IsUp: false } down)
            return step.Drops($"{bridge} is down", down.ToEvidence());
        if (ends.Select(end => Blocked(node, bridge, end)).FirstOrDefault(port => port is not null) is { } blocked)
            return step.Drops($"{blocked.Device} is a port of {bridge} in state {blocked.State}", blocked.ToEvidence());
        Evidence? listed = node.State.LinuxBridges.Find(one => one.Bridge == bridge)?.ToEvidence();
        if (node.Link(bridge) is { } link)
            return step.Forwards("", link.ToEvidence(), node.Link(ends[0])?.ToEvidence());
        return listed is null ? step.Missing(node, "LinuxBridge") : step.Forwards("", listed);
    }

    /// <summary>What the bridge does with a frame to the instance's MAC, after one from there has crossed it.</summary>
    /// <param name="node">The bridge's node.</param>
    /// <param name="bridge">The bridge.</param>
    /// <param name="mac">The instance's MAC.</param>
    /// <param name="tap">The instance's port.</param>
    /// <param name="inner">The port that the frame comes in by.</param>
    public static KernelStep Of(NodeView node, string bridge, string mac, string tap, string inner)
    {
        KernelStep step = Of(node, bridge, tap, inner);
        return step.Action == HopAction.Forwarded
            && s_macs.Of(node).TryGetValue((bridge, mac.ToLowerInvariant()), out LinuxBridgeMac? entry)
            ? Led(step, node, tap, entry) : step;
    }

    // br_handle_frame_finish(): what is sent to an address of the host's own is accepted, all else goes where the
    // entry says. br_fdb_update(): what comes in moves the entry of its source, even a static one, but not where
    // the port does not learn or the bridge forgets at once, and never a sticky one.
    private static KernelStep Led(KernelStep step, NodeView node, string tap, LinuxBridgeMac entry)
    {
        (string bridge, Evidence line) = (step.Object, entry.ToEvidence());
        if (entry.IsLocal)
            return step.Drops($"{bridge} takes {entry.Mac} for an address of its own host: frames to it go no further",
                line);
        if (entry.Device == tap)
            return step with { Evidence = [.. step.Evidence, line] };
        int? ageing = node.Link(bridge)?.AgeingTime;
        bool? learns = node.Link(tap)?.IsLearning == false || ageing == 0 ? false
            : node.Link(tap)?.IsLearning is null || ageing is null ? null : true;
        if (!entry.IsSticky && (learns == true || (ageing == 0 && !entry.IsStatic)))
            return step;
        return learns is null && !entry.IsSticky ? step with
        {
            Action = HopAction.Unknown, Evidence = [line], Lacks = ("NodeLink", "", node.Name),
            Reason = $"{bridge} has {entry.Mac} behind {entry.Device}, and whether it learns again was not collected",
        } : step.Drops($"{bridge} has {entry.Mac} behind {entry.Device}: what is sent to it does not reach {tap}",
            line, node.Link(ageing == 0 ? bridge : tap)?.ToEvidence());
    }

    // disabled, listening, learning and blocking pass no frame on. A device that is down, or has no carrier, is
    // disabled by that, which its own step tells.
    private static LinuxBridgePort? Blocked(NodeView node, string bridge, string device) =>
        node.Link(device) is { IsStateKnown: true } link && !(link.IsUp && link.IsLowerUp) ? null
            : node.State.LinuxBridgePorts.Find(port => port.Device == device && port.Bridge == bridge
                && port.State is "disabled" or "listening" or "learning" or "blocking");
}
