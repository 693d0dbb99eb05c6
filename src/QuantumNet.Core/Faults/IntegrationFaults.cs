namespace QuantumNet.Faults;

/// <summary>The faults of br-int.</summary>
internal static class IntegrationFaults
{
    public static CheckInfo PortUntagged { get; } = new()
    {
        Code = "QN4001",
        Title = "Port has no local VLAN",
        Layer = "Integration",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort"],
        Explains = ["QN5006", "QN5007", "QN5008", "QN5018"],
        Remedy = "Read the OVS agent's log on the node for this port, then restart the agent.",
        Reference = "the agent never processed the port",
    };

    public static CheckInfo PortOnDeadVlan { get; } = new()
    {
        Code = "QN4002",
        Title = "Port is on the dead VLAN",
        Layer = "Integration",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort"],
        Explains = ["QN5006", "QN5007", "QN5008", "QN5018"],
        Remedy = "See why the agent gave the port up (its log; admin_state_up; whether the server knows the device), "
            + "then restart the agent.",
        Reference = "osism-archive/documentation#170",
    };

    public static CheckInfo TrunkOfDeadVlan { get; } = new()
    {
        Code = "QN4004",
        Title = "Port is left a trunk of the dead VLAN",
        Layer = "Integration",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort"],
        Remedy = "Clear it (ovs-vsctl clear port DEVICE trunks vlan_mode) and restart the OVS agent.",
        Reference = "LP#1959564",
    };

    public static CheckInfo TagOfAnotherNetwork { get; } = new()
    {
        Code = "QN4005",
        Title = "Port's VLAN is not its network's on this node",
        Layer = "Integration",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort", "OvsFlow"],
        Explains = ["QN5006", "QN5007", "QN5008", "QN5018"],
        Remedy = "Restart the OVS agent on the node: it rewires all ports and reinstalls the flows.",
        Reference = "ovs_neutron_agent.py: 'While restoring the local VLAN map from OVS'",
    };

    public static CheckInfo BridgeWithoutFlows { get; } = new()
    {
        Code = "QN4006",
        Title = "Bridge has lost its flows",
        Layer = "Integration",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["OvsFlow", "OvsPort"],
        Explains = ["QN3001", "QN5006", "QN5007", "QN5008", "QN5010", "QN5012", "QN5018"],
        Remedy = "Restart the OVS agent on the node: it reinstalls the flows of all bridges. Then see in "
            + "ovs-vswitchd's log what took them away.",
        Reference = "LP#1290486",
    };

    public static CheckInfo PatchPairBroken { get; } = new()
    {
        Code = "QN4007",
        Title = "Patch pair between br-int and br-tun is broken",
        Layer = "Integration",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort"],
        Remedy = "Restart the OVS agent on the node: it recreates the patch ports.",
        Reference = "LP#1514056",
    };

    public static IReadOnlyList<CheckInfo> All { get; } =
    [
        PortUntagged, PortOnDeadVlan, TrunkOfDeadVlan, TagOfAnotherNetwork, BridgeWithoutFlows, PatchPairBroken,
    ];
}
