using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Dhcp;

/// <summary>dnsmasq may use the port's address: the leases file gives it to no other client, and dnsmasq's log does not
/// say why it keeps it back (rfc2131.c: "not using configured address ... because it is leased to ...").</summary>
internal sealed class AddressIsNotLeasedAway : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [AddressRefused];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { } server || leg.IsServedByAgent || leg.Port.IpAddress.Length == 0)
            return [AddressRefused.NotApplicable("No lease is expected.")];
        if (server.Node is not { } node)
            return [AddressRefused.Unknown(server.NodeName, "DhcpLease", leg.Port.NetworkId)];
        DhcpLease? other = node.DhcpLeasesOf(leg.Port.NetworkId, leg.Port.IpAddress).FirstOrDefault(lease =>
            lease.Mac.Length > 0 && lease.Mac != leg.Port.Mac
            && (lease.ExpiresAt is null || lease.ExpiresAt > leg.Cloud.Cloud.CollectedAt));
        DhcpEvent? reason = ReasonOf(leg, node);
        if (other is null)
            return [reason is not null ? Refused(server, reason)
                : KeepsNoFile(node, leg.Port.NetworkId) ? AddressRefused.NotApplicable("dnsmasq keeps no leases file.")
                : node.State.Has("DhcpLease", leg.Port.NetworkId)
                    ? AddressRefused.Pass(server.NodeName, leg.Port.IpAddress)
                : AddressRefused.Unknown(server.NodeName, "DhcpLease", leg.Port.NetworkId)
                    with { At = HopComponent.Dnsmasq }];
        string until = other.ExpiresAt is { } end ? $"until {end:yyyy-MM-dd HH:mm:ss} UTC" : "for ever";
        return [AddressRefused.Fail(server.NodeName, "leases", $"The leases file on {server.NodeName} gives "
                    + $"{leg.Port.IpAddress} to {other.Mac} {until}; the port's MAC is {leg.Port.Mac}.",
                other.ToEvidence(), reason?.ToEvidence())
            with { At = HopComponent.Dnsmasq }];
    }

    /// <summary>The leases file need not show the lease: the agent writes it anew from the ports,
    /// dnsmasq keeps it in mind.</summary>
    private static Finding Refused(DhcpSite server, DhcpEvent reason) =>
        AddressRefused.Fail(server.NodeName, "leases", $"dnsmasq on {server.NodeName} says: {reason.Message}.",
            reason.ToEvidence()) with { At = HopComponent.Dnsmasq };

    private static DhcpEvent? ReasonOf(DhcpLeg leg, NodeView node) => node.DhcpServersOf(leg.Port.NetworkId)
        .Select(dnsmasq => DnsmasqWords.Of(node, leg.Port, dnsmasq).Reason)
        .FirstOrDefault(reason => reason is not null);

    // Grizzly's dnsmasq runs with --leasefile-ro; a file that is named and not there yet holds no lease.
    private static bool KeepsNoFile(NodeView node, string networkId) =>
        node.DhcpServersOf(networkId).FirstOrDefault() is { LeaseFile.Length: 0 }
        || node.State.Commands.Exists(command => command is { Collector: "DhcpLease", State: CollectionState.Absent }
            && command.Subject == networkId);
}
