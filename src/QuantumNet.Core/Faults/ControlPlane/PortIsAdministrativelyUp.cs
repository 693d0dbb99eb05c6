using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.ControlPlaneFaults;

namespace QuantumNet.Faults.ControlPlane;

/// <summary>Neither the instance's port nor the DHCP server's was switched off by an administrator.</summary>
internal sealed class PortIsAdministrativelyUp : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [PortSwitchedOff];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        // Where the control plane was asked, and told nothing of the port, only the port's own record decides.
        yield return leg.LacksPortRecord
            ? PortSwitchedOff.Unknown(RecordAnswers.NodeOf(leg), "record:port", leg.Port.NetworkId)
            : Judge(leg.Port, leg.ComputeName, "the instance's port");
        if (leg.Server?.Port is { } server)
            yield return Judge(server, leg.Server.NodeName,
                server.IsRouterInterface ? "the router's port" : "the DHCP server's port");
    }

    private static Finding Judge(QuantumPort port, string node, string what)
    {
        if (port.Source == RecordSource.Inferred)
            return PortSwitchedOff.NotApplicable("No control plane was asked.");
        return port.AdminStateUp ? PortSwitchedOff.Pass(node, port.PortId)
            : PortSwitchedOff.Fail(node, $"port {port.PortId}",
                $"admin_state_up of {what} {port.PortId} is False.", port.ToEvidence());
    }
}
