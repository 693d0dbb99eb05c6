using QuantumNet.Access.ControlPlane;
using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the subnets that the control plane knows, and whether DHCP serves them.</summary>
[Cmdlet(VerbsCommon.Get, "QuantumSubnet")]
[OutputType(typeof(QuantumSubnet))]
public sealed class GetQuantumSubnetCommand : CloudRecordCmdlet<QuantumSubnet>
{
    /// <summary>Ids of networks, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] NetworkId { get; set; } = [];

    /// <summary>Ids of subnets, wildcards allowed.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SubnetCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    [TextOnly]
    public string[] SubnetId { get; set; } = [];

    /// <summary>Names of subnets, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SubnetNameCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    private protected override string Kind => RecordKinds.Subnet;

    private protected override Filter<QuantumSubnet> Filter() => new Filter<QuantumSubnet>()
        .Id(NameKind.Network, NetworkId, subnet => subnet.NetworkId)
        .Id(NameKind.Subnet, SubnetId, subnet => subnet.SubnetId, subnet => subnet.Name)
        .Named(NameKind.SubnetName, Name, subnet => subnet.Name);

    private protected override IEnumerable<QuantumSubnet> Select(CloudRecords records) => records.Subnets;
}
