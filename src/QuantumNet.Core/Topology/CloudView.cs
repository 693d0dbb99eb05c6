using System.Collections.Concurrent;

namespace QuantumNet.Topology;

/// <summary>A cloud's records, indexed for the questions that paths and checks ask.
/// Built once, then asked for every port.</summary>
internal sealed class CloudView
{
    private const string OfRecords = "";       // no node has this name

    private readonly ConcurrentDictionary<string, NodeView> _nodes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, QuantumNetwork> _networks = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, QuantumSubnet> _subnets;
    private readonly ILookup<string, QuantumPort> _dhcpPorts;
    private readonly ILookup<string, DhcpAgentBinding> _bindings;
    private readonly Dictionary<string, string> _tapNodes = new(StringComparer.Ordinal);
    private readonly ILookup<string, string> _dhcpNodes;
    private readonly ILookup<string, NovaInstance> _instances;
    private readonly ILookup<string, QuantumAgent> _agents;
    private readonly ConcurrentDictionary<string, NodeView?> _byAnyName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<NodeView[]> _allNodes;
    private readonly Lazy<ILookup<string, (int Number, ParseIssue Issue)>> _issues;

    public CloudView(Cloud cloud)
    {
        Cloud = cloud;
        foreach (QuantumNetwork network in cloud.Records.Networks)
            _networks.TryAdd(network.NetworkId, network);
        _subnets = cloud.Records.Subnets.ToLookup(subnet => subnet.NetworkId, StringComparer.OrdinalIgnoreCase);
        _dhcpPorts = cloud.Records.Ports.Where(port => port.IsDhcp)
            .ToLookup(port => port.NetworkId, StringComparer.OrdinalIgnoreCase);
        _bindings = cloud.Records.DhcpAgentBindings.ToLookup(binding => binding.NetworkId,
            StringComparer.OrdinalIgnoreCase);
        _dhcpNodes = FindDhcpNodes()
            .ToLookup(pair => pair.NetworkId, pair => pair.Node, StringComparer.OrdinalIgnoreCase);
        _instances = cloud.Records.Instances.ToLookup(instance => instance.InstanceId, StringComparer.Ordinal);
        _agents = cloud.Records.Agents.ToLookup(agent => HostId.ShortName(agent.ComputerName),
            StringComparer.OrdinalIgnoreCase);
        _allNodes = new(() => [.. cloud.Nodes.Keys.Select(name => Node(name)!)]);
        _issues = new(IndexIssues);
        IndexTaps();
    }

    /// <summary>The cloud itself.</summary>
    public Cloud Cloud { get; }

    /// <summary>The control plane's records.</summary>
    public CloudRecords Records => Cloud.Records;

    /// <summary>All nodes that gave something.</summary>
    public IReadOnlyList<NodeView> Nodes => _allNodes.Value;

    /// <summary>The node of that name, a domain behind it left aside; null when nothing was gathered from it.</summary>
    public NodeView? Node(string name) => name.Length == 0 ? null : _byAnyName.GetOrAdd(name, FindNode);

    private NodeView? FindNode(string name)
    {
        NodeState? state = Cloud.Node(name)
            ?? Cloud.Nodes.Values.FirstOrDefault(node => HostId.IsSame(node.ComputerName, name));
        return state is null ? null : _nodes.GetOrAdd(state.ComputerName, _ => new NodeView(state));
    }

    /// <summary>The network of that id; null when no record tells of it.</summary>
    public QuantumNetwork? Network(string networkId) => _networks.GetValueOrDefault(networkId);

    /// <summary>The instance of that id; null when no record tells of it.</summary>
    public NovaInstance? Instance(string instanceId) => _instances[instanceId].FirstOrDefault();

    /// <summary>The agents of a host, a domain behind its name left aside.</summary>
    public IEnumerable<QuantumAgent> AgentsOf(string host) =>
        _agents[HostId.ShortName(host)].Where(agent => HostId.IsSame(agent.ComputerName, host));

    /// <summary>What was not understood of two nodes' outputs, and of the control plane's answers, which concern
    /// every node; in the order in which it was read.</summary>
    public IEnumerable<ParseIssue> IssuesOf(string one, string other)
    {
        ILookup<string, (int Number, ParseIssue Issue)> issues = _issues.Value;
        return new[] { OfRecords, one, other }.Distinct().SelectMany(name => issues[name])
            .OrderBy(issue => issue.Number).Select(issue => issue.Issue);
    }

    /// <summary>The subnets of a network.</summary>
    public IEnumerable<QuantumSubnet> SubnetsOf(string networkId) => _subnets[networkId];

    /// <summary>The DHCP ports of a network.</summary>
    public IEnumerable<QuantumPort> DhcpPortsOf(string networkId) => _dhcpPorts[networkId];

    /// <summary>The DHCP agents a network is scheduled to.</summary>
    public IEnumerable<DhcpAgentBinding> BindingsOf(string networkId) => _bindings[networkId];

    /// <summary>The nodes that hold a network's DHCP namespace or dnsmasq.</summary>
    public IEnumerable<string> DhcpNodesFound(string networkId) => _dhcpNodes[networkId];

    /// <summary>The node that holds a device of that port; empty when none does.</summary>
    public string NodeWithTap(string portId) =>
        _tapNodes.TryGetValue(DeviceNames.Tap(portId), out string? node) ? node
        : _tapNodes.TryGetValue(DeviceNames.VethOvsEnd(portId), out node) ? node
        : _tapNodes.TryGetValue(DeviceNames.VhostUser(portId), out node) ? node : "";

    private IEnumerable<(string NetworkId, string Node)> FindDhcpNodes()
    {
        HashSet<(string, string)> seen = [];
        foreach (NodeState node in Cloud.Nodes.Values)
        {
            IEnumerable<string> networks = node.Namespaces.Select(one => one.NetworkId)
                .Concat(node.DhcpServers.Select(server => server.NetworkId));
            foreach (string network in networks)
            {
                if (network.Length > 0 && seen.Add((network, node.ComputerName)))
                    yield return (network, node.ComputerName);
            }
        }
    }

    // What no collector ran on a node is an answer of the control plane.
    private ILookup<string, (int Number, ParseIssue Issue)> IndexIssues()
    {
        Dictionary<string, HashSet<string>> commands = new(StringComparer.Ordinal);
        return Cloud.Issues.Select((issue, number) => (number, issue)).ToLookup(pair =>
        {
            string name = pair.issue.ComputerName;
            if (!commands.TryGetValue(name, out HashSet<string>? known))
                commands[name] = known = [.. Node(name)?.State.Commands.Select(command => command.Command) ?? []];
            return known.Contains(pair.issue.Command) ? name : OfRecords;
        }, StringComparer.Ordinal);
    }

    private void IndexTaps()
    {
        foreach (NodeState node in Cloud.Nodes.Values)
        {
            foreach (NodeLink link in node.Links)
                AddTap(link.Device, node.ComputerName);
            foreach (OvsPort port in node.OvsPorts)
                AddTap(port.Device, node.ComputerName);
        }
    }

    private void AddTap(string device, string node)
    {
        if (device.StartsWith("tap", StringComparison.Ordinal) || device.StartsWith("qvo", StringComparison.Ordinal)
            || device.StartsWith("vhu", StringComparison.Ordinal))
            _tapNodes.TryAdd(device, node);
    }
}
