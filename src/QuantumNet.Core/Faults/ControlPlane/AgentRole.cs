
using QuantumNet.Topology;

namespace QuantumNet.Faults.ControlPlane;

/// <summary>Which program wrote a log.</summary>
internal enum AgentRole
{
    /// <summary>Another program.</summary>
    Other,
    /// <summary>The agent that wires ports (Open vSwitch agent, plugin agent).</summary>
    Wiring,
    /// <summary>The DHCP agent.</summary>
    Dhcp,
    /// <summary>ovs-vswitchd.</summary>
    Switch,
    /// <summary>neutron-server.</summary>
    Server,
    /// <summary>The kernel.</summary>
    Kernel,
}

/// <summary>The logs of a node's agents, and whether what one complains of is over.</summary>
internal static class AgentWords
{
    /// <summary>What an agent says only when it has heard from the server, or could do its work
    /// (ovs_neutron_agent.py, dhcp/agent.py; oslo.messaging and its forerunners).</summary>
    private static readonly string[] s_works =
    [
        "Reconnected to AMQP server", "Connected to AMQP server", "Configuration for device",
        "as local vlan for net-id", " updated. Details: ", "Agent initialized successfully",
        "Synchronizing state complete", "DHCP configuration for ports", "Finished network",
        "reload_allocations for port",
    ];

    /// <summary>Who wrote a log, by its file's name (neutron-openvswitch-agent.log, openvswitch-agent.log,
    /// quantum-dhcp-agent.log, ovs-vswitchd.log), else by the module that the entry names (neutron.agent.dhcp.agent,
    /// neutron.plugins...ovs_neutron_agent): the journal has all in one.</summary>
    public static AgentRole RoleOf(AgentLog entry) =>
        entry.Logger == Parsing.Logs.KernelLogParser.Logger ? AgentRole.Kernel
            : RoleOf(entry.Path[(entry.Path.LastIndexOf('/') + 1)..]) is var role && role != AgentRole.Other ? role
            : RoleOf(entry.Logger);

    private static AgentRole RoleOf(string name) =>
        name.Contains("server", StringComparison.Ordinal) ? AgentRole.Server
        : name.Contains("vswitchd", StringComparison.Ordinal) ? AgentRole.Switch
        : name.Contains("dhcp", StringComparison.Ordinal) ? AgentRole.Dhcp
        : name.Contains("openvswitch", StringComparison.Ordinal) || name.Contains("ovs_", StringComparison.Ordinal)
            || name.Contains("l2", StringComparison.Ordinal) ? AgentRole.Wiring
        : AgentRole.Other;

    /// <summary>The last entry of an agent that complains of something, where no later entry shows it at work again;
    /// null when there is none.</summary>
    public static AgentLog? LastComplaint(NodeView node, AgentRole role, Predicate<AgentLog> complains)
    {
        AgentLog? last = null;
        foreach (AgentLog entry in node.State.AgentLogs)
        {
            if (RoleOf(entry) != role)
                continue;
            if (SaysAny(entry, s_works))
                last = null;
            else if (complains(entry))
                last = entry;
        }
        return last;
    }

    /// <summary>Whether a message of the kernel may explain a finding of that code.</summary>
    public static bool KernelExplains(AgentLog entry, string code) =>
        Parsing.Logs.KernelWords.Explains(entry.Message, code);

    /// <summary>Whether an entry's message, tracebacks included, holds one of some texts.</summary>
    public static bool SaysAny(AgentLog entry, params ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
        {
            if (entry.Message.Contains(text, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
