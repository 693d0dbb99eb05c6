using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the Linux bridges of nodes and the devices in them.</summary>
[Cmdlet(VerbsCommon.Get, "LinuxBridge")]
[OutputType(typeof(LinuxBridge))]
public sealed class GetLinuxBridgeCommand : NodeCmdlet<LinuxBridge>
{
    /// <summary>The bridges, wildcards allowed; all when left out.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LinuxBridgeCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] Bridge { get; set; } = [];

    /// <summary>Only bridges that hold one of these devices, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    [SupportsWildcards]
    public string[] Device { get; set; } = [];

    private protected override string[] Collectors => ["LinuxBridge"];

    private protected override Filter<LinuxBridge> Filter() => new Filter<LinuxBridge>()
        .Name(ComputerName, bridge => bridge.ComputerName)
        .Named(NameKind.Bridge, Bridge, bridge => bridge.Bridge)
        .Named(NameKind.Device, Device, bridge => bridge.Interfaces);

    private protected override IEnumerable<LinuxBridge> Select(NodeState node, Cloud cloud) => node.LinuxBridges;
}
