using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.ControlPlane;

/// <summary>Some IPv4 subnet of the port has DHCP switched on.</summary>
internal sealed class SubnetHasDhcp : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN1001",
        Title = "DHCP is disabled on the subnet",
        Layer = "ControlPlane",
        Severity = CheckSeverity.Error,
        Needs = ["record:subnet"],
        Remedy = "Enable DHCP on the subnet (neutron subnet-update ID --enable-dhcp), "
            + "or give the instance its address by config drive.",
        Reference = "LP#1953478, LP#1805824",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        CloudRecords records = leg.Cloud.Records;
        if (records.Source == RecordSource.Inferred)
            return [s_info.NotApplicable(
                "No control plane was asked; a dnsmasq that runs with a range shows that DHCP is enabled.")];
        IReadOnlyList<QuantumSubnet> subnets = SubnetDhcp.Of(leg);
        if (subnets.Count == 0 && SubnetDhcp.IsServed(leg))
            return [s_info.Pass("", leg.Port.NetworkId, "dnsmasq runs with a range for the network")];
        if (!records.CollectedKinds.Contains("subnet"))
            return [s_info.Unknown(RecordAnswers.NodeOf(leg), "record:subnet", leg.Port.NetworkId)];
        if (subnets.Count == 0)
            return [Unnamed(leg)];
        if (subnets.FirstOrDefault(subnet => subnet.EnableDhcp) is { } enabled)
            return [s_info.Pass("", enabled.Cidr)];
        QuantumSubnet subnet = subnets[0];
        return [s_info.Fail(subnet.AnsweredBy, $"subnet {subnet.Cidr}",
            $"DHCP is disabled on subnet {subnet.Cidr} ({subnet.SubnetId}).",
            subnet.ToEvidence())];
    }

    private static Finding Unnamed(DhcpLeg leg) => s_info.Undecided(RecordAnswers.NodeOf(leg),
        $"network {leg.Port.NetworkId}",
        $"The control plane's records name no IPv4 subnet of network {leg.Port.NetworkId}: "
            + "cannot determine whether DHCP is enabled.");
}
