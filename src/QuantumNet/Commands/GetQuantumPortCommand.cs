using QuantumNet.Access.ControlPlane;
using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the ports that the control plane knows, by whatever is at hand:
/// id, network, instance, MAC or address.</summary>
[Cmdlet(VerbsCommon.Get, "QuantumPort")]
[OutputType(typeof(QuantumPort))]
public sealed class GetQuantumPortCommand : CloudRecordCmdlet<QuantumPort>
{
    /// <summary>Ports: an id or any prefix of it, a name, a MAC, an address, an instance's id or name,
    /// wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TextOnly]
    [Alias("Port")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] PortId { get; set; } = [];

    /// <summary>What the ports serve: ids of instances, or a DHCP agent's device id, wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("InstanceId")]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] DeviceId { get; set; } = [];

    /// <summary>Ids of networks, wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] NetworkId { get; set; } = [];

    /// <summary>MAC addresses, in any spelling, wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MacCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] Mac { get; set; } = [];

    /// <summary>Addresses, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AddressCompleter))]
    [SupportsWildcards]
    public string[] IpAddress { get; set; } = [];

    /// <summary>Who owns the ports, wildcards allowed: compute:*, network:dhcp ...</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceOwnerCompleter))]
    [SupportsWildcards]
    public string[] DeviceOwner { get; set; } = [];

    /// <summary>The nodes the ports are bound to, wildcards allowed.</summary>
    [Parameter]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [SupportsWildcards]
    public string[] ComputerName { get; set; } = [];

    private protected override string Kind => RecordKinds.Port;

    private protected override Filter<QuantumPort> Filter() => new Filter<QuantumPort>()
        .OfPort(PortId, (port, id) => port.PortId.StartsWith(id, StringComparison.OrdinalIgnoreCase),
            port => port.PortId)
        .Id(NameKind.Device, DeviceId, port => port.DeviceId)
        .Id(NameKind.Network, NetworkId, port => port.NetworkId)
        .Mac(Mac, port => port.Mac)
        .Named(NameKind.Address, IpAddress, Addresses)
        .Named(NameKind.DeviceOwner, DeviceOwner, port => port.DeviceOwner)
        .Named(NameKind.Node, ComputerName, port => port.ComputerName);

    private protected override IEnumerable<QuantumPort> Select(CloudRecords records) => records.Ports;

    private static IEnumerable<string> Addresses(QuantumPort port) =>
        port.FixedIps.Length > 0 ? port.FixedIps.Select(ip => ip.IpAddress) : [port.IpAddress];
}
