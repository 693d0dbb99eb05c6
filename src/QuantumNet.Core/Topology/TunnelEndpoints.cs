using System.Runtime.CompilerServices;

namespace QuantumNet.Topology;

/// <summary>Which node a tunnel's address is of: the one home of that relation. Indexed once for a cloud.</summary>
internal sealed class TunnelEndpoints
{
    private static readonly ConditionalWeakTable<Cloud, TunnelEndpoints> s_known = [];

    private readonly Dictionary<string, string> _owners = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _holders = new(StringComparer.OrdinalIgnoreCase);

    private TunnelEndpoints(Cloud cloud)
    {
        foreach (QuantumAgent agent in cloud.Records.Agents.Where(agent => agent.TunnelIp.Length > 0))
            _owners.TryAdd(agent.TunnelIp, NameOf(cloud, agent.ComputerName));
        foreach (NodeState node in cloud.Nodes.Values)
        {
            foreach (OvsPort port in node.OvsPorts.Where(port => port.LocalIp.Length > 0))
                _owners.TryAdd(port.LocalIp, node.ComputerName);
            // Every node has the addresses of its loopback device: they are nobody's.
            foreach (NodeLink link in node.Links.Where(link => link.Namespace.Length == 0 && link.Device != "lo"))
            {
                foreach (string address in link.Addresses)
                    _holders.TryAdd(address.Split('/')[0], node.ComputerName);
            }
        }
    }

    /// <summary>Those of a cloud.</summary>
    public static TunnelEndpoints Of(Cloud cloud) => s_known.GetValue(cloud, one => new TunnelEndpoints(one));

    /// <summary>The node that ends its tunnels at an address: by its agent's record, gathered or not, by its tunnels'
    /// <c>local_ip</c>, or as a device of its own namespace has the address; empty when nothing tells.</summary>
    public string OwnerOf(string address) =>
        _owners.TryGetValue(address, out string? owner) ? owner : HolderOf(address);

    /// <summary>The gathered node of which a device has an address; empty when none has.</summary>
    public string HolderOf(string address) => _holders.GetValueOrDefault(address, "");

    // As the gathered node is named, where it was gathered.
    private static string NameOf(Cloud cloud, string host) =>
        cloud.Nodes.Keys.FirstOrDefault(name => HostId.IsSame(name, host)) ?? host;
}
