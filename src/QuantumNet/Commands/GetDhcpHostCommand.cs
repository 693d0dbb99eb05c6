using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the lines of dnsmasq's hosts files: which MAC gets which address.</summary>
[Cmdlet(VerbsCommon.Get, "DhcpHost")]
[OutputType(typeof(DhcpHost))]
public sealed class GetDhcpHostCommand : DhcpAddressCmdlet<DhcpHost>
{
    private protected override string[] Collectors => ["DhcpHost"];

    private protected override (string NetworkId, string Mac, string IpAddress) KeyOf(DhcpHost record) =>
        (record.NetworkId, record.Mac, record.IpAddress);

    private protected override IEnumerable<DhcpHost> Select(NodeState node, Cloud cloud) => node.DhcpHosts;
}
