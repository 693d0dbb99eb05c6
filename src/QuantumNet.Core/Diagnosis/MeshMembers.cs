using System.Net;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>Which nodes belong to a mesh of tunnels, reached or not, and which of them need a tunnel to each
/// other.</summary>
internal sealed class MeshMembers(CloudView cloud)
{
    private const string Population = "l2_population";

    /// <summary>The types of tunnels that the nodes have; where they have none, those that networks need.</summary>
    public IReadOnlyList<string> Types { get; } = [.. cloud.Nodes.SelectMany(node => node.Tunnels)
        .Select(port => TunnelTypes.OnTheWire(port.Type)).DefaultIfEmpty("")
        .Concat(cloud.Records.Networks.Select(network => network.NetworkType).Where(TunnelTypes.IsOfNetwork))
        .Where(type => type.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Whether each node that has an agent was asked, or a record tells its tunnel address: another address is
    /// nobody's then. Else it may be of a node that nobody asked.</summary>
    public static bool KnowsEveryAddress(CloudView cloud)
    {
        QuantumAgent[] agents = [.. Agents(cloud)];
        return cloud.Cloud.Scope.Length == 0 && agents.Length > 0
            && Array.TrueForAll(agents, agent =>
                agent.TunnelIp.Length > 0 || cloud.Node(agent.ComputerName)?.ShowsAddresses() == true);
    }

    /// <summary>The nodes of a mesh: those that have a bridge for tunnels, that a record gives a tunnel address, that
    /// were not reached, where no record says that they have none; and by its address one that only a tunnel tells
    /// of.</summary>
    public IReadOnlyList<string> Of(string type)
    {
        List<string> names = [.. cloud.Nodes.Where(node => TunnelMesh.Of(node, type).Any()
            || (node.TunnelBridge.Length > 0 && !node.Tunnels.Any())).Select(node => node.Name)];
        foreach (QuantumAgent agent in cloud.Records.Agents.Where(agent => agent.TunnelIp.Length > 0
            && (agent.TunnelTypes.Length == 0 || agent.TunnelTypes.Contains(type))))
            Add(names, agent.ComputerName);
        foreach (GatherFailure failure in cloud.Cloud.Failures.Where(failure => failure.Command.Length == 0
            && (!cloud.Records.CollectedKinds.Contains("agent") || Agents(cloud)
                .Any(agent => HostId.IsSame(agent.ComputerName, failure.ComputerName)))))
            Add(names, failure.ComputerName);
        // Where a node was not reached, or its addresses were not told, one that nothing tells of is most likely its.
        if (!KnowsEveryAddress(cloud) && names.TrueForAll(IsAddressKnown))
        {
            foreach (OvsPort tunnel in cloud.Nodes.SelectMany(node => TunnelMesh.Of(node, type)))
            {
                if (IsAddress(tunnel.RemoteIp) && TunnelEndpoints.Of(cloud.Cloud).OwnerOf(tunnel.RemoteIp).Length == 0)
                    Add(names, tunnel.RemoteIp);
            }
        }
        names.Sort(StringComparer.OrdinalIgnoreCase);
        return names;
    }

    /// <summary>The pairs that need a tunnel: all, but where l2population makes them as networks need them.</summary>
    public IEnumerable<DhcpLeg> Pairs(IReadOnlyList<string> nodes, string type)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            for (int j = i + 1; j < nodes.Count; j++)
            {
                DhcpLeg pair = Between(nodes[i], nodes[j], type);
                if (IsNeeded(pair, type))
                    yield return pair;
            }
        }
    }

    private bool IsNeeded(DhcpLeg pair, string type)
    {
        string one = pair.ComputeName, other = pair.Server!.NodeName;
        return IsAddress(one) || IsAddress(other) ? LeadsTo(pair.Compute, other) || LeadsTo(pair.Server.Node, one)
            : !IsOnDemand(pair) || IsBegun(pair) || ShareNetwork(one, other, type) || IsInTheDark(pair);
    }

    /// <summary>The way between two nodes, of no port in particular.</summary>
    public DhcpLeg Between(string one, string other, string type) => new()
    {
        Cloud = cloud, Port = new QuantumPort(), ComputeName = one, Compute = cloud.Node(one), NetworkType = type,
        Server = new DhcpSite
        {
            NodeName = other, Node = cloud.Node(other), NetworkId = "", Namespace = "", OvsDevice = "",
        },
    };

    private bool IsAddressKnown(string name) => cloud.Node(name) is { } node && (node.ShowsAddresses()
        || node.Config("local_ip") is not null || cloud.AgentsOf(name).Any(agent => agent.TunnelIp.Length > 0));

    private void Add(List<string> names, string host)
    {
        string name = cloud.Node(host)?.Name ?? host;
        if (name.Length > 0 && !names.Exists(known => HostId.IsSame(known, name)))
            names.Add(name);
    }

    private static IEnumerable<QuantumAgent> Agents(CloudView cloud) => cloud.Records.Agents
        .Where(agent => agent.AgentType.Contains("vSwitch", StringComparison.OrdinalIgnoreCase));

    private static bool IsAddress(string name) => IPAddress.TryParse(name, out _);

    private static bool LeadsTo(NodeView? node, string address) =>
        node?.Tunnels.Any(port => port.RemoteIp == address) == true;

    private static bool IsOnDemand(DhcpLeg pair) => IsOnDemand(pair.Compute) || IsOnDemand(pair.Server!.Node);

    private static bool IsOnDemand(NodeView? node) =>
        node?.Config(Population) is { } setting && setting.Value.Equals("true", StringComparison.OrdinalIgnoreCase);

    // What ports a node has that was not reached, only records tell.
    private bool IsInTheDark(DhcpLeg pair) => (pair.Compute is null || pair.Server!.Node is null)
        && cloud.Records.Source == RecordSource.Inferred;

    // A tunnel at one end needs one at the other.
    private static bool IsBegun(DhcpLeg pair) => TunnelMesh.To(pair, pair.ComputeEnd, pair.ServerEnd!) is not null
        || TunnelMesh.To(pair, pair.ServerEnd!, pair.ComputeEnd) is not null;

    private bool ShareNetwork(string one, string other, string type) => NetworksOn(one, type)
        .Intersect(NetworksOn(other, type), StringComparer.OrdinalIgnoreCase).Any();

    private IEnumerable<string> NetworksOn(string node, string type) => cloud.Records.Ports
        .Where(port => HostId.IsSame(port.ComputerName, node) && cloud.Network(port.NetworkId)?.NetworkType == type)
        .Select(port => port.NetworkId);
}
