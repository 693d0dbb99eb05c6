using QuantumNet.Faults;
using QuantumNet.Faults.Tunnels;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>Judges the tunnels between the nodes of one cloud, each pair of nodes both ways. Indexes the cloud
/// once.</summary>
public sealed class OvsTunnelTester
{
    private static readonly ICheck[] s_ofPair =
        [new TunnelToPeerExists(), new TunnelKeysComeFromFlows(), new HostFirewallLetsTunnelIn()];

    private static readonly ICheck[] s_ofNetwork =
        [new OutboundFlowSetsKey(), new FloodFitsDatapath(), new UnicastLeadsToPeer(), new InboundFlowExists()];

    private readonly CloudView _cloud;
    private readonly LegFinder _legs;
    private readonly MeshMembers _members;

    /// <summary>Indexes a cloud.</summary>
    public OvsTunnelTester(Cloud cloud)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        _cloud = new CloudView(cloud);
        _legs = new LegFinder(_cloud);
        _members = new MeshMembers(_cloud);
    }

    /// <summary>The types of tunnels that the nodes have.</summary>
    public IReadOnlyList<string> Types => _members.Types;

    /// <summary>The networks that records or nodes tell of.</summary>
    public IEnumerable<QuantumNetwork> Networks => _cloud.Records.Networks;

    /// <summary>Judges the tunnels of one type between all nodes, or between those that are wanted and all
    /// others.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isWanted">Whether a node's pairs are wanted.</param>
    /// <param name="pings">What pings of the underlay showed; none where none were sent.</param>
    public OvsMeshResult Test(string type, Predicate<string> isWanted, IReadOnlyList<OvsTunnelPing>? pings = null)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        IReadOnlyList<string> nodes = _members.Of(type);
        DhcpLeg[] pairs = [.. _members.Pairs(nodes, type)
            .Where(pair => isWanted(pair.ComputeName) || isWanted(pair.Server!.NodeName))];
        return Result(type, "", pairs, WaysOf(type), isWanted, pings ?? []);
    }

    /// <summary>Judges the tunnels that ports of a network need: between the nodes of the ports and of its DHCP
    /// servers, and the flows that use them.</summary>
    /// <param name="networkId">The network.</param>
    /// <param name="ports">Those of its ports that are wanted.</param>
    /// <param name="isWanted">Whether a node's pairs are wanted.</param>
    /// <param name="pings">What pings of the underlay showed; none where none were sent.</param>
    /// <returns>The result; null where the network crosses no tunnel.</returns>
    public OvsMeshResult? Test(string networkId, IReadOnlyList<QuantumPort> ports, Predicate<string> isWanted,
        IReadOnlyList<OvsTunnelPing>? pings = null)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(isWanted);
        DhcpLeg[] ways = [.. ports.SelectMany(_legs.Find).Where(IsOverTunnel)
            .Where(leg => isWanted(leg.ComputeName) || isWanted(leg.Server!.NodeName))];
        if (ways.Length == 0)
            return null;
        DhcpLeg[] pairs = [.. ways.DistinctBy(way => (way.ComputeName, way.Server!.NodeName))
            .Select(way => _members.Between(way.ComputeName, way.Server!.NodeName, way.NetworkType))];
        return Result(ways[0].NetworkType, networkId, pairs, ways, isWanted, pings ?? []);
    }

    /// <summary>The pings that would show the underlay of a result's pairs, from both ends: what each node sends, one
    /// small, and one as large as a full packet in the tunnel.</summary>
    public IReadOnlyList<UnderlayPing> PingsFor(OvsMeshResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. result.Pairs.SelectMany(pair =>
        {
            DhcpLeg leg = _members.Between(pair.ComputerName, pair.RemoteComputerName, pair.Type);
            return leg.EndsApart().SelectMany(ends => UnderlayPing.Of(leg, ends.End, ends.Peer));
        })];
    }

    // Of each network's ports the ways to its servers that cross tunnels of the type.
    private DhcpLeg[] WaysOf(string type)
    {
        HashSet<string> networks = _cloud.Records.Networks.Where(network => network.NetworkType == type)
            .Select(network => network.NetworkId).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. _cloud.Records.Ports.Where(port => !port.IsDhcp && networks.Contains(port.NetworkId))
            .SelectMany(_legs.Find).Where(IsOverTunnel)];
    }

    private static bool IsOverTunnel(DhcpLeg leg) => leg is { IsTunnelled: true, Server: not null, IsOneNode: false,
        IsServedByAgent: false, ComputeName.Length: > 0 };

    private OvsMeshResult Result(string type, string networkId, DhcpLeg[] pairs, DhcpLeg[] ways,
        Predicate<string> isWanted, IReadOnlyList<OvsTunnelPing> pings)
    {
        List<Finding> all = [];
        List<OvsTunnelPair> judged = [];
        ILookup<(string, string), DhcpLeg> waysOf = ways.ToLookup(EndsOf);
        foreach (DhcpLeg pair in pairs)
        {
            OvsTunnelPing[] ofPair = [.. pings.Where(ping => IsBetween(ping, pair))];
            List<Finding> found = [.. s_ofPair.SelectMany(check => check.Run(pair)),
                .. UnderlayFindings.Of(pair, ofPair), .. waysOf[EndsOf(pair)].SelectMany(OfWay)];
            FindingVerdict verdict = Judge(found);
            judged.Add(Told(pair, verdict, ofPair));
            all.AddRange(found);
        }
        if (networkId.Length == 0)
            all.AddRange(_members.Of(type).Where(name => isWanted(name))
                .SelectMany(name => StaleTunnels.Of(_cloud, name, type)));
        FindingVerdict whole = Judge(all);
        OvsMeshResult result = new()
        {
            Type = type, NetworkId = networkId, Status = whole.Status, Cause = whole.Root?.Code,
            Title = whole.Root?.Title, ComputerName = whole.Root?.ComputerName, Object = whole.Root?.Object,
            Remedy = whole.Root?.Remedy, Pairs = [.. judged], Findings = [.. whole.Findings],
            Nodes = [.. pairs.SelectMany(pair => new[] { pair.ComputeName, pair.Server!.NodeName })
                .Concat(networkId.Length == 0 ? _members.Of(type).Where(name => isWanted(name)) : [])
                .Distinct().Order(StringComparer.OrdinalIgnoreCase)],
            CollectedAt = _cloud.Cloud.CollectedAt,
        };
        return result with { Summary = MeshSentence.Of(result, whole.Root) };
    }

    private static IEnumerable<Finding> OfWay(DhcpLeg way) => s_ofNetwork.SelectMany(check => check.Run(way))
        .Concat(FullPacket.TooLargeFor(way)).Select(finding => finding with { PortId = way.Port.PortId });

    // Of which DHCP message a tunnel takes away, a mesh knows nothing.
    private FindingVerdict Judge(IEnumerable<Finding> findings) => FindingVerdict.Of(GatheringLimits.Explain(_cloud,
        Causality.Mark([.. findings.Where(one => one.Status is FindingStatus.Fail or FindingStatus.Unknown)
            .Select(one => one with { Direction = null })
            .DistinctBy(one => (one.Code, one.Status, one.ComputerName, one.Object, one.Message, one.MissingCollector,
                one.MissingSubject))])));

    private static OvsTunnelPair Told(DhcpLeg pair, FindingVerdict verdict, OvsTunnelPing[] pings) => new()
    {
        ComputerName = pair.ComputeName, RemoteComputerName = pair.Server!.NodeName, Type = pair.NetworkType,
        Status = verdict.Status, Cause = verdict.Root?.Code, Findings = [.. verdict.Findings], Pings = pings,
        Device = TunnelMesh.To(pair, pair.ComputeEnd, pair.ServerEnd!)?.Device ?? "",
        RemoteDevice = TunnelMesh.To(pair, pair.ServerEnd!, pair.ComputeEnd)?.Device ?? "",
    };

    // A pair has no direction.
    private (string, string) EndsOf(DhcpLeg leg)
    {
        string one = NameOf(leg.ComputeName), other = NameOf(leg.Server!.NodeName);
        return string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
    }

    private string NameOf(string host) => _cloud.Node(host)?.Name ?? host;

    private static bool IsBetween(OvsTunnelPing ping, DhcpLeg pair) =>
        (ping.ComputerName == pair.ComputeName && ping.RemoteComputerName == pair.Server!.NodeName)
        || (ping.ComputerName == pair.Server!.NodeName && ping.RemoteComputerName == pair.ComputeName);
}
