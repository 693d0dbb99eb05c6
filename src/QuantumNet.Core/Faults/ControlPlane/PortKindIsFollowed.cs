using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.GatheringFaults;

namespace QuantumNet.Faults.ControlPlane;

/// <summary>The port is of a kind whose whole path is followed. For any other, what cannot be said is said.</summary>
internal sealed class PortKindIsFollowed : ICheck
{
    public FaultScope Scope => FaultScope.Port;

    public IReadOnlyList<CheckInfo> Infos { get; } = [KindNotFollowed];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Kind is PortKind.Ovs or PortKind.BindingFailed)
            return [KindNotFollowed.Pass(leg.ComputeName, leg.Port.PortId)];
        Evidence? evidence = leg.Port.Source == RecordSource.Inferred ? leg.ComputePort?.ToEvidence()
            : leg.Port.ToEvidence(Telling(leg.Port));
        return [KindNotFollowed.Fail(leg.ComputeName, $"port {leg.Port.PortId}", Sentence(leg), evidence)
            with { Status = FindingStatus.Unknown, Severity = CheckSeverity.Error }];
    }

    private static string Telling(QuantumPort port) =>
        $"binding:vif_type {port.VifType}" + (port.VnicType.Length > 0 ? $", binding:vnic_type {port.VnicType}" : "");

    private static string Sentence(DhcpLeg leg)
    {
        const string Server = "only the DHCP server's side was judged";
        string where = leg.ComputeName.Length > 0 ? $" on {leg.ComputeName}" : "";
        return leg.Kind switch
        {
            PortKind.VhostUser => $"the port is a vhost-user socket{where}, and what passes through it between "
                + "the guest and Open vSwitch is not followed; the way from the switch on was judged.",
            PortKind.LinuxBridge => $"the port is plugged by the Linux bridge agent (vif_type bridge){where}, "
                + $"whose path is not followed; {Server}.",
            PortKind.Hardware => $"the guest holds a device of the NIC (vif_type {leg.Port.VifType}, "
                + $"vnic_type {leg.Port.VnicType}){where}, and passes no switch that could be looked at; {Server}.",
            PortKind.BareMetal => $"behind the port is a machine of its own (vnic_type {leg.Port.VnicType}), "
                + $"wired by the data centre's switches, which are not followed; {Server}.",
            PortKind.Unbound =>
                $"the port is not bound to a node (vif_type unbound): no instance is plugged in; {Server}.",
            PortKind.NetworkOwn =>
                $"the port is the network's own ({leg.Port.DeviceOwner}), and no DHCP client stands behind it.",
            _ => $"a port of vif_type {leg.Port.VifType} is not followed{where}; {Server}.",
        };
    }
}
