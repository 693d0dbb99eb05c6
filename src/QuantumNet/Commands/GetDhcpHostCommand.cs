using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the lines of dnsmasq's hosts files: which MAC gets which address.</summary>
[Cmdlet(VerbsCommon.Get, "DhcpHost")]
[OutputType(typeof(DhcpHost))]
public sealed class GetDhcpHostCommand : DhcpCmdlet<DhcpHost>
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

    private protected override string[] Collectors => ["DhcpHost"];

    private protected override Filter<DhcpHost> Filter() => new Filter<DhcpHost>()
        .Name(ComputerName, host => host.ComputerName)
        .Name(NetworkId, host => host.NetworkId)
        .Mac(Mac, host => host.Mac)
        .Name(IpAddress, host => host.IpAddress);

    private protected override IEnumerable<DhcpHost> Select(NodeState node, Cloud cloud) => node.DhcpHosts;
}
