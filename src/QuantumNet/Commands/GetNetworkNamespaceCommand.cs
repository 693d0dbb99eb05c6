using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the network namespaces of nodes, and which network each serves.</summary>
[Cmdlet(VerbsCommon.Get, "NetworkNamespace")]
[OutputType(typeof(NetworkNamespace))]
public sealed class GetNetworkNamespaceCommand : NodeCmdlet<NetworkNamespace>
{
    /// <summary>Names of namespaces, wildcards allowed.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [SupportsWildcards]
    public string[] Namespace { get; set; } = [];

    /// <summary>Ids of networks, wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] NetworkId { get; set; } = [];

    private protected override string[] Collectors => ["NetworkNamespace"];

    private protected override Filter<NetworkNamespace> Filter() => new Filter<NetworkNamespace>()
        .Name(ComputerName, space => space.ComputerName)
        .Named(NameKind.Namespace, Namespace, space => space.Namespace)
        .Id(NameKind.Network, NetworkId, space => space.NetworkId);

    private protected override IEnumerable<NetworkNamespace> Select(NodeState node, Cloud cloud) => node.Namespaces;
}
