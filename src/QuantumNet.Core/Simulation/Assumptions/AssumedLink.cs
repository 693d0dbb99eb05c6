namespace QuantumNet.Simulation.Assumptions;

/// <summary>A device set up or down (ip-link(8)), in a namespace or in the node's own.</summary>
internal sealed class AssumedLink : IAssumedChange
{
    public string[] Forms { get; } = ["[ip netns exec NAMESPACE] ip link set DEVICE up|down"];

    public string? Apply(NodeState node, Assumption change)
    {
        (string space, string[] words) = AssumedNamespace.Of(change.Argv);
        return words switch
        {
            ["ip", "link" or "l", "set", "dev", var device, "up" or "down"] =>
                Set(node, change, space, device, words[^1]),
            ["ip", "link" or "l", "set", var device, "up" or "down"] => Set(node, change, space, device, words[^1]),
            _ => null,
        };
    }

    private static string Set(NodeState node, Assumption change, string space, string device, string state)
    {
        int at = node.Links.FindIndex(link => link.Namespace == space && link.Device == device);
        if (at < 0)
            return $"{node.ComputerName} has no device '{device}'{(space.Length > 0 ? $" in {space}" : "")}";
        NodeLink link = node.Links[at];
        string[] others = [.. link.Flags.Where(flag => flag is not ("UP" or "LOWER_UP" or "NO-CARRIER"))];
        node.Links[at] = link with
        {
            Flags = state == "up" ? [.. others, "UP", "LOWER_UP"] : others,
            OperState = state == "up" ? "UP" : "DOWN", Command = change.Command, RawText = change.Command,
        };
        if (space.Length == 0)
            SetBridgePort(node, change, device, state);
        return "";
    }

    // A bridge disables a port whose device is down, and lets it forward again (net/bridge/br_if.c, without STP).
    private static void SetBridgePort(NodeState node, Assumption change, string device, string state)
    {
        for (int i = 0; i < node.LinuxBridgePorts.Count; i++)
        {
            LinuxBridgePort port = node.LinuxBridgePorts[i];
            if (port.Device == device && port.State == (state == "up" ? "disabled" : "forwarding"))
                node.LinuxBridgePorts[i] = port with { State = state == "up" ? "forwarding" : "disabled",
                    Command = change.Command, RawText = change.Command };
        }
    }
}

/// <summary>The namespace that a command runs in.</summary>
internal static class AssumedNamespace
{
    /// <summary>The namespace, empty for the node's own, and the command without the words that name it.</summary>
    public static (string Namespace, string[] Argv) Of(string[] argv) =>
        argv is ["ip", "netns", "exec", var space, .. var rest] ? (space, rest) : ("", argv);
}
