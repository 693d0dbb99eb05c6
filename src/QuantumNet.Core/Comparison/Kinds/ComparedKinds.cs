namespace QuantumNet.Comparison.Kinds;

/// <summary>Every kind of thing that is compared: to add one, write its data and name it here.</summary>
internal static class ComparedKinds
{
    /// <summary>What nodes hold.</summary>
    public static IReadOnlyList<ComparedKind> OfNodes { get; } =
    [
        DeviceKinds.Namespaces, DeviceKinds.Links, DeviceKinds.LinuxBridges, DeviceKinds.LinuxBridgePorts,
        DeviceKinds.LinuxBridgeMacs, DeviceKinds.KernelSettings,
        FilterKinds.Chains, FilterKinds.Rules, FilterKinds.Ip6Chains, FilterKinds.Ip6Rules, FilterKinds.Sets,
        FilterKinds.NftChains, FilterKinds.NftRules,
        SwitchKinds.Bridges, VlanKind.Vlans, SwitchKinds.Ports, SwitchKinds.OpenFlowPorts, FlowKind.Flows,
        SwitchKinds.Groups, SwitchKinds.Macs,
        ServiceKinds.Servers, ServiceKinds.Processes, ServiceKinds.Sockets, ServiceKinds.Hosts, ServiceKinds.Options,
        ServiceKinds.Leases, ServiceKinds.ServerSettings, ServiceKinds.AgentSettings,
    ];

    /// <summary>What the control plane records.</summary>
    public static IReadOnlyList<ComparedKind> OfRecords { get; } =
    [
        RecordKinds.Networks, RecordKinds.Subnets, RecordKinds.Bindings, RecordKinds.Ports, RecordKinds.Agents,
        RecordKinds.SecurityGroupRules, RecordKinds.Instances,
    ];
}
