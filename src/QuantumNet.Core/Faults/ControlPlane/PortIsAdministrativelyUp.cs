using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.ControlPlane;

/// <summary>Neither the instance's port nor the DHCP server's was switched off by an administrator.</summary>
internal sealed class PortIsAdministrativelyUp : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN1007",
        Title = "Port is administratively down",
        Layer = "ControlPlane",
        Severity = CheckSeverity.Error,
        Needs = ["record:port"],
        Remedy = "Switch the port on (neutron port-update ID --admin-state-up True).",
        Reference = "LP#1757089",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        // Where the control plane was asked, and told nothing of the port, only the port's own record decides.
        yield return leg.LacksPortRecord
            ? s_info.Unknown(RecordAnswers.NodeOf(leg), "record:port", leg.Port.NetworkId)
            : Judge(leg.Port, leg.ComputeName, "the instance's port");
        if (leg.Server?.Port is { } server)
            yield return Judge(server, leg.Server.NodeName, "the DHCP server's port");
    }

    private static Finding Judge(QuantumPort port, string node, string what)
    {
        if (port.Source == RecordSource.Inferred)
            return s_info.NotApplicable("No control plane was asked.");
        return port.AdminStateUp ? s_info.Pass(node, port.PortId)
            : s_info.Fail(node, $"port {port.PortId}",
                $"admin_state_up of {what} {port.PortId} is False.", port.ToEvidence());
    }
}
