using QuantumNet.Binding;
using QuantumNet.Parsing.Ovs;
using QuantumNet.Pipeline;
using QuantumNet.Topology;

namespace QuantumNet.Commands;

/// <summary>Gets the tunnel ports of nodes, and which node is at the other end.</summary>
[Cmdlet(VerbsCommon.Get, "OvsTunnel")]
[OutputType(typeof(OvsTunnel))]
public sealed class GetOvsTunnelCommand : NodeCmdlet<OvsTunnel>
{
    /// <summary>The bridges, wildcards allowed; all when left out.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(BridgeCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] Bridge { get; set; } = [];

    /// <summary>Addresses of the other end, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RemoteAddressCompleter))]
    [SupportsWildcards]
    public string[] RemoteIp { get; set; } = [];

    private protected override string[] Collectors => ["OvsPort", "NodeLink"];

    private protected override Filter<OvsTunnel> Filter() => new Filter<OvsTunnel>()
        .Name(ComputerName, tunnel => tunnel.ComputerName)
        .Named(NameKind.Bridge, Bridge, tunnel => tunnel.Bridge)
        .Named(NameKind.RemoteAddress, RemoteIp, tunnel => tunnel.RemoteIp);

    private protected override IEnumerable<OvsTunnel> Select(NodeState node, Cloud cloud) =>
        OvsTunnels.Of(node.OvsPorts).Select(tunnel => tunnel with
        {
            RemoteComputerName = TunnelEndpoints.Of(cloud).OwnerOf(tunnel.RemoteIp),
        });
}
