using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the leases that dnsmasq has given.</summary>
[Cmdlet(VerbsCommon.Get, "DhcpLease")]
[OutputType(typeof(DhcpLease))]
public sealed class GetDhcpLeaseCommand : DhcpAddressCmdlet<DhcpLease>
{
    private protected override string[] Collectors => ["DhcpLease"];

    private protected override (string NetworkId, string Mac, string IpAddress) KeyOf(DhcpLease record) =>
        (record.NetworkId, record.Mac, record.IpAddress);

    private protected override IEnumerable<DhcpLease> Select(NodeState node, Cloud cloud) => node.DhcpLeases;
}
