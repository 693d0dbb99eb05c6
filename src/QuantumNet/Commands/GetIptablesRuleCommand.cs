using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the iptables rules of nodes, taken apart, with their counters.</summary>
[Cmdlet(VerbsCommon.Get, "IptablesRule")]
[OutputType(typeof(IptablesRule))]
public sealed class GetIptablesRuleCommand : NodeCmdlet<IptablesRule>
{
    // iptables(8), TABLES: a table that holds nothing is not printed.
    private static readonly string[] s_tables = ["filter", "nat", "mangle", "raw", "security"];

    /// <summary>Tables: filter, nat, mangle, raw; all when left out.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(IptablesTableCompleter))]
    [SupportsWildcards]
    public string[] Table { get; set; } = [];

    /// <summary>Chains, wildcards allowed.</summary>
    [Parameter(Position = 2)]
    [ArgumentCompleter(typeof(ChainCompleter))]
    [SupportsWildcards]
    public string[] Chain { get; set; } = [];

    /// <summary>Quantum ports: the rules of their chains, and those that name their devices.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PortCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] PortId { get; set; } = [];

    /// <summary>Network namespaces, wildcards allowed; an empty text means the node's own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] Namespace { get; set; } = [];

    private protected override string[] Collectors => ["Iptables"];

    private protected override Filter<IptablesRule> Filter() => new Filter<IptablesRule>()
        .Name(ComputerName, rule => rule.ComputerName)
        .Named(NameKind.Table, Table, rule => rule.Table)
        .Named(NameKind.Chain, Chain, rule => rule.Chain)
        .Named(NameKind.Namespace, Namespace, rule => rule.Namespace)
        .OfPort(PortId, (rule, id) => PortNames.Mentions(rule.RawText, id));

    private protected override IEnumerable<string> KnownNames(Cloud cloud, NameKind kind) =>
        kind == NameKind.Table ? s_tables : base.KnownNames(cloud, kind);

    private protected override IEnumerable<IptablesRule> Select(NodeState node, Cloud cloud) => node.IptablesRules;
}
