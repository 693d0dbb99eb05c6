using QuantumNet.Faults.ControlPlane;
using QuantumNet.Faults.Devices;
using QuantumNet.Faults.Dhcp;
using QuantumNet.Faults.Integration;
using QuantumNet.Faults.Iptables;
using QuantumNet.Faults.Tunnels;
using QuantumNet.Topology;

namespace QuantumNet.Faults;

/// <summary>Every check, in the order a request meets what they judge.</summary>
internal static class CheckList
{
    /// <summary>The checks. A new check is one line here.</summary>
    public static IReadOnlyList<ICheck> All { get; } =
    [
        new PortKindIsFollowed(),
        new SubnetHasDhcp(),
        new NetworkIsScheduled(),
        new DhcpAgentIsAlive(),
        new PortIsAdministrativelyUp(),
        new BindingSucceeded(),
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
        new BridgeHasFlows(),
        new TagMatchesSegment(),
        new PatchPairIsWhole(),
        new OutboundFlowSetsKey(),
        new FloodFitsDatapath(),
        new TunnelToPeerExists(),
        new HostFirewallLetsTunnelIn(),
        new TunnelKeysComeFromFlows(),
        new UnicastLeadsToPeer(),
        new InboundFlowExists(),
        new PhysicalNetworkIsWired(),
        new UplinkCarries(),
        new NamespaceExists(),
        new DhcpPortIsPlugged(),
        new NamespaceHoldsOneDevice(),
        new DhcpAddressMatches(),
        new NamespaceLetsRequestsIn(),
        new DnsmasqReadsItsFiles(),
        new DnsmasqReadsNoSystemFile(),
        new DnsmasqRuns(),
        new HostFileKnowsPort(),
        new HostFileIsLoaded(),
        new AddressIsNotLeasedAway(),
        new NoSecondServerRefuses(),
    ];

    /// <summary>The checks that say something of a kind of port: of one whose path is not followed,
    /// those of the control plane and of the server's side.</summary>
    public static IEnumerable<ICheck> For(PortKind kind) => kind switch
    {
        PortKind.Ovs => All,
        PortKind.VhostUser => All.Where(check => check is not (TapExists or LinksAreUp)),
        _ => All.Where(check => check.Infos[0].Layer is "ControlPlane" or "DhcpServer" or "Gathering"),
    };
}
