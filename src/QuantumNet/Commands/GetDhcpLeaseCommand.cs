using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the leases that dnsmasq has given.</summary>
[Cmdlet(VerbsCommon.Get, "DhcpLease")]
[OutputType(typeof(DhcpLease))]
public sealed class GetDhcpLeaseCommand : DhcpCmdlet<DhcpLease>
{
    /// <summary>Ids of networks, wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] NetworkId { get; set; } = [];

    /// <summary>MAC addresses, in any spelling, wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] Mac { get; set; } = [];

    /// <summary>Addresses, wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] IpAddress { get; set; } = [];

    private protected override string[] Collectors => ["DhcpLease"];

    private protected override Filter<DhcpLease> Filter() => new Filter<DhcpLease>()
        .Name(ComputerName, lease => lease.ComputerName)
        .Name(NetworkId, lease => lease.NetworkId)
        .Mac(Mac, lease => lease.Mac)
        .Name(IpAddress, lease => lease.IpAddress);

    private protected override IEnumerable<DhcpLease> Select(NodeState node, Cloud cloud) => node.DhcpLeases;
}
