using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the dnsmasq servers of nodes, with their arguments and whether they listen.</summary>
[Cmdlet(VerbsCommon.Get, "DhcpServer")]
[OutputType(typeof(DhcpServer))]
public sealed class GetDhcpServerCommand : DhcpCmdlet<DhcpServer>
{
    /// <summary>Ids of networks, wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] NetworkId { get; set; } = [];

    private protected override string[] Collectors => ["DhcpServer"];

    private protected override Filter<DhcpServer> Filter() => new Filter<DhcpServer>()
        .Name(ComputerName, server => server.ComputerName)
        .Id(NameKind.Network, NetworkId, server => server.NetworkId);

    private protected override IEnumerable<DhcpServer> Select(NodeState node, Cloud cloud) => node.DhcpServers;
}
