namespace QuantumNet.Faults;

/// <summary>The faults of what the control plane's records and the agents show.</summary>
internal static class ControlPlaneFaults
{
    public static CheckInfo DhcpDisabled { get; } = new()
    {
        Code = "QN1001",
        Title = "DHCP is disabled on the subnet",
        Layer = "ControlPlane",
        Scope = FaultScope.Network,
        Severity = CheckSeverity.Error,
        Needs = ["record:subnet"],
        // Without DHCP on the subnet no agent keeps anything for the network.
        Explains = ["QN1002", "QN6001", "QN6002", "QN6004", "QN6005", "QN6008", "QN5006", "QN5008"],
        Remedy = "Enable DHCP on the subnet (openstack subnet set --dhcp SUBNET), or give the instance its address by "
            + "config drive.",
        Reference = "LP#1953478, LP#1805824",
    };

    public static CheckInfo NetworkUnscheduled { get; } = new()
    {
        Code = "QN1002",
        Title = "No DHCP agent serves the network",
        Layer = "ControlPlane",
        Scope = FaultScope.Network,
        Severity = CheckSeverity.Error,
        Needs = ["record:dhcp-agent"],
        // Without an agent nobody keeps anything for the network.
        Explains = ["QN6001", "QN6002", "QN6004", "QN6005", "QN6008"],
        Remedy = "Start a DHCP agent, then schedule the network to it (openstack network agent add network --dhcp "
            + "AGENT NETWORK).",
        Reference = "LP#1431105",
    };

    public static CheckInfo DhcpAgentDown { get; } = new()
    {
        Code = "QN1003",
        Title = "DHCP agent is down",
        Layer = "ControlPlane",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Needs = ["record:dhcp-agent"],
        // An agent that is down misses what the server tells it.
        Explains = ["QN6001", "QN6005", "QN6008", "QN6009"],
        Remedy = "Read the agent's log on the node, then restart the DHCP agent: it reads all ports again.",
        Reference = "LP#1192381",
    };

    public static CheckInfo BindingAgentDown { get; } = new()
    {
        Code = "QN1004",
        Title = "Port was not bound: its node's agent was down",
        Layer = "ControlPlane",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["record:port", "record:agent"],
        Remedy = "Start the OVS agent on the node, see that 'openstack network agent list' shows it alive, then stop "
            + "and start the instance (or take its port off and on): the port is then bound again.",
        Reference = "LP#1522192, LP#1794809",
    };

    public static CheckInfo BindingUnmapped { get; } = new()
    {
        Code = "QN1005",
        Title = "Port was not bound: its physical network is not mapped on the node",
        Layer = "ControlPlane",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["record:port", "record:agent", "AgentConfig"],
        Remedy = "Map the physical network in bridge_mappings of the OVS agent's file on the node and restart the "
            + "agent, or keep such instances off the node; then stop and start the instance.",
        Reference = "LP#1377710",
    };

    public static CheckInfo PortSwitchedOff { get; } = new()
    {
        Code = "QN1007",
        Title = "Port is administratively down",
        Layer = "ControlPlane",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["record:port"],
        // The OVS agent parks a port that is switched off, and takes its filter and its network's flows away.
        Explains = ["QN4001", "QN4002", "QN3001", "QN6002", "QN6004", "QN6005", "QN5006", "QN5007", "QN5008"],
        Remedy = "Switch the port on (openstack port set --enable PORT).",
        Reference = "LP#1757089",
    };

    public static CheckInfo AgentDeaf { get; } = new()
    {
        Code = "QN1011",
        Title = "Agent does not hear the server",
        Layer = "ControlPlane",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["AgentLog"],
        // An agent that hears nothing neither wires nor serves what is new.
        Explains =
        [
            "QN3001", "QN4001", "QN4002", "QN5006", "QN5007", "QN5008", "QN6001", "QN6002", "QN6005", "QN6008"
        ],
        Remedy = "Restart the agent on the node: it declares its queues again and asks for all ports. Then read the "
            + "message broker's log for why the queue or connection was lost.",
        Reference = "rcbops/chef-cookbooks#916",
    };

    public static CheckInfo AgentPowerless { get; } = new()
    {
        Code = "QN1012",
        Title = "Agent may not run its commands",
        Layer = "ControlPlane",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["AgentLog"],
        // An agent that may not run anything neither wires nor serves what is new.
        Explains =
        [
            "QN1011", "QN3001", "QN4001", "QN4002", "QN5006", "QN5007", "QN5008", "QN6001", "QN6002", "QN6004",
            "QN6005", "QN6008"
        ],
        Remedy = "Correct root_helper in the agent's file and the sudoers rule of its user (sudo without password or "
            + "terminal, rootwrap's filters), then restart the agent.",
        Reference = "LP#1178003",
    };

    public static CheckInfo ForeignMac { get; } = new()
    {
        Code = "QN1014",
        Title = "The instance asks with another MAC than its port has",
        Layer = "ControlPlane",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["Trace"],
        Remedy = "Give the port the guest's MAC, or the guest its own back; see the port's MAC in the control plane "
            + "and 'ip link' in the guest.",
    };

    public static CheckInfo NoDnsmasqByDesign { get; } = new()
    {
        Code = "QN1015",
        Title = "No dnsmasq by design",
        Layer = "ControlPlane",
        Scope = FaultScope.Network,
        Severity = CheckSeverity.Info,
        Needs = ["OvsFlow"],
        Remedy = "No action needed: read the OVS agent's log on the compute node for its DHCP extension.",
        Reference = "LP#1900934",
    };

    public static IReadOnlyList<CheckInfo> All { get; } =
    [
        DhcpDisabled, NetworkUnscheduled, DhcpAgentDown, BindingAgentDown, BindingUnmapped, PortSwitchedOff,
        AgentDeaf, AgentPowerless, ForeignMac, NoDnsmasqByDesign,
    ];
}
