using System.Collections.Concurrent;
using System.Globalization;

namespace QuantumNet.Pipeline;

/// <summary>The names of a cloud that was read, each with what to say about it: for completion, not the cloud itself.
/// </summary>
internal sealed class SeenNames
{
    private readonly ConcurrentDictionary<NameKind, ConcurrentDictionary<string, string>> _names = new();

    /// <summary>Whether nothing was read yet.</summary>
    public bool IsEmpty => _names.IsEmpty;

    /// <summary>The names of a kind.</summary>
    public IEnumerable<KeyValuePair<string, string>> Of(NameKind kind) =>
        _names.TryGetValue(kind, out ConcurrentDictionary<string, string>? names) ? names : [];

    /// <summary>Forgets all.</summary>
    public void Clear() => _names.Clear();

    /// <summary>Adds one.</summary>
    public void Add(NameKind kind, string name, string text = "")
    {
        if (name.Length > 0)
            _names.GetOrAdd(kind, _ => new(StringComparer.Ordinal))[name] = text;
    }

    /// <summary>Adds the names of a cloud.</summary>
    public void Remember(Cloud cloud)
    {
        foreach (NodeState node in cloud.Nodes.Values)
        {
            Add(NameKind.Node, node.ComputerName, string.Join(", ", node.Roles));
            RememberDevices(node);
            RememberTables(node);
            RememberFiles(node);
        }
        RememberRecords(cloud.Records);
    }

    private void RememberRecords(CloudRecords records)
    {
        foreach (NovaInstance instance in records.Instances)
        {
            Add(NameKind.Instance, instance.InstanceId, instance.Name);
            Add(NameKind.InstanceName, instance.Name, instance.InstanceId);
        }
        Dictionary<string, string> owners = records.Instances.DistinctBy(instance => instance.InstanceId)
            .ToDictionary(instance => instance.InstanceId, instance => instance.Name);
        foreach (QuantumPort port in records.Ports)
        {
            string owner = owners.GetValueOrDefault(port.DeviceId, port.DeviceOwner);
            Add(NameKind.Port, port.PortId, $"{port.IpAddress} {port.Mac} {owner} {port.ComputerName}");
            Add(NameKind.MacAddress, port.Mac, $"{port.IpAddress} {owner}");
            Add(NameKind.Address, port.IpAddress, $"{port.Mac} {owner}");
            Add(NameKind.DeviceOwner, port.DeviceOwner);
        }
        foreach (QuantumNetwork network in records.Networks)
        {
            Add(NameKind.Network, network.NetworkId, network.Name);
            Add(NameKind.NetworkName, network.Name, network.NetworkId);
        }
        foreach (QuantumSubnet subnet in records.Subnets)
        {
            Add(NameKind.Subnet, subnet.SubnetId, $"{subnet.Name} {subnet.Cidr}");
            Add(NameKind.SubnetName, subnet.Name, subnet.Cidr);
        }
        foreach (QuantumAgent agent in records.Agents)
        {
            Add(NameKind.AgentType, agent.AgentType);
            Add(NameKind.Binary, agent.Binary);
        }
        foreach (QuantumSecurityGroupRule rule in records.SecurityGroupRules)
        {
            Add(NameKind.SecurityGroup, rule.SecurityGroupId, rule.SecurityGroupName);
            Add(NameKind.SecurityGroupName, rule.SecurityGroupName, rule.SecurityGroupId);
        }
    }

    private void RememberDevices(NodeState node)
    {
        foreach (OvsBridge bridge in node.OvsBridges)
            Add(NameKind.Bridge, bridge.Bridge, "Open vSwitch bridge");
        foreach (LinuxBridge bridge in node.LinuxBridges)
            Add(NameKind.LinuxBridge, bridge.Bridge, $"Linux bridge on {node.ComputerName}");
        foreach (NodeLink link in node.Links)
            Add(NameKind.Device, link.Device, $"{link.Kind} on {node.ComputerName}".Trim());
        foreach (OvsPort port in node.OvsPorts)
        {
            Add(NameKind.Device, port.Device, $"port of {port.Bridge} on {node.ComputerName}");
            Add(NameKind.RemoteAddress, port.RemoteIp, $"tunnel of {node.ComputerName}");
        }
        foreach (NetworkNamespace space in node.Namespaces)
            Add(NameKind.Namespace, space.Namespace, $"on {node.ComputerName}");
    }

    private void RememberTables(NodeState node)
    {
        var tables = new HashSet<(string Bridge, int Table)>();
        foreach (OvsFlow flow in node.OvsFlows)
            tables.Add((flow.Bridge, flow.Table));
        foreach ((string bridge, int table) in tables)
        {
            Add(NameKind.Bridge, bridge, "Open vSwitch bridge");
            Add(NameKind.FlowTable, table.ToString(CultureInfo.InvariantCulture), "OpenFlow table");
        }
        foreach (IptablesChain chain in node.IptablesChains)
        {
            Add(NameKind.Table, chain.Table, "iptables table");
            Add(NameKind.Chain, chain.Chain, $"chain of table {chain.Table}");
        }
    }

    private void RememberFiles(NodeState node)
    {
        foreach (AgentConfig setting in node.AgentConfigs)
        {
            Add(NameKind.File, setting.Path);
            Add(NameKind.Section, setting.Section);
            Add(NameKind.Option, setting.Name, $"[{setting.Section}]");
        }
        foreach (string path in node.AgentLogs.Select(entry => entry.Path).Distinct())
            Add(NameKind.LogFile, path);
    }
}
