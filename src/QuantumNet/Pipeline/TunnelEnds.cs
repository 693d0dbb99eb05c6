namespace QuantumNet.Pipeline;

/// <summary>Finds the tunnels among a node's ports, and the node at the other end of each.</summary>
internal static class TunnelEnds
{
    private static readonly string[] s_types = ["gre", "vxlan", "geneve", "gre64", "stt", "lisp", "ipsec_gre"];

    /// <summary>The tunnels of a node.</summary>
    public static IEnumerable<OvsTunnel> Of(NodeState node, Cloud cloud)
    {
        foreach (OvsPort port in node.OvsPorts)
        {
            if (Array.IndexOf(s_types, port.Type) >= 0)
                yield return ToTunnel(port, cloud);
        }
    }

    private static OvsTunnel ToTunnel(OvsPort port, Cloud cloud) => new()
    {
        ComputerName = port.ComputerName,
        Command = port.Command,
        LineNumber = port.LineNumber,
        RawText = port.RawText,
        Bridge = port.Bridge,
        Device = port.Device,
        Type = port.Type,
        LocalIp = port.LocalIp,
        RemoteIp = port.RemoteIp,
        InKey = port.Option("in_key") ?? port.Option("key") ?? "",
        OutKey = port.Option("out_key") ?? port.Option("key") ?? "",
        OfPort = port.OfPort,
        Error = port.Error,
        RemoteComputerName = NodeAt(port.RemoteIp, cloud),
    };

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
            if (node.Links.Exists(link => Array.Exists(link.Addresses, one => one.StartsWith(slash, StringComparison.Ordinal)))
                || node.OvsPorts.Exists(port => port.LocalIp == address))
                return node.ComputerName;
        }
        return "";
    }
}
