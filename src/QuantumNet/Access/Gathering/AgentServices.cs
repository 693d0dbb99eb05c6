namespace QuantumNet.Access.Gathering;

/// <summary>The names under which distributions run the agents (Ubuntu and Debian: quantum-plugin-openvswitch-agent
/// in 2013, neutron-plugin-openvswitch-agent until Kilo, neutron-openvswitch-agent since; Red Hat and SUSE:
/// openvswitch-agent throughout).</summary>
internal static class AgentServices
{
    private static readonly Dictionary<string, string[]> s_services = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dhcp"] = ["neutron-dhcp-agent", "quantum-dhcp-agent"],
        ["ovs"] = ["neutron-openvswitch-agent", "neutron-plugin-openvswitch-agent", "quantum-openvswitch-agent",
            "quantum-plugin-openvswitch-agent"],
        ["l3"] = ["neutron-l3-agent", "quantum-l3-agent"],
        ["metadata"] = ["neutron-metadata-agent", "quantum-metadata-agent"],
        ["linuxbridge"] = ["neutron-linuxbridge-agent", "neutron-plugin-linuxbridge-agent", "quantum-linuxbridge-agent",
            "quantum-plugin-linuxbridge-agent"],
    };

    private static readonly HashSet<string> s_known = [.. s_services.Values.SelectMany(names => names)];

    /// <summary>The services of an agent, newest name first.</summary>
    public static IReadOnlyList<string> Of(string agent) => s_services.GetValueOrDefault(agent, []);

    /// <summary>Whether a service is one of these.</summary>
    public static bool IsKnown(string service) => s_known.Contains(service);
}
