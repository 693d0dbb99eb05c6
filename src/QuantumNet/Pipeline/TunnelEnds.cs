namespace QuantumNet.Pipeline;

/// <summary>Names the node at the other end of a tunnel.</summary>
internal static class TunnelEnds
{
    /// <summary>The tunnel with its other node, where the cloud tells whose address that is.</summary>
    public static OvsTunnel WithRemote(OvsTunnel tunnel, Cloud cloud) =>
        tunnel with { RemoteComputerName = NodeAt(tunnel.RemoteIp, cloud) };

    /// <summary>The node whose agent ends tunnels there, or which has that address; empty when none is known.</summary>
    private static string NodeAt(string address, Cloud cloud)
    {
        if (address.Length == 0)
            return "";
        foreach (QuantumAgent agent in cloud.Records.Agents)
        {
            if (agent.TunnelIp == address)
                return agent.ComputerName;
        }
        string slash = address + "/";
        foreach (NodeState node in cloud.Nodes.Values)
        {
            if (node.Links.Exists(
                    link => Array.Exists(link.Addresses, one => one.StartsWith(slash, StringComparison.Ordinal)))
                || node.OvsPorts.Exists(port => port.LocalIp == address))
                return node.ComputerName;
        }
        return "";
    }
}
