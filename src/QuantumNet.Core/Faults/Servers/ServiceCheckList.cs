using QuantumNet.Faults.ControlPlane;
using QuantumNet.Faults.Dhcp;

namespace QuantumNet.Faults.Servers;

/// <summary>Every check of a DHCP server: those of its own, and those of the ways to it that concern its end.</summary>
internal static class ServiceCheckList
{
    /// <summary>What should be true of a server whoever asks it; what others depend on comes first.</summary>
    public static IReadOnlyList<ICheck> OfServer { get; } =
    [
        new SubnetHasDhcp(),
        new NetworkIsScheduled(),
        new DhcpAgentIsAlive(),
        new AgentsWork(),
        new DhcpIsServedByDnsmasq(),
        new NamespaceExists(),
        new NamespaceHoldsOneDevice(),
        new NamespaceLetsRequestsIn(),
        new DnsmasqRuns(),
    ];

    /// <summary>What should be true of it as each port meets it; where it serves none, whoever asks.</summary>
    public static IReadOnlyList<ICheck> OfEither { get; } = [new DhcpPortIsPlugged(), new DhcpAddressMatches()];

    /// <summary>What should be true of it for each port that it serves.</summary>
    public static IReadOnlyList<ICheck> OfClient { get; } =
    [
        new DnsmasqReadsItsFiles(),
        new DnsmasqReadsNoSystemFile(),
        new HostFileKnowsPort(),
        new HostFileIsLoaded(),
        new AddressIsNotLeasedAway(),
        new NoSecondServerRefuses(),
    ];

    /// <summary>What only the server as a whole shows.</summary>
    public static IReadOnlyList<IServiceCheck> OfService { get; } =
    [
        new DnsmasqIsNewEnough(),
        new DnsmasqMatchesRecords(),
        new DnsmasqIsStable(),
        new PortIsDnsmasqs(),
        new OptionTagsAreSet(),
        new HostFileHasNoStranger(),
        new NoStrangerAnswers(),
    ];
}
