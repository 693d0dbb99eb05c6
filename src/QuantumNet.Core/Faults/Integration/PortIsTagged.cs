using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.IntegrationFaults;

namespace QuantumNet.Faults.Integration;

/// <summary>The instance's port on br-int has a live local VLAN. The agent parks ports it could not
/// wire on VLAN 4095.</summary>
internal sealed class PortIsTagged : ICheck
{
    public FaultScope Scope => FaultScope.Port;

    public IReadOnlyList<CheckInfo> Infos { get; } = [PortUntagged, PortOnDeadVlan, TrunkOfDeadVlan];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Compute is not { } compute || !compute.State.Has("OvsPort"))
            return [PortUntagged.Unknown(leg.ComputeName, "OvsPort")];
        Finding finding = leg.ComputePort switch
        {
            null => PortUntagged.Fail(leg.ComputeName, leg.OvsDevice,
                $"{leg.OvsDevice} is not plugged into {compute.IntegrationBridge} on {leg.ComputeName}."),
            { } port when IsDeadTrunk(port) => TrunkOfDeadVlan.Fail(leg.ComputeName, port.Device,
                $"{port.Device} on {leg.ComputeName} is a trunk of VLAN 4095 only.", port.ToEvidence()),
            { Tag: LocalVlanMap.DeadVlan } port => PortOnDeadVlan.Fail(leg.ComputeName, port.Device,
                $"{port.Device} on {leg.ComputeName} is on the dead VLAN 4095.",
                port.ToEvidence(), DropOf(compute, port)),
            { Tag: null } port => PortUntagged.Fail(leg.ComputeName, port.Device,
                $"{port.Device} on {leg.ComputeName} has no VLAN tag.", port.ToEvidence()),
            { } port => PortUntagged.Pass(leg.ComputeName, port.Device, $"VLAN {port.Tag}"),
        };
        return [finding with { At = HopComponent.OvsBridge }];
    }

    // With vlan_mode trunk the tag does not count.
    private static bool IsDeadTrunk(OvsPort port) =>
        Array.IndexOf(port.Trunks, LocalVlanMap.DeadVlan) >= 0 && (port.Tag is null || port.VlanMode == "trunk");

    private static Evidence? DropOf(NodeView compute, OvsPort port) => compute.FlowsOf(port.Bridge).PortDrops
        .Find(flow => FlowRoles.IsFrom(flow, port.Device, port.OfPort))?.ToEvidence();
}
