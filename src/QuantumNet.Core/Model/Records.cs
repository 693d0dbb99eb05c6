namespace QuantumNet;

/// <summary>Where a control-plane record comes from.</summary>
public enum RecordSource
{
    /// <summary>The REST API.</summary>
    Api,
    /// <summary>The command-line client on a controller.</summary>
    Client,
    /// <summary>Worked out from what the nodes hold; fields that no node tells are empty.</summary>
    Inferred,
}

/// <summary>What every control-plane record carries.</summary>
public abstract record ControlPlaneRecord
{
    /// <summary>Where it comes from.</summary>
    public RecordSource Source { get; init; }

    /// <summary>The request or client command whose answer it stands in.</summary>
    public string Command { get; init; } = "";

    /// <summary>The node or endpoint that answered.</summary>
    public string AnsweredBy { get; init; } = "";

    /// <summary>The record's own text, verbatim (one JSON object, or the table's lines).</summary>
    public string RawText { get; init; } = "";

    /// <summary>This record as evidence; <paramref name="text"/> picks the telling part.</summary>
    public Evidence ToEvidence(string? text = null) =>
        new() { ComputerName = AnsweredBy, Command = Command, Text = text ?? RawText };
}

/// <summary>A tenant network.</summary>
public sealed record QuantumNetwork : ControlPlaneRecord
{
    /// <summary>UUID.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>Its name; may be empty, need not be unique.</summary>
    public string Name { get; init; } = "";
    /// <summary><c>gre</c>, <c>vxlan</c>, <c>geneve</c>, <c>vlan</c>, <c>flat</c> or <c>local</c>;
    /// empty when the user may not see it.</summary>
    public string NetworkType { get; init; } = "";
    /// <summary>The physical network of a VLAN or flat network.</summary>
    public string PhysicalNetwork { get; init; } = "";
    /// <summary>GRE key, VNI or VLAN id; null for flat and where unknown.</summary>
    public int? SegmentationId { get; init; }
    /// <summary>False: the administrator switched it off.</summary>
    public bool AdminStateUp { get; init; } = true;
    /// <summary><c>ACTIVE</c>, <c>DOWN</c>, <c>BUILD</c> or <c>ERROR</c>.</summary>
    public string Status { get; init; } = "";
    /// <summary>Whether other tenants may use it.</summary>
    public bool Shared { get; init; }
    /// <summary>Whether it is a gateway network (router:external).</summary>
    public bool External { get; init; }
    /// <summary>Owner.</summary>
    public string TenantId { get; init; } = "";
    /// <summary>UUIDs of its subnets.</summary>
    public string[] SubnetIds { get; init; } = [];
    /// <summary>MTU in bytes that instances should use; null before Mitaka.</summary>
    public int? Mtu { get; init; }
    /// <inheritdoc/>
    public override string ToString() => Name.Length > 0 ? Name : NetworkId;
}

/// <summary>A subnet.</summary>
public sealed record QuantumSubnet : ControlPlaneRecord
{
    /// <summary>UUID.</summary>
    public string SubnetId { get; init; } = "";
    /// <summary>UUID of its network.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>Its name; may be empty.</summary>
    public string Name { get; init; } = "";
    /// <summary>Address block, <c>10.0.0.0/24</c>.</summary>
    public string Cidr { get; init; } = "";
    /// <summary>4 or 6.</summary>
    public int IpVersion { get; init; } = 4;
    /// <summary>Whether a DHCP agent serves it.</summary>
    public bool EnableDhcp { get; init; } = true;
    /// <summary>Gateway; empty when there is none.</summary>
    public string GatewayIp { get; init; } = "";
    /// <summary>Ranges that ports get addresses from, <c>first-last</c>.</summary>
    public string[] AllocationPools { get; init; } = [];
    /// <summary>Name servers handed out.</summary>
    public string[] DnsNameServers { get; init; } = [];
    /// <summary>Static routes handed out, <c>destination via nexthop</c>.</summary>
    public string[] HostRoutes { get; init; } = [];
    /// <summary>Owner.</summary>
    public string TenantId { get; init; } = "";
    /// <summary>IPv6: <c>slaac</c>, <c>dhcpv6-stateful</c>, <c>dhcpv6-stateless</c> or empty.</summary>
    public string Ipv6AddressMode { get; init; } = "";
    /// <inheritdoc/>
    public override string ToString() => Cidr;
}

/// <summary>One address of a port.</summary>
public sealed record FixedIp
{
    /// <summary>UUID of the subnet.</summary>
    public string SubnetId { get; init; } = "";
    /// <summary>The address.</summary>
    public string IpAddress { get; init; } = "";
    /// <inheritdoc/>
    public override string ToString() => IpAddress;
}

/// <summary>A port: what an instance, a DHCP server or a router plugs into a network.</summary>
public sealed record QuantumPort : ControlPlaneRecord
{
    private const string Distributed = "network:router_interface_distributed";

    /// <summary>Owners of a router's interface to a network (neutron_lib/constants.py: ROUTER_INTERFACE_OWNERS).
    /// </summary>
    internal static readonly string[] RouterOwners =
        ["network:router_interface", "network:ha_router_replicated_interface", Distributed];

    /// <summary>UUID. Inferred records may hold only its first 11 characters.</summary>
    public string PortId { get; init; } = "";
    /// <summary>Its name; may be empty.</summary>
    public string Name { get; init; } = "";
    /// <summary>UUID of its network.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>MAC address, lower case.</summary>
    public string Mac { get; init; } = "";
    /// <summary>Its first IPv4 address; empty when it has none.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>All its addresses.</summary>
    public FixedIp[] FixedIps { get; init; } = [];
    /// <summary>What it serves: the instance's UUID, or <c>dhcp&lt;host&gt;-&lt;network&gt;</c>.</summary>
    public string DeviceId { get; init; } = "";
    /// <summary><c>compute:nova</c>, <c>network:dhcp</c>, <c>network:router_interface</c> ...</summary>
    public string DeviceOwner { get; init; } = "";
    /// <summary>The node it is bound to (binding:host_id); empty when unknown.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary><c>ovs</c>, <c>bridge</c>, <c>unbound</c>, <c>binding_failed</c> ...</summary>
    public string VifType { get; init; } = "";
    /// <summary><c>normal</c>, <c>direct</c>, <c>macvtap</c>, <c>baremetal</c> ... (binding:vnic_type);
    /// empty when not told.</summary>
    public string VnicType { get; init; } = "";
    /// <summary>Whether the server wants a Linux bridge between tap and br-int; null when it does not say.</summary>
    public bool? HybridPlug { get; init; }
    /// <summary>False: the administrator switched it off.</summary>
    public bool AdminStateUp { get; init; } = true;
    /// <summary><c>ACTIVE</c>, <c>DOWN</c>, <c>BUILD</c> or <c>ERROR</c>.</summary>
    public string Status { get; init; } = "";
    /// <summary>UUIDs of its security groups.</summary>
    public string[] SecurityGroupIds { get; init; } = [];
    /// <summary>False: no filter at all; null when the server does not say.</summary>
    public bool? PortSecurityEnabled { get; init; }
    /// <summary>Further addresses it may send from, <c>mac ip</c>.</summary>
    public string[] AllowedAddressPairs { get; init; } = [];
    /// <summary>Owner.</summary>
    public string TenantId { get; init; } = "";
    /// <summary>Whether a DHCP agent uses it.</summary>
    public bool IsDhcp => DeviceOwner == "network:dhcp";
    /// <summary>Whether it is a router's interface to the network: one that it routes to, not its gateway.</summary>
    internal bool IsRouterInterface => Array.IndexOf(RouterOwners, DeviceOwner) >= 0;
    /// <summary>Whether that router is on every node that needs it.</summary>
    internal bool IsDistributed => DeviceOwner == Distributed;
    /// <inheritdoc/>
    public override string ToString() => PortId;
}

/// <summary>A Quantum or Neutron agent.</summary>
public sealed record QuantumAgent : ControlPlaneRecord
{
    /// <summary>UUID.</summary>
    public string AgentId { get; init; } = "";
    /// <summary><c>DHCP agent</c>, <c>Open vSwitch agent</c>, <c>L3 agent</c> ...</summary>
    public string AgentType { get; init; } = "";
    /// <summary><c>neutron-dhcp-agent</c>, <c>quantum-openvswitch-agent</c> ...</summary>
    public string Binary { get; init; } = "";
    /// <summary>The node it runs on.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>Whether its heartbeat is recent.</summary>
    public bool Alive { get; init; }
    /// <summary>False: the administrator switched it off.</summary>
    public bool AdminStateUp { get; init; } = true;
    /// <summary>Last heartbeat, UTC; null when not told.</summary>
    public DateTime? HeartbeatAt { get; init; }
    /// <summary>Address its tunnels end at (configurations.tunneling_ip); empty when not told.</summary>
    public string TunnelIp { get; init; } = "";
    /// <summary>Physical networks and their bridges, <c>physnet:bridge</c>.</summary>
    public string[] BridgeMappings { get; init; } = [];
    /// <summary>Tunnel types it speaks.</summary>
    public string[] TunnelTypes { get; init; } = [];
    /// <summary>Extensions it has loaded (<c>dhcp</c>, <c>qos</c> ...).</summary>
    public string[] Extensions { get; init; } = [];
    /// <inheritdoc/>
    public override string ToString() => $"{AgentType} on {ComputerName}";
}

/// <summary>A network scheduled to a DHCP agent.</summary>
public sealed record DhcpAgentBinding : ControlPlaneRecord
{
    /// <summary>UUID of the network.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>UUID of the agent.</summary>
    public string AgentId { get; init; } = "";
    /// <summary>The node the agent runs on.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>Whether its heartbeat is recent.</summary>
    public bool Alive { get; init; }
    /// <summary>False: the administrator switched it off.</summary>
    public bool AdminStateUp { get; init; } = true;
}

/// <summary>One rule of a security group.</summary>
public sealed record QuantumSecurityGroupRule : ControlPlaneRecord
{
    /// <summary>UUID.</summary>
    public string RuleId { get; init; } = "";
    /// <summary>UUID of its group.</summary>
    public string SecurityGroupId { get; init; } = "";
    /// <summary>Name of its group, where told.</summary>
    public string SecurityGroupName { get; init; } = "";
    /// <summary><c>ingress</c> or <c>egress</c>.</summary>
    public string Direction { get; init; } = "";
    /// <summary><c>IPv4</c> or <c>IPv6</c>.</summary>
    public string EtherType { get; init; } = "";
    /// <summary>Protocol name or number; empty for any.</summary>
    public string Protocol { get; init; } = "";
    /// <summary>First port or ICMP type; null for any.</summary>
    public int? PortRangeMin { get; init; }
    /// <summary>Last port or ICMP code; null for any.</summary>
    public int? PortRangeMax { get; init; }
    /// <summary>Peers by address; empty for any.</summary>
    public string RemoteIpPrefix { get; init; } = "";
    /// <summary>Peers by group; empty for any.</summary>
    public string RemoteGroupId { get; init; } = "";
}

/// <summary>An instance, as Nova tells it.</summary>
public sealed record NovaInstance : ControlPlaneRecord
{
    /// <summary>UUID.</summary>
    public string InstanceId { get; init; } = "";
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";
    /// <summary><c>ACTIVE</c>, <c>SHUTOFF</c>, <c>ERROR</c> ...</summary>
    public string Status { get; init; } = "";
    /// <summary>The compute node (OS-EXT-SRV-ATTR:host); empty when the user may not see it.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>Networks and addresses, <c>net1=10.0.0.2</c>.</summary>
    public string[] Networks { get; init; } = [];
    /// <summary>Owner.</summary>
    public string TenantId { get; init; } = "";
    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What the guest's console says of its DHCP client.</summary>
public enum ConsoleVerdict
{
    /// <summary>The log does not mention a DHCP client.</summary>
    NoClientSeen,
    /// <summary>It asked and got a lease.</summary>
    Leased,
    /// <summary>It asked and got none.</summary>
    NoLease,
    /// <summary>It was still asking when the log ended.</summary>
    StillAsking,
}

/// <summary>An instance's console, read for its DHCP client's story.</summary>
public sealed record ConsoleLog : ControlPlaneRecord
{
    /// <summary>UUID of the instance.</summary>
    public string InstanceId { get; init; } = "";
    /// <summary>Its name, where known.</summary>
    public string InstanceName { get; init; } = "";
    /// <summary><c>udhcpc</c>, <c>dhclient</c>, <c>cloud-init</c> ...; empty when none was seen.</summary>
    public string Client { get; init; } = "";
    /// <summary>DISCOVERs it says it sent.</summary>
    public int DiscoverCount { get; init; }
    /// <summary>REQUESTs it says it sent.</summary>
    public int RequestCount { get; init; }
    /// <summary>What became of it.</summary>
    public ConsoleVerdict Verdict { get; init; }
    /// <summary>The address it was given; empty when none.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>Lease time in seconds; null when not told.</summary>
    public int? LeaseSeconds { get; init; }
    /// <summary>The lines that tell it, verbatim.</summary>
    public string[] Lines { get; init; } = [];
}
