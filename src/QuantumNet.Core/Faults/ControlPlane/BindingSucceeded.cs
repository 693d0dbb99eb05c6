using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.ControlPlaneFaults;
using static QuantumNet.Faults.GatheringFaults;

namespace QuantumNet.Faults.ControlPlane;

/// <summary>Neutron found an agent that could wire the port (ml2/managers.py: "Failed to bind port").
/// Where it did not, nobody plugs the port in, and Neutron does not try again by itself.</summary>
internal sealed class BindingSucceeded : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [BindingAgentDown, BindingUnmapped, SeveralCauses];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Kind != PortKind.BindingFailed)
            return [BindingAgentDown.NotApplicable("The port is bound, or was never to be.")];
        Evidence port = leg.Port.ToEvidence("binding:vif_type binding_failed");
        QuantumAgent? agent = leg.Cloud.AgentsOf(leg.ComputeName).FirstOrDefault(IsWiring);
        if (Refusal(leg) is { } refusal)
            return [Dead(leg, "the server refused to bind it to a dead agent", port, refusal)];
        if (agent is { Alive: false })
            return [Dead(leg, "the agent sends no heartbeat", port, agent.ToEvidence())];
        if (agent is null && leg.Cloud.Records.CollectedKinds.Contains("agent"))
            return [Dead(leg, "no agent of that host reports to the server", port)];
        return Unmapped(leg, agent, port) is { } unmapped ? [unmapped] : Undecided(leg, agent, port);
    }

    private static Finding Dead(DhcpLeg leg, string why, params Evidence?[] evidence) =>
        BindingAgentDown.Fail(leg.ComputeName, $"port {leg.Port.PortId}",
            $"Neutron could not bind the port to {leg.ComputeName} (binding_failed): {why}.", evidence);

    private static Finding? Unmapped(DhcpLeg leg, QuantumAgent? agent, Evidence port)
    {
        string network = leg.IsPhysical ? leg.Network?.PhysicalNetwork ?? "" : "";
        if (network.Length == 0 || PhysicalBridges.MappingsOf(leg, leg.ComputeName) is not { } mappings
            || mappings.Exists(mapping => mapping.Network == network))
            return null;
        return BindingUnmapped.Fail(leg.ComputeName, $"port {leg.Port.PortId}",
            $"Neutron could not bind the port to {leg.ComputeName} (binding_failed): "
                + $"its agent maps no bridge to physical network {network}.",
            port, leg.Compute?.Config("bridge_mappings")?.ToEvidence()
                ?? agent?.ToEvidence(string.Join(',', agent.BridgeMappings)));
    }

    // Neither can be shown: both are listed, with what would decide.
    private static IEnumerable<Finding> Undecided(DhcpLeg leg, QuantumAgent? agent, Evidence port)
    {
        string host = leg.ComputeName;
        yield return SeveralCauses.Fail(host, $"port {leg.Port.PortId}",
            $"Neutron could not bind the port to {host} (binding_failed): the agent there was down (QN1004), or it, "
                + "or the server's drivers, could not serve the network (QN1005); neither could be shown.", port)
            with { Remedy = $"Run 'openstack network agent list --host {host}' and 'openstack "
                + "network agent show' of its agent (alive, bridge_mappings, tunnel_types), "
                + "and look for 'Failed to bind port' in the server's log; then stop and start the instance." };
        yield return BindingAgentDown.Fail(host, $"port {leg.Port.PortId}", agent is null
                ? $"No record tells whether the agent on {host} is alive."
                : $"The agent on {host} is alive now; it may have been down when the port was bound.",
            port, agent?.ToEvidence());
        yield return BindingUnmapped.Fail(host, $"port {leg.Port.PortId}",
            $"No record and no file of {host} shows a mapping that is missing for network {leg.Port.NetworkId}.", port);
    }

    private static bool IsWiring(QuantumAgent agent) =>
        agent.AgentType.Contains("vSwitch", StringComparison.OrdinalIgnoreCase)
        || agent.AgentType.Contains("bridge", StringComparison.OrdinalIgnoreCase)
        || agent.AgentType.Contains("NIC", StringComparison.Ordinal);

    // ml2/drivers/mech_agent.py: "Refusing to bind port %(pid)s to dead agent: %(agent)s".
    private static Evidence? Refusal(DhcpLeg leg) => leg.Cloud.Nodes.SelectMany(node => node.State.AgentLogs)
        .LastOrDefault(entry => AgentWords.SaysAny(entry, $"Refusing to bind port {leg.Port.PortId} to dead agent"))
        ?.ToEvidence();
}
