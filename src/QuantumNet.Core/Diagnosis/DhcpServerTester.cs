using QuantumNet.Faults.Servers;
using QuantumNet.Paths;
using QuantumNet.Simulation.Client;
using QuantumNet.Simulation.Dnsmasq;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>Judges the DHCP servers of one cloud, each network's on each node. Indexes the cloud once.</summary>
public sealed class DhcpServerTester
{
    private readonly CloudView _cloud;
    private readonly LegFinder _legs;
    private readonly Cloud? _before;
    private readonly IReadOnlyList<DhcpPacket> _packets;
    private readonly ILookup<string, QuantumPort> _ports;

    /// <summary>Indexes a cloud.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="before">An earlier sample of it, of processes at least; null when there is none.</param>
    /// <param name="packets">Captured DHCP messages, of any network; null when there are none.</param>
    public DhcpServerTester(Cloud cloud, Cloud? before = null, IReadOnlyList<DhcpPacket>? packets = null)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        _cloud = new CloudView(cloud);
        _legs = new LegFinder(_cloud);
        _before = before;
        _packets = packets ?? [];
        _ports = cloud.Records.Ports.ToLookup(port => port.NetworkId, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Ids of the networks that records or nodes tell of.</summary>
    public IEnumerable<string> Networks => _cloud.Records.Networks.Select(network => network.NetworkId)
        .Concat(_cloud.Records.Ports.Select(port => port.NetworkId))
        .Concat(_cloud.Records.DhcpAgentBindings.Select(binding => binding.NetworkId))
        .Concat(_cloud.Nodes.SelectMany(node => node.State.Namespaces.Select(one => one.NetworkId)
            .Concat(node.State.DhcpServers.Select(server => server.NetworkId))))
        .Where(id => id.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>A network's name; empty when not told.</summary>
    public string NameOf(string networkId) => _cloud.Network(networkId)?.Name ?? "";

    /// <summary>Whether a network is meant to be served: a subnet has DHCP, or nothing tells of subnets; and it is
    /// not a leftover of a network that the control plane does not know any more.</summary>
    public bool IsMeantToBeServed(string networkId)
    {
        CloudRecords records = _cloud.Records;
        if (records.Source == RecordSource.Inferred)
            return true;
        if (records.CollectedKinds.Contains("network") && _cloud.Network(networkId) is null)
            return false;
        QuantumSubnet[] subnets = [.. _cloud.SubnetsOf(networkId).Where(subnet => subnet.IpVersion == 4)];
        return !records.CollectedKinds.Contains("subnet") || Array.Exists(subnets, subnet => subnet.EnableDhcp);
    }

    /// <summary>Names of the nodes that serve a network, gathered or not; one empty name where none does.</summary>
    public IReadOnlyList<string> NodesOf(string networkId) =>
        [.. LegsOf(networkId).Select(leg => leg.Server?.NodeName ?? "")];

    /// <summary>Judges one server.</summary>
    /// <param name="networkId">The network.</param>
    /// <param name="computerName">Its node, as <see cref="NodesOf"/> names it.</param>
    /// <param name="macs">Clients that are asked about, by their MAC addresses.</param>
    public DhcpServerResult Test(string networkId, string computerName, IReadOnlyList<string>? macs = null)
    {
        DhcpLeg leg = LegsOf(networkId).First(one => (one.Server?.NodeName ?? "") == computerName);
        DhcpLeg[] clients = [.. _ports[networkId].Select(port => ToServer(port, computerName)).OfType<DhcpLeg>()];
        // Where the instances' own agents answer, no dnsmasq is expected.
        if (clients.Length > 0 && Array.TrueForAll(clients, client => client.IsServedByAgent))
            leg = clients[0];
        DhcpService service = new()
        {
            Leg = leg, Clients = clients, Before = _before, Packets = _packets,
            Processes = [.. leg.Server?.Node?.DhcpServersOf(networkId) ?? []],
        };
        var verdict = FindingVerdict.Of(ServiceFindings.Of(service));
        DhcpServerAnswer[] answers = service.Processes is [var asked, ..]
            ? [.. (macs ?? []).SelectMany(mac => ServerAnswers.Of(_cloud, asked, mac))] : [];
        return Told(Result(service, answers), verdict, macs ?? []);
    }

    /// <summary>The result for a node that was not reached, where nothing tells which networks it serves.</summary>
    public DhcpServerResult Unreached(string computerName)
    {
        Finding limit = ServiceFindings.Unreached(_cloud, computerName);
        return new()
        {
            ComputerName = computerName, Status = DhcpPathStatus.Unknown, Cause = limit.Code, Title = limit.Title,
            Object = limit.Object, Remedy = limit.Remedy, Findings = [limit], CollectedAt = _cloud.Cloud.CollectedAt,
            Summary = $"Cannot determine which DHCP servers {computerName} runs: {limit.Message}",
        };
    }

    // One way for each server, from no port in particular.
    private IReadOnlyList<DhcpLeg> LegsOf(string networkId)
    {
        IReadOnlyList<DhcpLeg> legs =
            _legs.Find(new QuantumPort { NetworkId = networkId, Source = _cloud.Records.Source });
        DhcpLeg[] served = [.. legs.Where(leg => !IsLeftover(leg))];
        return served.Length > 0 ? served : legs;
    }

    // A rescheduled network leaves an empty namespace on the node that served it.
    private bool IsLeftover(DhcpLeg leg) => leg.Server is { Binding: null, Port: null, Node: { } node }
        && _cloud.BindingsOf(leg.Port.NetworkId).Any() && !node.DhcpServersOf(leg.Port.NetworkId).Any();

    // The network's own ports ask for nothing, nor does one whose subnets have no DHCP, or no IPv4.
    private DhcpLeg? ToServer(QuantumPort port, string computerName) =>
        _legs.Find(port).FirstOrDefault(leg => (leg.Server?.NodeName ?? "") == computerName) is { } leg
        && leg.Kind != PortKind.NetworkOwn
        && (port.FixedIps.Length == 0 || Array.Exists(port.FixedIps, ip => ip.IpAddress.Contains('.')))
        && (SubnetDhcp.Of(leg) is not { Count: > 0 } subnets || subnets.Any(subnet => subnet.EnableDhcp)) ? leg : null;

    private DhcpServerResult Result(DhcpService service, DhcpServerAnswer[] answers)
    {
        DhcpServer? process = service.Processes.Count > 0 ? service.Processes[0] : null;
        NodeView? node = service.Node;
        return new()
        {
            ComputerName = service.Site?.NodeName ?? "",
            NetworkId = service.NetworkId,
            NetworkName = NameOf(service.NetworkId),
            Namespace = service.Site?.Namespace ?? "",
            Device = process is { Device.Length: > 0 } ? process.Device
                : service.Site?.InnerLink?.Device ?? service.Site?.OvsDevice ?? "",
            IpAddress = service.Leg.ServerAddress,
            ProcessId = process?.ProcessId,
            ChildProcessIds = process?.ChildProcessIds ?? [],
            Version = process is null ? "" : WordAfter(CollectedDnsmasq.VersionOf(node!, process), "version"),
            IsListening = process?.IsListening,
            IsStable = _before is null || node is null ? null
                : DnsmasqIsStable.IsSame(_before, node, service.NetworkId),
            PortCount = service.Clients.Count,
            HostCount = node?.DhcpHostsOf(service.NetworkId).Count() ?? 0,
            Answers = answers,
            AgentLog = node is null ? [] : [.. LogCitation.OfDhcpAgent(node, service.NetworkId)],
            CollectedAt = _cloud.Cloud.CollectedAt,
        };
    }

    private static DhcpServerResult Told(DhcpServerResult result, FindingVerdict verdict, IReadOnlyList<string> macs)
    {
        Finding? root = verdict.Root;
        result = result with
        {
            Status = verdict.Status, Cause = root?.Code, Title = root?.Title, Object = root?.Object,
            Remedy = root?.Remedy, Findings = [.. verdict.Findings],
        };
        return result with { Summary = ServerSentence.Of(result, root, macs) };
    }

    private static string WordAfter(string text, string word)
    {
        string[] words = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        int at = Array.IndexOf(words, word);
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : "";
    }
}
