using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the MAC addresses that Open vSwitch bridges have learned.</summary>
[Cmdlet(VerbsCommon.Get, "OvsFdbEntry")]
[OutputType(typeof(OvsFdbEntry))]
public sealed class GetOvsFdbEntryCommand : NodeCmdlet<OvsFdbEntry>
{
    /// <summary>The bridges, wildcards allowed; all when left out.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(BridgeCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] Bridge { get; set; } = [];

    /// <summary>MAC addresses, in any spelling, wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MacCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] Mac { get; set; } = [];

    /// <summary>Only these VLANs.</summary>
    [Parameter]
    public int[] Vlan { get; set; } = [];

    private protected override string[] Collectors => ["OvsFdb"];

    private protected override Filter<OvsFdbEntry> Filter() => new Filter<OvsFdbEntry>()
        .Name(ComputerName, entry => entry.ComputerName)
        .Named(NameKind.Bridge, Bridge, entry => entry.Bridge)
        .Mac(Mac, entry => entry.Mac)
        .Number(Vlan, entry => entry.Vlan);

    private protected override IEnumerable<OvsFdbEntry> Select(NodeState node, Cloud cloud) => node.OvsFdbEntries;
}
