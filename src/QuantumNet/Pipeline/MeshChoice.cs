using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>The tunnels that somebody named or piped, by nodes, networks and ports, and how they are found in a
/// cloud.</summary>
internal sealed class MeshChoice
{
    /// <summary>What a test of them reads.</summary>
    public static readonly string[] Collectors =
    [
        "NodeLink", "NetworkNamespace", "Iptables", "Ip6tables", "Nftables", "IpSet", "OvsPort", "OpenFlowPort",
        "OvsFlow", "OvsGroup", "DhcpServer", "DhcpHost", "AgentConfig", "KernelLog", "AgentLog",
    ];

    private readonly HashSet<string> _networks = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _ports = new(StringComparer.OrdinalIgnoreCase);
    private bool _isEvery;

    /// <summary>The nodes, wildcards allowed; empty for all.</summary>
    public string[] ComputerName { get; set; } = [];

    /// <summary>Whether there is nothing to look for.</summary>
    public bool IsEmpty => !_isEvery && _networks.Count == 0 && _ports.Count == 0;

    /// <summary>Adds what one call or piped object names; a port goes before its network.</summary>
    public void Add(IEnumerable<string> networks, IEnumerable<string> ports, bool isEvery)
    {
        _isEvery |= isEvery;
        string[] named = [.. ports.Where(text => text.Length > 0)];
        _ports.UnionWith(named);
        if (named.Length == 0)
            _networks.UnionWith(networks.Where(text => text.Length > 0));
    }

    /// <summary>What to gather for them: a mesh is of all nodes, whoever was named.</summary>
    public GatherRequest Request() => new()
    {
        Collectors = Collectors,
        RecordKinds = ["network", "subnet", "port", "agent", "dhcp-agent"],
        Port = _isEvery || _networks.Count > 0 ? "" : PortChoice.SingleOf(_ports),
    };

    /// <summary>The results, one after another, and how each is judged again with pings; what is not found is reported,
    /// and nothing at all is an error.</summary>
    public IEnumerable<(OvsMeshResult Result, Func<IReadOnlyList<OvsTunnelPing>, OvsMeshResult> Again)> Tests(
        OvsTunnelTester tester, Cloud cloud, PipelineWriter pipe)
    {
        foreach (string name in ComputerName.Where(name => !Wildcard.IsPattern(name)
            && !cloud.Nodes.Keys.Any(node => HostName.Same(node, name))
            && !cloud.Failures.Any(failure => HostName.Same(failure.ComputerName, name))))
            pipe.Error(Errors.NodeNotFound(name));
        int count = 0;
        foreach (Func<IReadOnlyList<OvsTunnelPing>, OvsMeshResult?> test in
            IsEveryOne ? OfTypes(tester) : OfNetworks(tester, cloud, pipe))
        {
            if (test([]) is not { } result || (result.Pairs.Length == 0 && result.Status == DhcpPathStatus.Ok))
                continue;
            count++;
            yield return (result, pings => test(pings)!);
        }
        if (count == 0)
            throw Errors.NoTunnelTested(WhyNone(tester, cloud)).ToException();
    }

    private bool IsEveryOne => _isEvery && _networks.Count == 0 && _ports.Count == 0;

    private IEnumerable<Func<IReadOnlyList<OvsTunnelPing>, OvsMeshResult?>> OfTypes(OvsTunnelTester tester) =>
        tester.Types.Select(type => (Func<IReadOnlyList<OvsTunnelPing>, OvsMeshResult?>)
            (pings => tester.Test(type, IsWanted, pings)));

    private IEnumerable<Func<IReadOnlyList<OvsTunnelPing>, OvsMeshResult?>> OfNetworks(
        OvsTunnelTester tester, Cloud cloud, PipelineWriter pipe)
    {
        Lazy<HashSet<string>> networks = new(() => NamedPlaces.Networks(_networks,
                [.. tester.Networks.Select(one => (one.NetworkId, one.Name))], pipe, out _)
            .ToHashSet(StringComparer.OrdinalIgnoreCase));
        QuantumPort[] ports = [.. PortChoice.Find(_ports, cloud.Records, pipe),
            .. cloud.Records.Ports.Where(port => !port.IsDhcp && networks.Value.Contains(port.NetworkId))];
        return ports.DistinctBy(port => port.PortId).GroupBy(port => port.NetworkId)
            .Select(network => (Func<IReadOnlyList<OvsTunnelPing>, OvsMeshResult?>)
                (pings => tester.Test(network.Key, [.. network], IsWanted, pings)));
    }

    private bool IsWanted(string node) => NamedPlaces.HasNode(ComputerName, node);

    private string WhyNone(OvsTunnelTester tester, Cloud cloud) =>
        cloud.Nodes.Count == 0 && cloud.Records.Networks.Count == 0 ? "no node and no record was read"
        : tester.Types.Count == 0 ? "no node has a tunnel, and no network needs one"
        : ComputerName.Length > 0 ? $"no pair of nodes has {string.Join(", ", ComputerName)} in it"
        : IsEveryOne ? "there are no two nodes that need a tunnel"
        : "what was asked for crosses no tunnel: its ports and DHCP servers are on one node, or its network has none";
}
