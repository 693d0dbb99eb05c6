using QuantumNet.Topology;

namespace QuantumNet.Simulation.KernelBridge;

/// <summary>A frame's way over a Linux bridge from one port to another (the kernel's net/bridge/br_input.c and
/// br_forward.c): both must be ports of it, in the state of forwarding, and the bridge up. Its MAC table is not
/// collected: a frame to a MAC that it does not know goes to every port, and what the request taught it leads the
/// reply to the port where the request came in.</summary>
internal static class LinuxBridgeCrossing
{
    /// <summary>What the bridge does with the frame.</summary>
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

    // disabled, listening, learning and blocking pass no frame on. A device that is down, or has no carrier, is
    // disabled by that, which its own step tells.
    private static LinuxBridgePort? Blocked(NodeView node, string bridge, string device) =>
        node.Link(device) is { IsStateKnown: true } link && !(link.IsUp && link.IsLowerUp) ? null
            : node.State.LinuxBridgePorts.Find(port => port.Device == device && port.Bridge == bridge
                && port.State is "disabled" or "listening" or "learning" or "blocking");
}
