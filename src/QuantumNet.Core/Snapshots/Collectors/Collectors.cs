namespace QuantumNet.Snapshots;

/// <summary>The catalogue of collectors: to add one, write its class and name it here.</summary>
internal static class Collectors
{
    /// <summary>Every collector, in the order in which a node is asked and read.</summary>
    public static IReadOnlyList<ICollector> All { get; } =
    [
        // Links, bridges, namespaces, firewalls, processes, sockets, kernel settings.
        new NodeLinkCollector(),
        new LinuxBridgeCollector(),
        new LinuxBridgeMacCollector(),
        new NetworkNamespaceCollector(),
        new IptablesCollector(),
        new Ip6tablesCollector(),
        new IpSetCollector(),
        new NftablesCollector(),
        new BridgeNetfilterCollector(),
        new ProcessCollector(),
        new SocketCollector(),

        // Open vSwitch.
        new OvsPortCollector(),
        new OpenFlowPortCollector(),
        new OvsFlowCollector(),
        new OvsGroupCollector(),
        new OvsFdbCollector(),

        // dnsmasq, its files and logs; agents' configuration and logs.
        new DhcpServerCollector(),
        DhcpFileCollector.Hosts,
        DhcpFileCollector.Options,
        DhcpFileCollector.Leases,
        new DhcpConfigCollector(),
        new DhcpLogCollector(),
        new AgentConfigCollector(),
        new ServerLogCollector(),
        new KernelLogCollector(),
        new AgentLogCollector(),
    ];
}
