using System.Collections.Concurrent;

namespace QuantumNet.Topology;

/// <summary>One node's records, indexed for the questions that paths and checks ask. Built once per cloud.</summary>
internal sealed class NodeView
{
    private readonly Dictionary<(string Namespace, string Device), NodeLink> _links = [];
    private readonly Dictionary<string, OvsPort> _ovsPorts = new(StringComparer.Ordinal);
    private readonly ILookup<string, OvsPort> _portsOfBridge;
    private readonly ILookup<string, OvsFlow> _flowsOfBridge;
    private readonly ILookup<string, IptablesRule> _rulesOfChain;
    private readonly ConcurrentDictionary<string, Lazy<BridgeFlows>> _bridgeFlows = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<OvsPort> _numberedPorts;
    private readonly List<OvsPort> _tunnels;
    private readonly ILookup<string, NodeLink> _linksOfNamespace;
    private readonly ILookup<string, CollectedCommand> _commands;
    private readonly ILookup<string, DhcpServer> _dhcpServers;
    private readonly Dictionary<string, NetworkNamespace> _namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IptablesChain> _chains = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AgentConfig> _settings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OvsBridge> _bridges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _linuxBridges = new(StringComparer.Ordinal);
    private readonly Lazy<bool> _tellsBridges;
    private readonly ConcurrentDictionary<string, bool> _showsAddresses = new(StringComparer.Ordinal);
    private readonly ILookup<string, DhcpHost> _dhcpHosts;
    private readonly ILookup<string, DhcpLease> _leasesOfAddress;
    private readonly Lazy<IReadOnlyList<PhysicalBridge>> _physicalBridges;

    public NodeView(NodeState state)
    {
        State = state;
        foreach (NodeLink link in state.Links)
            _links.TryAdd((link.Namespace, link.Device), link);
        _linksOfNamespace = state.Links.ToLookup(link => link.Namespace, StringComparer.Ordinal);
        _commands = state.Commands.ToLookup(
            command => KeyOf(command.Collector, command.Subject), StringComparer.OrdinalIgnoreCase);
        _dhcpServers = state.DhcpServers.ToLookup(server => server.NetworkId, StringComparer.OrdinalIgnoreCase);
        IndexNames(state);
        _numberedPorts = Numbered(state);
        foreach (OvsPort port in _numberedPorts)
            _ovsPorts.TryAdd(port.Device, port);
        _tunnels = [.. _numberedPorts.Where(IsTunnel)];
        _portsOfBridge = _numberedPorts.ToLookup(port => port.Bridge, StringComparer.Ordinal);
        _flowsOfBridge = state.OvsFlows.ToLookup(flow => flow.Bridge, StringComparer.Ordinal);
        _rulesOfChain = state.IptablesRules.Where(rule => rule is { Namespace: "", Table: "filter" })
            .ToLookup(rule => rule.Chain, StringComparer.Ordinal);
        ILookup<string, string> hostsFiles = DnsmasqFiles.Of(state, server => server.HostsFile),
            leaseFiles = DnsmasqFiles.Of(state, server => server.LeaseFile);
        _dhcpHosts = state.DhcpHosts.Where(host => DnsmasqFiles.IsRead(hostsFiles, host.NetworkId, host))
            .ToLookup(host => host.NetworkId, StringComparer.OrdinalIgnoreCase);
        _leasesOfAddress = state.DhcpLeases.Where(lease => DnsmasqFiles.IsRead(leaseFiles, lease.NetworkId, lease))
            .ToLookup(lease => lease.IpAddress, StringComparer.Ordinal);
        IntegrationBridge = FindIntegrationBridge();
        TunnelBridge = FindTunnelBridge();
        Addresses = FindAddresses();
        _physicalBridges = new(() => PhysicalBridge.AllOf(this));
        _tellsBridges = new(() => State.Has("LinuxBridge") || LinksOf("").Any(link => link.Master.Length > 0));
    }

    /// <summary>The records themselves.</summary>
    public NodeState State { get; }

    /// <summary>The node's name.</summary>
    public string Name => State.ComputerName;

    /// <summary>The bridge that instances and DHCP servers plug into.</summary>
    public string IntegrationBridge { get; }

    /// <summary>The bridge that holds the tunnel ports; empty when there is none.</summary>
    public string TunnelBridge { get; }

    /// <summary>IPv4 and IPv6 addresses of the node's own namespace, without prefix length.</summary>
    public IReadOnlySet<string> Addresses { get; }

    /// <summary>A device of the node's own namespace, or of another; null when absent.</summary>
    public NodeLink? Link(string device, string @namespace = "") => _links.GetValueOrDefault((@namespace, device));

    /// <summary>Whether a device of the node's own namespace is up and has a carrier: by the kernel, or, of a port of
    /// DPDK or a bond of Open vSwitch's own, which the kernel does not know, by Open vSwitch; null when neither
    /// tells.</summary>
    public bool? Carries(string device)
    {
        if (Link(device) is { } link)
            return link.IsUp && Array.IndexOf(link.Flags, "NO-CARRIER") < 0
                && link.OperState is not ("DOWN" or "LOWERLAYERDOWN" or "NOTPRESENT");
        return OvsPort(device) is not { } port ? null
            : port.AdminState == "down" || port.LinkState == "down" || port.Error.Length > 0 ? false
            : port.LinkState == "up" ? true : null;
    }

    /// <summary>The devices of a namespace.</summary>
    public IEnumerable<NodeLink> LinksOf(string @namespace) => _linksOfNamespace[@namespace];

    /// <summary>A network namespace; null when absent.</summary>
    public NetworkNamespace? Namespace(string name) => _namespaces.GetValueOrDefault(name);

    /// <summary>What was run for a collector about a subject.</summary>
    public IEnumerable<CollectedCommand> CommandsOf(string collector, string subject) =>
        _commands[KeyOf(collector, subject)];

    /// <summary>An Open vSwitch port, on whichever bridge; null when absent.</summary>
    public OvsPort? OvsPort(string device) => _ovsPorts.GetValueOrDefault(device);

    /// <summary>The ports of an Open vSwitch bridge.</summary>
    public IEnumerable<OvsPort> PortsOf(string bridge) => _portsOfBridge[bridge];

    /// <summary>The tunnel ports.</summary>
    public IReadOnlyList<OvsPort> Tunnels => _tunnels;

    /// <summary>Every Open vSwitch port, with its number from the database or, where that does not tell it,
    /// from OpenFlow.</summary>
    public IReadOnlyList<OvsPort> OvsPorts => _numberedPorts;

    /// <summary>An Open vSwitch bridge; null when absent.</summary>
    public OvsBridge? Bridge(string name) => _bridges.GetValueOrDefault(name);

    /// <summary>The bridges of physical networks that hang on the integration bridge.</summary>
    public IReadOnlyList<PhysicalBridge> PhysicalBridges => _physicalBridges.Value;

    /// <summary>A bridge's flows, by what they do to VLANs and tunnel keys.</summary>
    public BridgeFlows FlowsOf(string bridge) => _bridgeFlows.GetOrAdd(bridge,
        name => new(() => new BridgeFlows(_flowsOfBridge[name]))).Value;

    /// <summary>A bridge's flows as dumped.</summary>
    public IEnumerable<OvsFlow> FlowsIn(string bridge) => _flowsOfBridge[bridge];

    /// <summary>Whether a collector read something about a subject that shows addresses (<c>ip address</c>;
    /// <c>ip link</c> shows none).</summary>
    public bool ShowsAddresses(string @namespace = "") => _showsAddresses.GetOrAdd(@namespace, name =>
        LinksOf(name).Any(link => link.Addresses.Length > 0)
        || CommandsOf("NodeLink", name).Any(command => command.State == CollectionState.Collected
            && command.Subject == name && command.Command.Contains(" addr", StringComparison.Ordinal)));

    /// <summary>The output of a collector about a subject as evidence of what it lacks;
    /// null when there is none.</summary>
    public Evidence? OutputOf(string collector, string subject = "") =>
        CommandsOf(collector, subject).FirstOrDefault(command => command.Subject == subject
                && command.State == CollectionState.Collected) is { } command
            ? new Evidence { ComputerName = Name, Command = command.Command } : null;

    /// <summary>The rules of a chain of the filter table of the node's own namespace, in order.</summary>
    public IEnumerable<IptablesRule> RulesOf(string chain) => _rulesOfChain[chain];

    /// <summary>A chain of the filter table of the node's own namespace; null when absent.</summary>
    public IptablesChain? Chain(string name) => _chains.GetValueOrDefault(name);

    /// <summary>The Linux bridge that holds a device, from <c>ip link</c> or <c>brctl show</c>;
    /// empty when none does.</summary>
    public string LinuxBridgeOf(string device)
    {
        if (Link(device) is { Master.Length: > 0 } link)
            return link.Master;
        return _linuxBridges.GetValueOrDefault(device, "");
    }

    /// <summary>Whether what was collected tells which bridge holds which device:
    /// <c>brctl show</c> or <c>bridge link</c> does, and <c>ip link</c> where it prints masters.</summary>
    public bool TellsBridges => _tellsBridges.Value;

    /// <summary>Lines of the hosts file that a network's dnsmasq reads, by its arguments;
    /// of any of the network's where none tells.</summary>
    public IEnumerable<DhcpHost> DhcpHostsOf(string networkId) => _dhcpHosts[networkId];

    /// <summary>Lines of dnsmasq's leases file for an address of a network.</summary>
    public IEnumerable<DhcpLease> DhcpLeasesOf(string networkId, string address) =>
        _leasesOfAddress[address]
            .Where(lease => string.Equals(lease.NetworkId, networkId, StringComparison.OrdinalIgnoreCase));

    /// <summary>dnsmasq servers of a network.</summary>
    public IEnumerable<DhcpServer> DhcpServersOf(string networkId) => _dhcpServers[networkId];

    /// <summary>A setting of the agents' files, by option name; null when none sets it.</summary>
    public AgentConfig? Config(string name) => _settings.GetValueOrDefault(name);

    /// <summary>Whether its DHCP agent gives each network a namespace of its own.</summary>
    public bool UsesNamespaces => Config("use_namespaces") is not { } setting
        || !setting.Value.Equals("False", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a port is one end of a tunnel.</summary>
    public static bool IsTunnel(OvsPort port) =>
        port.Type is "gre" or "vxlan" or "geneve" or "gre64" or "ipsec_gre" or "lisp";

    private void IndexNames(NodeState state)
    {
        foreach (NetworkNamespace space in state.Namespaces)
            _namespaces.TryAdd(space.Namespace, space);
        foreach (IptablesChain chain in state.IptablesChains)
        {
            if (chain is { Namespace: "", Table: "filter" })
                _chains.TryAdd(chain.Chain, chain);
        }
        foreach (AgentConfig setting in state.AgentConfigs)
        {
            if (setting.Value.Length > 0)
                _settings[setting.Name] = setting;
        }
        foreach (OvsBridge bridge in state.OvsBridges)
            _bridges.TryAdd(bridge.Bridge, bridge);
        foreach (LinuxBridge bridge in state.LinuxBridges)
        {
            foreach (string device in bridge.Interfaces)
                _linuxBridges.TryAdd(device, bridge.Bridge);
        }
    }

    private static string KeyOf(string collector, string subject) => $"{collector} {subject}";

    private string FindIntegrationBridge()
    {
        if (Config("integration_bridge") is { } setting)
            return setting.Value;
        OvsPort? plugged = _numberedPorts.FirstOrDefault(
            port => port.PortId.Length > 0 || port.Device.StartsWith("qvo", StringComparison.Ordinal));
        return plugged is { Bridge.Length: > 0 } ? plugged.Bridge : "br-int";
    }

    private string FindTunnelBridge() =>
        _numberedPorts.FirstOrDefault(IsTunnel)?.Bridge
        ?? Config("tunnel_bridge")?.Value
        ?? (State.OvsBridges.Exists(bridge => bridge.Bridge == "br-tun") ? "br-tun" : "");

    private static List<OvsPort> Numbered(NodeState state)
    {
        Dictionary<(string Bridge, string Device), int> numbers = [];
        foreach (OpenFlowPort port in state.OpenFlowPorts)
            numbers.TryAdd((port.Bridge, port.Device), port.OfPort);
        return state.OvsPorts.ConvertAll(port => port.OfPort is null
            && numbers.TryGetValue((port.Bridge, port.Device), out int number) ? port with { OfPort = number } : port);
    }

    private HashSet<string> FindAddresses()
    {
        HashSet<string> addresses = new(StringComparer.OrdinalIgnoreCase);
        foreach (NodeLink link in State.Links)
        {
            if (link.Namespace.Length > 0)
                continue;
            foreach (string address in link.Addresses)
                addresses.Add(address.Split('/')[0]);
        }
        return addresses;
    }
}
