using QuantumNet.Topology;

namespace QuantumNet.Paths;

/// <summary>How an instance's tap reaches br-int.</summary>
internal enum PlugKind
{
    /// <summary>Not to be told from what was gathered.</summary>
    Unknown,
    /// <summary>tap, Linux bridge, veth pair, br-int: iptables filters on the Linux bridge.</summary>
    Hybrid,
    /// <summary>The tap is a port of br-int.</summary>
    Direct,
}

/// <summary>One DHCP agent's end of a network: its node, its port, its namespace; or a router's, where an instance is
/// asked from there.</summary>
internal sealed record DhcpSite
{
    /// <summary>Whether it is a router's end: no DHCP is served there.</summary>
    public bool IsRouter { get; init; }

    /// <summary>The network it serves.</summary>
    public required string NetworkId { get; init; }

    /// <summary>The node, as the records or the nodes name it.</summary>
    public required string NodeName { get; init; }

    /// <summary>What was gathered from it; null when nothing.</summary>
    public NodeView? Node { get; init; }

    /// <summary>Its port; null when no record tells of one.</summary>
    public QuantumPort? Port { get; init; }

    /// <summary>The agent's binding to the network; null when the records do not tell.</summary>
    public DhcpAgentBinding? Binding { get; init; }

    /// <summary>The namespace it should use; empty where namespaces are switched off
    /// (use_namespaces = False).</summary>
    public required string Namespace { get; init; }

    /// <summary>Its device on br-int; empty when not to be told.</summary>
    public required string OvsDevice { get; init; }

    /// <summary>Its device inside the namespace; null when absent.</summary>
    public NodeLink? InnerLink { get; init; }
}

/// <summary>One end of a leg, where it meets br-int.</summary>
/// <param name="NodeName">The node.</param>
/// <param name="Node">What was gathered from it; null when nothing.</param>
/// <param name="Device">The device on br-int; empty when not to be told.</param>
/// <param name="Port">Its entry in Open vSwitch; null when absent.</param>
/// <param name="Mac">MAC of what is behind it; empty when not to be told.</param>
/// <param name="Sends">The direction it sends: requests from the instance, replies from the server.</param>
internal sealed record LegEnd(
    string NodeName, NodeView? Node, string Device, OvsPort? Port, string Mac, DhcpDirection Sends)
{
    /// <summary>The direction it receives.</summary>
    public DhcpDirection Receives => Sends == DhcpDirection.Request ? DhcpDirection.Reply : DhcpDirection.Request;

    /// <summary>Why no packet can be sent from it or come to it; empty where one can.</summary>
    public string WhyUnplugged =>
        Node is null ? $"nothing was collected from {(NodeName.Length > 0 ? NodeName : "its node")}"
        : Port is null ? $"Open vSwitch on {NodeName} has no port {Device}" : "";
}

/// <summary>The way between one port and one DHCP server of its network: what checks judge.</summary>
internal sealed record DhcpLeg
{
    /// <summary>The cloud.</summary>
    public required CloudView Cloud { get; init; }

    /// <summary>The instance's port.</summary>
    public required QuantumPort Port { get; init; }

    /// <summary>Its network; null when no record tells of it.</summary>
    public QuantumNetwork? Network { get; init; }

    /// <summary>The node the instance runs on; empty when unknown.</summary>
    public required string ComputeName { get; init; }

    /// <summary>What was gathered from it; null when nothing.</summary>
    public NodeView? Compute { get; init; }

    /// <summary>What kind of port it is.</summary>
    public PortKind Kind { get; init; }

    /// <summary>How the tap reaches br-int.</summary>
    public PlugKind Plug { get; init; }

    /// <summary>The DHCP server's end; null when the network has none.</summary>
    public DhcpSite? Server { get; init; }

    /// <summary><c>gre</c>, <c>vxlan</c>, <c>geneve</c>, <c>vlan</c>, <c>flat</c>, <c>local</c>;
    /// empty when not to be told.</summary>
    public required string NetworkType { get; init; }

    /// <summary>GRE key, VNI or VLAN on the wire; null when not to be told, 0 for flat.</summary>
    public long? Segment { get; init; }

    /// <summary>Whether the agent answers DHCP by itself, so that no dnsmasq is expected.</summary>
    public bool IsServedByAgent { get; init; }

    /// <summary>Whether the control plane was asked, and told nothing of the port.</summary>
    public bool LacksPortRecord => Port.Source == RecordSource.Inferred
        && Cloud.Records.Source != RecordSource.Inferred;

    /// <summary>The tap's name; the socket's, where a vhost-user port has one instead.</summary>
    public string Tap => Kind == PortKind.VhostUser ? DeviceNames.VhostUser(Port.PortId) : DeviceNames.Tap(Port.PortId);

    /// <summary>The Linux bridge's name.</summary>
    public string LinuxBridge => DeviceNames.LinuxBridge(Port.PortId);

    /// <summary>The name of the device that is a port of br-int.</summary>
    public string OvsDevice => Plug == PlugKind.Direct ? Tap : DeviceNames.VethOvsEnd(Port.PortId);

    /// <summary>The port's entry on br-int; null when absent.</summary>
    public OvsPort? ComputePort => Compute?.OvsPort(OvsDevice);

    /// <summary>The DHCP server's entry on br-int; null when absent.</summary>
    public OvsPort? ServerPort => Server is { OvsDevice.Length: > 0 } ? Server.Node?.OvsPort(Server.OvsDevice) : null;

    /// <summary>The instance's end.</summary>
    public LegEnd ComputeEnd => new(ComputeName, Compute, OvsDevice, ComputePort, Port.Mac, DhcpDirection.Request);

    /// <summary>The DHCP server's end; null when the network has none.</summary>
    public LegEnd? ServerEnd => Server is null ? null
        : new(Server.NodeName, Server.Node, Server.OvsDevice, ServerPort,
            Server.Port?.Mac ?? Server.InnerLink?.Mac ?? "", DhcpDirection.Reply);

    /// <summary>The address that the DHCP server answers from: its record's, where its device has it or shows none to
    /// answer from; else the device's, one of the network's subnets first. Empty when neither tells.</summary>
    public string ServerAddress
    {
        get
        {
            string recorded = Server?.Port?.IpAddress ?? "";
            string[] held = [.. (Server?.InnerLink?.Addresses ?? []).Where(IsServingAddress)
                .Select(address => address.Split('/')[0])];
            return held.Length == 0 || Array.IndexOf(held, recorded) >= 0 ? recorded
                : Array.Find(held, address => SubnetDhcp.IsInSubnet(this, address)) ?? held[0];
        }
    }

    /// <summary>The agent may put the metadata service's address on the device as well;
    /// nobody is answered from that.</summary>
    public static bool IsServingAddress(string address) => address.Contains('.') && !address.Contains(':')
        && !address.StartsWith(Metadata, StringComparison.Ordinal);

    private const string Metadata = "169.254.169.254";

    /// <summary>Each end with its peer, when they are on two nodes.</summary>
    public IEnumerable<(LegEnd End, LegEnd Peer)> EndsApart() => ServerEnd is not { } server || IsOneNode ? []
        : [(ComputeEnd, server), (server, ComputeEnd)];

    /// <summary>Whether instance and DHCP server are on one node.</summary>
    public bool IsOneNode => Server is not null && HostId.IsSame(Server.NodeName, ComputeName);

    /// <summary>Whether the network crosses tunnels between nodes.</summary>
    public bool IsTunnelled => TunnelTypes.IsOfNetwork(NetworkType);

    /// <summary>Whether the network crosses a physical network between nodes.</summary>
    public bool IsPhysical => NetworkType is "vlan" or "flat";
}
