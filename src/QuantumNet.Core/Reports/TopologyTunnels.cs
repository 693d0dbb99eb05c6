
using QuantumNet.Topology;

namespace QuantumNet.Reports;

/// <summary>Joins the tunnel ports of all nodes into tunnels, each once.</summary>
internal static class TopologyTunnels
{
    /// <summary>The tunnels, in the order of the nodes at their first ends.</summary>
    public static List<TopologyTunnel> Of(Cloud cloud)
    {
        TunnelEndpoints owners = TunnelEndpoints.Of(cloud);
        List<(string Node, string Remote, OvsPort Port)> ends = [];
        foreach (NodeState node in cloud.Nodes.Values.OrderBy(node => node.ComputerName,
            StringComparer.OrdinalIgnoreCase))
        {
            foreach (OvsPort port in node.OvsPorts.Where(NodeView.IsTunnel)
                .OrderBy(port => port.Device, StringComparer.Ordinal))
                ends.Add((node.ComputerName, Gathered(cloud, owners.OwnerOf(port.RemoteIp)), port));
        }
        ILookup<(string, string, string), OvsPort> byPair = ends.ToLookup(
            end => (end.Node, end.Remote, end.Port.Type), end => end.Port);
        HashSet<OvsPort> done = new(ReferenceEqualityComparer.Instance);
        List<TopologyTunnel> tunnels = [];
        foreach ((string node, string remote, OvsPort port) in ends)
        {
            if (!done.Add(port))
                continue;
            OvsPort? back = remote.Length == 0 ? null
                : byPair[(remote, node, port.Type)].FirstOrDefault(one => !done.Contains(one));
            if (back is not null)
                done.Add(back);
            tunnels.Add(Tunnel(node, remote, port, back));
        }
        return tunnels;
    }

    private static TopologyTunnel Tunnel(string node, string remote, OvsPort port, OvsPort? back) => new()
    {
        Type = port.Type,
        ComputerName = node,
        Bridge = port.Bridge,
        Device = port.Device,
        RemoteIp = port.RemoteIp,
        RemoteComputerName = remote,
        RemoteBridge = back?.Bridge ?? "",
        RemoteDevice = back?.Device ?? "",
    };

    // Only gathered nodes are drawn.
    private static string Gathered(Cloud cloud, string node) => cloud.Nodes.ContainsKey(node) ? node : "";
}
