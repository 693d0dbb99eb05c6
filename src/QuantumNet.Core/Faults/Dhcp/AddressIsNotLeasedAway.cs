using System.Diagnostics.CodeAnalysis;
using QuantumNet.Paths;
using QuantumNet.Simulation.Client;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Simulation.Dnsmasq;
using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Dhcp;

/// <summary>dnsmasq gives the port its address: no lease of another client keeps it from that, and its log does not
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
        LeaseDecision? decision = LeaseDecision.Of(leg);
        // dnsmasq takes an address from a lease whose client its line names too.
        if (other is not null && decision?.GivesPortsAddress(leg.Port) != true)
            return [LeasedAway(leg, server, other, reason)];
        if (reason is not null)
            return [Refused(server, reason)];
        if (decision is { Outcome: LeaseOutcome.NotRenewed } || IsGivenAnother(leg, node, decision))
            return [Answered(leg, server, decision)];
        return [KeepsNoFile(node, leg.Port.NetworkId) ? AddressRefused.NotApplicable("dnsmasq keeps no leases file.")
            : node.State.Has("DhcpLease", leg.Port.NetworkId) ? AddressRefused.Pass(server.NodeName, leg.Port.IpAddress)
            : AddressRefused.Unknown(server.NodeName, "DhcpLease", leg.Port.NetworkId)
                with { At = HopComponent.Dnsmasq }];
    }

    private static Finding LeasedAway(DhcpLeg leg, DhcpSite server, DhcpLease other, DhcpEvent? reason)
    {
        string until = other.ExpiresAt is { } end ? $"until {end:yyyy-MM-dd HH:mm:ss} UTC" : "for ever";
        return AddressRefused.Fail(server.NodeName, "leases", $"The leases file on {server.NodeName} gives "
                    + $"{leg.Port.IpAddress} to {other.Mac} {until}; the port's MAC is {leg.Port.Mac}.",
                other.ToEvidence(), reason?.ToEvidence())
            with { At = HopComponent.Dnsmasq };
    }

    // The line names the port's address, and yet dnsmasq gives another.
    private static bool IsGivenAnother(
        DhcpLeg leg, NodeView node, [NotNullWhen(true)] LeaseDecision? decision) =>
        decision is { IsLeased: true } && !decision.GivesPortsAddress(leg.Port)
        && node.DhcpHostsOf(leg.Port.NetworkId)
            .Any(line => line.Mac == leg.Port.Mac && line.IpAddress == leg.Port.IpAddress);

    private static Finding Answered(DhcpLeg leg, DhcpSite server, LeaseDecision decision)
    {
        bool takesIt = decision.GivesPortsAddress(leg.Port)
            || LegFilter.PassesOffer(leg, leg.ServerAddress, decision.IpAddress);
        return AddressRefused.Fail(server.NodeName, "dnsmasq", $"dnsmasq on {server.NodeName} {decision.Reason}.",
            decision.Evidence) with
        {
            At = HopComponent.Dnsmasq, Severity = takesIt ? CheckSeverity.Warning : CheckSeverity.Error,
        };
    }

    /// <summary>The leases file need not show the lease: the agent rewrites it from the ports,
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
        || node.CommandsOf("DhcpLease", networkId)
            .Any(command => command.State == CollectionState.Absent && command.Subject == networkId);
}
