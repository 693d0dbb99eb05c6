using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the ports of Open vSwitch bridges, with their tags, types and errors.</summary>
[Cmdlet(VerbsCommon.Get, "OvsPort")]
[OutputType(typeof(OvsPort))]
public sealed class GetOvsPortCommand : NodeCmdlet<OvsPort>
{
    /// <summary>The bridges, wildcards allowed; all when left out.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(BridgeCompleter))]
    [SupportsWildcards]
    public string[] Bridge { get; set; } = [];

    /// <summary>Names of ports, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    [SupportsWildcards]
    public string[] Device { get; set; } = [];

    /// <summary>The Quantum ports that the ports belong to (external_ids:iface-id), wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PortCompleter))]
    [SupportsWildcards]
    public string[] PortId { get; set; } = [];

    /// <summary>Only these access VLANs.</summary>
    [Parameter]
    public int[] Tag { get; set; } = [];

    private protected override string[] Collectors => ["OvsPort"];

    private protected override Filter<OvsPort> Filter() => new Filter<OvsPort>()
        .Name(ComputerName, port => port.ComputerName)
        .Named(NameKind.Bridge, Bridge, port => port.Bridge)
        .Named(NameKind.Device, Device, port => port.Device)
        .OfPort(PortId, (port, id) => port.PortId.StartsWith(id, StringComparison.OrdinalIgnoreCase),
            port => port.PortId)
        .Number(Tag, port => port.Tag);

    private protected override IEnumerable<OvsPort> Select(NodeState node, Cloud cloud) => node.OvsPorts;
}
