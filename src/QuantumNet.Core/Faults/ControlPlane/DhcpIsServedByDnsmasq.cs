using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.ControlPlaneFaults;

namespace QuantumNet.Faults.ControlPlane;

/// <summary>Tells networks where no dnsmasq is expected: the OVS agent answers DHCP on the compute node itself.
/// Not a fault, but the reason why nothing of the DHCP server's side is judged.</summary>
internal sealed class DhcpIsServedByDnsmasq : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [NoDnsmasqByDesign];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (!leg.IsServedByAgent)
            return [NoDnsmasqByDesign.Pass("", "")];
        return [Judge(leg, leg.Compute!) with { At = HopComponent.OvsBridge }];
    }

    private static Finding Judge(DhcpLeg leg, NodeView compute)
    {
        Evidence? flow = compute.FlowsOf(compute.IntegrationBridge).DhcpToController.FirstOrDefault()?.ToEvidence();
        OvsBridge? bridge = compute.Bridge(compute.IntegrationBridge);
        if (bridge is null or { IsConnected: true })
            return NoDnsmasqByDesign.Fail(leg.ComputeName, compute.IntegrationBridge,
                $"The OVS agent on {leg.ComputeName} answers DHCP for this port itself; no dnsmasq is expected.", flow);
        return NoDnsmasqByDesign.Fail(leg.ComputeName, compute.IntegrationBridge,
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
