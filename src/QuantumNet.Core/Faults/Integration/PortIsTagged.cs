using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Integration;

/// <summary>The instance's port on br-int has a live local VLAN. The agent parks ports it could not
/// wire on VLAN 4095.</summary>
internal sealed class PortIsTagged : ICheck
{
    // DEAD_VLAN_TAG in neutron's ovs constants.
    internal const int DeadVlan = 4095;

    private static readonly CheckInfo s_untagged = new()
    {
        Code = "QN4001",
        Title = "Port has no local VLAN",
        Layer = "Integration",
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort"],
        Remedy = "Read the OVS agent's log on the node for this port, then restart the agent.",
        Reference = "the agent never processed the port",
    };

    private static readonly CheckInfo s_dead = s_untagged with
    {
        Code = "QN4002",
        Title = "Port is on the dead VLAN",
        Remedy = "See why the agent gave the port up (its log; admin_state_up; "
            + "whether the server knows the device), then restart the agent.",
        Reference = "osism-archive/documentation#170",
    };

    private static readonly CheckInfo s_trunk = s_untagged with
    {
        Code = "QN4004",
        Title = "Port is left a trunk of the dead VLAN",
        Remedy = "Clear it (ovs-vsctl clear port DEVICE trunks vlan_mode) and restart the OVS agent.",
        Reference = "LP#1959564",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_untagged, s_dead, s_trunk];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Compute is not { } compute || !compute.State.Has("OvsPort"))
            return [s_untagged.Unknown(leg.ComputeName, "OvsPort")];
        Finding finding = leg.ComputePort switch
        {
            null => s_untagged.Fail(leg.ComputeName, leg.OvsDevice,
                $"{leg.OvsDevice} is not plugged into {compute.IntegrationBridge} on {leg.ComputeName}."),
            { } port when IsDeadTrunk(port) => s_trunk.Fail(leg.ComputeName, port.Device,
                $"{port.Device} on {leg.ComputeName} is a trunk of VLAN 4095 only.", port.ToEvidence()),
            { Tag: DeadVlan } port => s_dead.Fail(leg.ComputeName, port.Device,
                $"{port.Device} on {leg.ComputeName} is on the dead VLAN 4095.",
                port.ToEvidence(), DropOf(compute, port)),
            { Tag: null } port => s_untagged.Fail(leg.ComputeName, port.Device,
                $"{port.Device} on {leg.ComputeName} has no VLAN tag.", port.ToEvidence()),
            { } port => s_untagged.Pass(leg.ComputeName, port.Device, $"VLAN {port.Tag}"),
        };
        return [finding with { At = HopComponent.OvsBridge }];
    }

    // With vlan_mode trunk the tag does not count.
    private static bool IsDeadTrunk(OvsPort port) =>
        Array.IndexOf(port.Trunks, DeadVlan) >= 0 && (port.Tag is null || port.VlanMode == "trunk");

    private static Evidence? DropOf(NodeView compute, OvsPort port) => compute.FlowsOf(port.Bridge).PortDrops
        .Find(flow => FlowRoles.IsFrom(flow, port.Device, port.OfPort))?.ToEvidence();
}
