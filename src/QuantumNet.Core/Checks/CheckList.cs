using QuantumNet.Checks.ControlPlane;
using QuantumNet.Checks.Devices;
using QuantumNet.Checks.Dhcp;
using QuantumNet.Checks.Integration;
using QuantumNet.Checks.Iptables;
using QuantumNet.Checks.Tunnels;

namespace QuantumNet.Checks;

/// <summary>Every check, in the order a request meets what they judge.</summary>
internal static class CheckList
{
    /// <summary>The checks. A new check is one line here.</summary>
    public static IReadOnlyList<ICheck> All { get; } =
    [
        new SubnetHasDhcp(),
        new NetworkIsScheduled(),
        new DhcpAgentIsAlive(),
        new PortIsAdministrativelyUp(),
        new AgentsWork(),
        new DhcpIsServedByDnsmasq(),
        new TapExists(),
        new LinuxBridgeHoldsBothEnds(),
        new LinksAreUp(),
        new OvsPortsHaveDevices(),
        new FirewallDriverMatchesPlug(),
        new BridgedPacketsMeetIptables(),
        new PortChainsExist(),
        new DiscoverPassesIptables(),
        new OfferPassesIptables(),
        new PortIsTagged(),
        new TagMatchesSegment(),
        new PatchPairIsWhole(),
        new OutboundFlowSetsKey(),
        new FloodFitsDatapath(),
        new TunnelToPeerExists(),
        new TunnelKeysComeFromFlows(),
        new UnicastLeadsToPeer(),
        new InboundFlowExists(),
        new PhysicalNetworkIsWired(),
        new NamespaceExists(),
        new DhcpPortIsPlugged(),
        new NamespaceHoldsOneDevice(),
        new DhcpAddressMatches(),
        new NamespaceLetsRequestsIn(),
        new DnsmasqRuns(),
        new HostFileKnowsPort(),
        new HostFileIsLoaded(),
        new AddressIsNotLeasedAway(),
    ];
}

/// <summary>The catalogue of fault codes that checks raise.</summary>
public static class CheckCatalog
{
    /// <summary>All entries, by code.</summary>
    public static IReadOnlyList<CheckInfo> All { get; } =
        [.. CheckList.All.SelectMany(check => check.Infos).Concat(GatheringFaults.All).Concat(SampleFaults.All)
            .Concat(TraceFaults.All).DistinctBy(info => info.Code).OrderBy(info => info.Code, StringComparer.Ordinal)];

    /// <summary>The entry of a code; null when no check raises it.</summary>
    public static CheckInfo? Find(string code) => All.FirstOrDefault(info => string.Equals(info.Code, code, StringComparison.OrdinalIgnoreCase));
}
