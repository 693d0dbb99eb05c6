using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the OpenFlow entries of bridges.</summary>
[Cmdlet(VerbsCommon.Get, "OvsFlow")]
[OutputType(typeof(OvsFlow))]
public sealed class GetOvsFlowCommand : NodeCmdlet<OvsFlow>
{
    /// <summary>The bridges, wildcards allowed; all when left out.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(BridgeCompleter))]
    [SupportsWildcards]
    public string[] Bridge { get; set; } = [];

    /// <summary>Only these tables.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FlowTableCompleter))]
    public int[] Table { get; set; } = [];

    private protected override string[] Collectors => ["OvsFlow"];

    private protected override Filter<OvsFlow> Filter() => new Filter<OvsFlow>()
        .Name(ComputerName, flow => flow.ComputerName)
        .Named(NameKind.Bridge, Bridge, flow => flow.Bridge)
        .Number(Table, flow => flow.Table);

    private protected override IEnumerable<OvsFlow> Select(NodeState node, Cloud cloud) => node.OvsFlows;
}
