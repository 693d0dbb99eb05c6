using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>The DHCP servers that somebody named or piped, by their networks and nodes, and how they are found in a
/// cloud.</summary>
internal sealed class ServerChoice
{
    /// <summary>What a test of them reads.</summary>
    public static readonly string[] Collectors =
    [
        "NodeLink", "NetworkNamespace", "Iptables", "IpSet", "Process", "Socket", "OvsPort", "OpenFlowPort", "OvsFlow",
        "DhcpServer", "DhcpHost", "DhcpOption", "DhcpLease", "DhcpConfig", "DhcpEvent", "AgentConfig", "AgentLog",
    ];

    private readonly HashSet<string> _named = new(StringComparer.OrdinalIgnoreCase);
    private bool _hasReported;

    /// <summary>Whether no network was named, so that every one is meant.</summary>
    public bool IsEvery { get; set; }

    /// <summary>The nodes, wildcards allowed; empty for all.</summary>
    public string[] ComputerName { get; set; } = [];

    /// <summary>Whether there is nothing to look for.</summary>
    public bool IsEmpty => !IsEvery && _named.Count == 0;

    /// <summary>Adds networks; empty texts are those of objects without one.</summary>
    public void Add(IEnumerable<string> named) => _named.UnionWith(named.Where(text => text.Length > 0));

    /// <summary>What to gather for them.</summary>
    public GatherRequest Request() => new()
    {
        ComputerName = Array.Exists(ComputerName, Wildcard.IsPattern) ? [] : ComputerName,
        NetworkId = IsEvery || _named.Any(Wildcard.IsPattern) ? [] : [.. _named],
        Collectors = Collectors,
        RecordKinds = ["network", "subnet", "port", "agent", "dhcp-agent"],
    };

    /// <summary>The tests of each server, one after another; what is not found is reported, and nothing at all is an
    /// error.</summary>
    public IEnumerable<Func<DhcpServerResult>> Tests(
        DhcpServerTester tester, Cloud cloud, IReadOnlyList<string> macs, PipelineWriter pipe)
    {
        List<string> tested = [];
        foreach (string network in Networks(tester, pipe))
        {
            foreach (string node in tester.NodesOf(network).Where(IsWanted))
            {
                tested.Add(node);
                yield return () => tester.Test(network, node, macs);
            }
        }
        bool wasTold = cloud.Records.Source != RecordSource.Inferred;
        foreach (GatherFailure failure in cloud.Failures.Where(one => one.Command.Length == 0
            && IsWanted(one.ComputerName) && (ComputerName.Length > 0 || !wasTold)
            && cloud.Nodes.Keys.All(name => !HostName.Same(name, one.ComputerName))))
        {
            if (tested.Exists(name => HostName.Same(name, failure.ComputerName)))
                continue;
            tested.Add(failure.ComputerName);
            yield return () => tester.Unreached(failure.ComputerName);
        }
        if (tested.Count == 0 && !_hasReported)
            throw Errors.NoServerTested(WhyNone(tester, cloud)).ToException();
    }

    private IEnumerable<string> Networks(DhcpServerTester tester, PipelineWriter pipe)
    {
        string[] known = [.. tester.Networks];
        if (IsEvery)
        {
            foreach (string network in known.Where(network => !tester.IsMeantToBeServed(network)))
                pipe.Verbose($"Network {network} is left out: no subnet of it has DHCP, or the control plane does not "
                    + "know it.");
            return known.Where(tester.IsMeantToBeServed);
        }
        return NamedPlaces.Networks(_named, [.. known.Select(id => (id, tester.NameOf(id)))], pipe, out _hasReported);
    }

    private bool IsWanted(string node) => NamedPlaces.HasNode(ComputerName, node);

    private string WhyNone(DhcpServerTester tester, Cloud cloud) =>
        cloud.Nodes.Count == 0 && cloud.Records.Networks.Count == 0 ? "no node and no record was read"
        : !tester.Networks.Any() ? "no network is known"
        : ComputerName.Length > 0 ? $"none of the networks is served on {string.Join(", ", ComputerName)}"
        : "none of the networks that were asked for has DHCP";
}
