using static QuantumNet.Comparison.Kinds.DeviceKinds;

namespace QuantumNet.Comparison.Kinds;

/// <summary>The control plane's records.</summary>
internal static class RecordKinds
{
    private const string Layer = "ControlPlane";

    public static readonly ComparedKind<QuantumNetwork> Networks = new()
    {
        Name = "network",
        Collector = "record:network",
        Records = node => node.Cloud.Records.Networks,
        Layer = (_, _) => Layer,
        Identity = (network, _) => network.NetworkId,
        Object = network => $"network {network}",
        Facts =
        [
            new("admin state", Suspicion.Order, network => UpDown(network.AdminStateUp)) { Sound = "up" },
            new("type", Suspicion.Wiring, network => Told(network.NetworkType)),
            new("segment", Suspicion.Wiring, network => $"{network.SegmentationId}"),
            new("physical network", Suspicion.Wiring, network => network.PhysicalNetwork),
            new("MTU", Suspicion.Setting, network => $"{network.Mtu}"),
            new("subnets", Suspicion.Setting, network => Lines(network.SubnetIds)) { IsList = true },
            new("status", Suspicion.Symptom, network => network.Status) { Sound = "ACTIVE" },
            new("name", Suspicion.Trivial, network => network.Name),
        ],
        Line = (network, _) => network.ToEvidence(),
        BelongsTo = (network, _) => new() { NetworkId = network.NetworkId },
        WhenGone = _ => Suspicion.Order,
    };

    public static readonly ComparedKind<QuantumSubnet> Subnets = new()
    {
        Name = "subnet",
        Collector = "record:subnet",
        Records = node => node.Cloud.Records.Subnets,
        Layer = (_, _) => Layer,
        Identity = (subnet, _) => subnet.SubnetId,
        Object = subnet => $"subnet {subnet}",
        Facts =
        [
            new("DHCP", Suspicion.Order, subnet => YesNo(subnet.EnableDhcp)) { Sound = "yes" },
            new("CIDR", Suspicion.Order, subnet => subnet.Cidr),
            new("gateway", Suspicion.Setting, subnet => subnet.GatewayIp),
            new("pools", Suspicion.Setting, subnet => Lines(subnet.AllocationPools)) { IsList = true },
            new("name servers", Suspicion.Setting, subnet => Lines(subnet.DnsNameServers)) { IsList = true },
            new("routes", Suspicion.Setting, subnet => Lines(subnet.HostRoutes)) { IsList = true },
        ],
        Line = (subnet, _) => subnet.ToEvidence(),
        BelongsTo = (subnet, _) => new() { NetworkId = subnet.NetworkId },
        WhenGone = _ => Suspicion.Order,
    };

    public static readonly ComparedKind<QuantumPort> Ports = new()
    {
        Name = "port",
        Collector = "record:port",
        Records = node => node.Cloud.Records.Ports.Where(port => port.Source != RecordSource.Inferred),
        Layer = (_, _) => Layer,
        Identity = (port, _) => port.PortId,
        Object = port => $"port {port.PortId}",
        Text = port => $"{port.DeviceOwner} {port.IpAddress}".Trim(),
        Facts =
        [
            new("admin state", Suspicion.Order, port => UpDown(port.AdminStateUp)) { Sound = "up" },
            new("MAC", Suspicion.Order, port => port.Mac),
            new("addresses", Suspicion.Order, port => Lines(port.FixedIps.Select(ip => ip.IpAddress)))
                { IsList = true },
            new("host", Suspicion.Order, port => port.ComputerName),
            new("network", Suspicion.Order, port => port.NetworkId),
            new("device", Suspicion.Order, port => $"{port.DeviceOwner} {port.DeviceId}".Trim()),
            new("security groups", Suspicion.Order, port => Lines(port.SecurityGroupIds)) { IsList = true },
            new("port security", Suspicion.Order, port => YesNo(port.PortSecurityEnabled)),
            new("vif type", Suspicion.Wiring, port => port.VifType),
            new("vnic type", Suspicion.Wiring, port => port.VnicType),
            new("allowed address pairs", Suspicion.Setting, port => Lines(port.AllowedAddressPairs))
                { IsList = true },
            new("status", Suspicion.Symptom, port => port.Status) { Sound = "ACTIVE" },
            new("name", Suspicion.Trivial, port => port.Name),
        ],
        Line = (port, _) => port.ToEvidence(),
        BelongsTo = (port, _) => new() { PortId = port.PortId, NetworkId = port.IsDhcp ? port.NetworkId : "" },
        WhenGone = _ => Suspicion.Order,
    };

    public static readonly ComparedKind<QuantumAgent> Agents = new()
    {
        Name = "agent",
        Collector = "record:agent",
        Records = node => node.Cloud.Records.Agents,
        Layer = (_, _) => Layer,
        Identity = (agent, _) => $"{agent.AgentType}|{agent.ComputerName}",
        Object = agent => $"{agent}",
        Facts =
        [
            new("admin state", Suspicion.Order, agent => UpDown(agent.AdminStateUp)) { Sound = "up" },
            new("alive", Suspicion.Service, agent => YesNo(agent.Alive)) { Sound = "yes" },
            new("tunnel address", Suspicion.Wiring, agent => Told(agent.TunnelIp)),
            new("bridge mappings", Suspicion.Setting, agent => Lines(agent.BridgeMappings)) { IsList = true },
            new("tunnel types", Suspicion.Setting, agent => Lines(agent.TunnelTypes)) { IsList = true },
            new("extensions", Suspicion.Setting, agent => Lines(agent.Extensions)) { IsList = true },
            new("heartbeat", ComparisonDetail.Age, agent => $"{agent.HeartbeatAt:u}"),
        ],
        Line = (agent, _) => agent.ToEvidence(),
        BelongsTo = (agent, _) => new() { Host = agent.ComputerName },
        WhenGone = _ => Suspicion.Service,
    };

    public static readonly ComparedKind<DhcpAgentBinding> Bindings = new()
    {
        Name = "DHCP agent",
        Collector = "record:dhcp-agent",
        Records = node => node.Cloud.Records.DhcpAgentBindings,
        Layer = (_, _) => Layer,
        Identity = (binding, _) => $"{binding.NetworkId}|{binding.ComputerName}",
        Object = binding => $"network {binding.NetworkId}",
        Text = binding => binding.ComputerName,
        Likeness = (binding, _) => binding.NetworkId,
        Line = (binding, _) => binding.ToEvidence(),
        BelongsTo = (binding, _) => new() { NetworkId = binding.NetworkId },
        WhenGone = _ => Suspicion.Order,
    };

    public static readonly ComparedKind<QuantumSecurityGroupRule> SecurityGroupRules = new()
    {
        Name = "security group rule",
        Collector = "record:security-group-rule",
        IsSet = true,
        Records = node => node.Cloud.Records.SecurityGroupRules,
        Layer = (_, _) => Layer,
        Identity = (rule, _) => $"{rule.SecurityGroupId}|{TextOf(rule)}",
        Object = rule => $"security group {(rule.SecurityGroupName.Length > 0 ? rule.SecurityGroupName
            : rule.SecurityGroupId)}",
        Text = TextOf,
        Line = (rule, _) => rule.ToEvidence(),
        BelongsTo = (rule, _) => new() { SecurityGroupId = rule.SecurityGroupId },
        WhenGone = _ => Suspicion.Loss,
    };

    public static readonly ComparedKind<NovaInstance> Instances = new()
    {
        Name = "instance",
        Collector = "record:instance",
        Records = node => node.Cloud.Records.Instances,
        Layer = (_, _) => Layer,
        Identity = (instance, _) => instance.InstanceId,
        Object = instance => $"instance {instance}",
        Facts =
        [
            new("host", Suspicion.Order, instance => Told(instance.ComputerName)),
            new("status", Suspicion.Order, instance => instance.Status) { Sound = "ACTIVE" },
            new("networks", Suspicion.Setting, instance => Lines(instance.Networks)) { IsList = true },
            new("name", Suspicion.Trivial, instance => instance.Name),
        ],
        Line = (instance, _) => instance.ToEvidence(),
        BelongsTo = (instance, _) => new() { InstanceId = instance.InstanceId },
        WhenGone = _ => Suspicion.Order,
    };

    private static string UpDown(bool isUp) => isUp ? "up" : "down";

    private static string? Told(string text) => text.Length > 0 ? text : null;

    private static string TextOf(QuantumSecurityGroupRule rule)
    {
        string ports = rule.PortRangeMin is null ? "" : $" {rule.PortRangeMin}-{rule.PortRangeMax}";
        string remote = rule.RemoteIpPrefix.Length > 0 ? $" {rule.RemoteIpPrefix}"
            : rule.RemoteGroupId.Length > 0 ? $" group {rule.RemoteGroupId}" : "";
        return $"{rule.Direction} {rule.EtherType} {rule.Protocol}{ports}{remote}".TrimEnd();
    }
}
