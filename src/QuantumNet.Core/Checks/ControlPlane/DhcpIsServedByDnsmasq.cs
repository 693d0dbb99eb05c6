using QuantumNet.Paths;

namespace QuantumNet.Checks.ControlPlane;

/// <summary>Tells networks where no dnsmasq is expected: the OVS agent answers DHCP on the compute node itself.
/// Not a fault, but the reason why nothing of the DHCP server's side is judged.</summary>
internal sealed class DhcpIsServedByDnsmasq : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN1015",
        Title = "No dnsmasq by design",
        Layer = "ControlPlane",
        Severity = CheckSeverity.Info,
        Needs = ["OvsFlow"],
        Remedy = "Nothing to mend: read the OVS agent's log on the compute node for its DHCP extension.",
        Reference = "LP#1900934",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (!leg.IsServedByAgent)
            return [s_info.Pass("", "")];
        OvsFlow? flow = leg.Compute?.FlowsOf(leg.Compute.IntegrationBridge).DhcpToController.FirstOrDefault();
        return [s_info.Fail(leg.ComputeName, leg.Compute?.IntegrationBridge ?? "",
            $"The OVS agent on {leg.ComputeName} answers DHCP for this port itself; no dnsmasq is expected.", flow?.ToEvidence())];
    }
}
