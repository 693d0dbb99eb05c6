namespace QuantumNet.Pipeline;

/// <summary>What a parameter names. The id of the error for a name that nothing has is made of it:
/// <c>BridgeNotFound</c>.</summary>
internal enum NameKind
{
    Address,
    AgentType,
    Binary,
    Bridge,
    Chain,
    Device,
    DeviceOwner,
    EventType,
    File,
    FlowTable,
    Instance,
    InstanceName,
    Layer,
    Level,
    LinuxBridge,
    LogFile,
    MacAddress,
    Namespace,
    Network,
    NetworkName,
    Node,
    Option,
    Port,
    RemoteAddress,
    Section,
    SecurityGroup,
    SecurityGroupName,
    Subnet,
    SubnetName,
    Table,
}

/// <summary>The names of each kind that a cloud has, whatever records were asked for.</summary>
internal static class NameKinds
{
    /// <summary>The names of a kind. A bridge without flows and a network without leases are
    /// there all the same.</summary>
    public static IEnumerable<string> Of(Cloud cloud, NameKind kind) => kind switch
    {
        NameKind.Network => [.. cloud.Records.Networks.Select(network => network.NetworkId),
            .. cloud.Records.Ports.Select(port => port.NetworkId), .. OfNodes(cloud, kind)],
        NameKind.Instance => cloud.Records.Instances.Select(instance => instance.InstanceId),
        _ => OfNodes(cloud, kind),
    };

    private static IEnumerable<string> OfNodes(Cloud cloud, NameKind kind) =>
        cloud.Nodes.Values.SelectMany(node => kind switch
        {
            NameKind.Bridge => [.. node.OvsBridges.Select(bridge => bridge.Bridge),
                .. node.LinuxBridges.Select(bridge => bridge.Bridge), .. SubjectsOf(node, "OvsFlow", "OvsFdb")],
            NameKind.Namespace => node.Namespaces.Select(space => space.Namespace),
            NameKind.Network => node.Namespaces.Select(space => space.NetworkId),
            NameKind.Chain => node.IptablesChains.Select(chain => chain.Chain),
            _ => [],
        });

    // A dump of a bridge that holds no flow still tells that the bridge is there.
    private static IEnumerable<string> SubjectsOf(NodeState node, params string[] collectors) => node.Commands
        .Where(
            command => command.State == CollectionState.Collected && Array.IndexOf(collectors, command.Collector) >= 0)
        .Select(command => command.Subject);
}
