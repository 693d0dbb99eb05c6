namespace QuantumNet.Pipeline;

/// <summary>Kinds of names that parameters take, and the names of each that a cloud has, whatever records were asked for.</summary>
internal static class NameKinds
{
    public const string Bridge = "Bridge";
    public const string Namespace = "Namespace";
    public const string Network = "Network";
    public const string Instance = "Instance";
    public const string Chain = "Chain";

    /// <summary>The names of a kind. A bridge without flows and a network without leases are there all the same.</summary>
    public static IEnumerable<string> Of(Cloud cloud, string kind) => kind switch
    {
        Network => [.. cloud.Records.Networks.Select(network => network.NetworkId), .. cloud.Records.Ports.Select(port => port.NetworkId), .. OfNodes(cloud, kind)],
        Instance => cloud.Records.Instances.Select(instance => instance.InstanceId),
        _ => OfNodes(cloud, kind),
    };

    private static IEnumerable<string> OfNodes(Cloud cloud, string kind) => cloud.Nodes.Values.SelectMany(node => kind switch
    {
        Bridge => [.. node.OvsBridges.Select(bridge => bridge.Bridge), .. node.LinuxBridges.Select(bridge => bridge.Bridge), .. SubjectsOf(node, "OvsFlow", "OvsFdb")],
        Namespace => node.Namespaces.Select(space => space.Namespace),
        Network => node.Namespaces.Select(space => space.NetworkId),
        Chain => node.IptablesChains.Select(chain => chain.Chain),
        _ => [],
    });

    // A dump of a bridge that holds no flow still tells that the bridge is there.
    private static IEnumerable<string> SubjectsOf(NodeState node, params string[] collectors) => node.Commands
        .Where(command => command.State == CollectionState.Collected && Array.IndexOf(collectors, command.Collector) >= 0)
        .Select(command => command.Subject);
}
