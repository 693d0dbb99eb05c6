using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.ControlPlane;

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
        Remedy = "No action needed: read the OVS agent's log on the compute node for its DHCP extension.",
        Reference = "LP#1900934",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (!leg.IsServedByAgent)
            return [s_info.Pass("", "")];
        return [Judge(leg, leg.Compute!) with { At = HopComponent.OvsBridge }];
    }

    private static Finding Judge(DhcpLeg leg, NodeView compute)
    {
        Evidence? flow = compute.FlowsOf(compute.IntegrationBridge).DhcpToController.FirstOrDefault()?.ToEvidence();
        OvsBridge? bridge = compute.State.OvsBridges.Find(one => one.Bridge == compute.IntegrationBridge);
        if (bridge is null or { IsConnected: true })
            return s_info.Fail(leg.ComputeName, compute.IntegrationBridge,
                $"The OVS agent on {leg.ComputeName} answers DHCP for this port itself; no dnsmasq is expected.", flow);
        return s_info.Fail(leg.ComputeName, compute.IntegrationBridge,
            $"{compute.IntegrationBridge} on {leg.ComputeName} hands this port's DHCP to the OVS agent, "
                + "but no agent is connected to it.", flow) with
            {
                Severity = CheckSeverity.Error,
                Direction = DhcpDirection.Request,
                Remedy = "Start the OVS agent on the node and read its log: "
                    + "with its DHCP extension it answers requests itself, through br-int's controller.",
            };
    }
}
