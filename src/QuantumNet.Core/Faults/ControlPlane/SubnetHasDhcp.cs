using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.ControlPlaneFaults;

namespace QuantumNet.Faults.ControlPlane;

/// <summary>Some IPv4 subnet of the port has DHCP switched on.</summary>
internal sealed class SubnetHasDhcp : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [DhcpDisabled];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        CloudRecords records = leg.Cloud.Records;
        if (records.Source == RecordSource.Inferred)
            return [DhcpDisabled.NotApplicable(
                "No control plane was asked; a dnsmasq that runs with a range shows that DHCP is enabled.")];
        IReadOnlyList<QuantumSubnet> subnets = SubnetDhcp.Of(leg);
        if (subnets.Count == 0 && SubnetDhcp.IsServed(leg))
            return [DhcpDisabled.Pass("", leg.Port.NetworkId, "dnsmasq runs with a range for the network")];
        if (!records.CollectedKinds.Contains("subnet"))
            return [DhcpDisabled.Unknown(RecordAnswers.NodeOf(leg), "record:subnet", leg.Port.NetworkId)];
        if (subnets.Count == 0)
            return [Unnamed(leg)];
        if (subnets.FirstOrDefault(subnet => subnet.EnableDhcp) is { } enabled)
            return [DhcpDisabled.Pass("", enabled.Cidr)];
        QuantumSubnet subnet = subnets[0];
        return [DhcpDisabled.Fail(subnet.AnsweredBy, $"subnet {subnet.Cidr}",
            $"DHCP is disabled on subnet {subnet.Cidr} ({subnet.SubnetId}).",
            subnet.ToEvidence())];
    }

    private static Finding Unnamed(DhcpLeg leg) => DhcpDisabled.Undecided(RecordAnswers.NodeOf(leg),
        $"network {leg.Port.NetworkId}",
        $"The control plane's records name no IPv4 subnet of network {leg.Port.NetworkId}: "
            + "cannot determine whether DHCP is enabled.");
}
