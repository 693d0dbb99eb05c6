using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the Open vSwitch bridges of nodes.</summary>
[Cmdlet(VerbsCommon.Get, "OvsBridge")]
[OutputType(typeof(OvsBridge))]
public sealed class GetOvsBridgeCommand : NodeCmdlet<OvsBridge>
{
    /// <summary>The bridges, wildcards allowed; all when left out.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(BridgeCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] Bridge { get; set; } = [];

    private protected override string[] Collectors => ["OvsPort"];

    private protected override Filter<OvsBridge> Filter() => new Filter<OvsBridge>()
        .Name(ComputerName, bridge => bridge.ComputerName)
        .Named(NameKind.Bridge, Bridge, bridge => bridge.Bridge);

    private protected override IEnumerable<OvsBridge> Select(NodeState node, Cloud cloud) => node.OvsBridges;
}
