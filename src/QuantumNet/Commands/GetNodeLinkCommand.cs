using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the network devices of nodes, with their state, addresses and counters,
/// in every namespace looked into.</summary>
[Cmdlet(VerbsCommon.Get, "NodeLink")]
[OutputType(typeof(NodeLink))]
public sealed class GetNodeLinkCommand : NodeCmdlet<NodeLink>
{
    /// <summary>Names of devices, wildcards allowed.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    [SupportsWildcards]
    public string[] Device { get; set; } = [];

    /// <summary>Network namespaces, wildcards allowed; an empty text means the node's own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] Namespace { get; set; } = [];

    private protected override string[] Collectors => ["NodeLink"];

    private protected override Filter<NodeLink> Filter() => new Filter<NodeLink>()
        .Name(ComputerName, link => link.ComputerName)
        .Named(NameKind.Device, Device, link => link.Device)
        .Named(NameKind.Namespace, Namespace, link => link.Namespace);

    private protected override IEnumerable<NodeLink> Select(NodeState node, Cloud cloud) => node.Links;
}
