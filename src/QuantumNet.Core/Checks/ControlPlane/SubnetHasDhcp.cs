using QuantumNet.Paths;

namespace QuantumNet.Checks.ControlPlane;

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
        Remedy = "Enable DHCP on the subnet (neutron subnet-update ID --enable-dhcp), or give the instance its address by config drive.",
        Reference = "LP#1953478, LP#1805824",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        CloudRecords records = leg.Cloud.Records;
        if (records.Source == RecordSource.Inferred)
            return [s_info.NotApplicable("No control plane was asked; nodes do not tell whether DHCP is enabled.")];
        if (!records.CollectedKinds.Contains("subnet"))
            return [s_info.Unknown("the control plane", "subnet records")];

        List<QuantumSubnet> subnets = [.. SubnetsOf(leg)];
        if (subnets.Count == 0)
            return [s_info.NotApplicable("The port has no IPv4 subnet.")];
        if (subnets.Find(subnet => subnet.EnableDhcp) is { } enabled)
            return [s_info.Pass("", enabled.Cidr)];
        QuantumSubnet subnet = subnets[0];
        return [s_info.Fail(subnet.AnsweredBy, $"subnet {subnet.Cidr}", $"DHCP is disabled on subnet {subnet.Cidr} ({subnet.SubnetId}).",
            subnet.ToEvidence())];
    }

    private static IEnumerable<QuantumSubnet> SubnetsOf(DhcpLeg leg)
    {
        IEnumerable<QuantumSubnet> ofNetwork = leg.Cloud.SubnetsOf(leg.Port.NetworkId).Where(subnet => subnet.IpVersion == 4);
        List<QuantumSubnet> ofPort = [.. ofNetwork.Where(subnet => leg.Port.FixedIps.Any(ip => ip.SubnetId == subnet.SubnetId))];
        return ofPort.Count > 0 ? ofPort : ofNetwork;
    }
}
