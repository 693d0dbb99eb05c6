using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.ControlPlaneFaults;

namespace QuantumNet.Faults.ControlPlane;

/// <summary>The DHCP agent of the network has a recent heartbeat. Without it leases still work,
/// but new ports never reach its host file.</summary>
internal sealed class DhcpAgentIsAlive : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [DhcpAgentDown];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { } server)
            return [DhcpAgentDown.NotApplicable("The network has no DHCP agent.")];
        QuantumAgent? agent = leg.Cloud.AgentsOf(server.NodeName)
            .FirstOrDefault(one => one.AgentType.Equals("DHCP agent", StringComparison.OrdinalIgnoreCase));
        bool? alive = agent?.Alive ?? server.Binding?.Alive;
        bool enabled = agent?.AdminStateUp ?? server.Binding?.AdminStateUp ?? true;
        if (alive is null)
            return [leg.Cloud.Records.Source == RecordSource.Inferred ? DhcpAgentDown.NotApplicable(
                    "No control plane was asked: what it takes the agent for changes nothing of the path.")
                : DhcpAgentDown.Unknown(RecordAnswers.NodeOf(leg), "record:agent")];

        Evidence? evidence = agent?.ToEvidence() ?? server.Binding?.ToEvidence();
        if (alive == false)
            return [DhcpAgentDown.Fail(server.NodeName, "DHCP agent",
                $"The DHCP agent on {server.NodeName} sends no heartbeat: new ports do not reach its host file.",
                evidence)];
        return [enabled ? DhcpAgentDown.Pass(server.NodeName, "DHCP agent")
            : DhcpAgentDown.Fail(server.NodeName, "DHCP agent",
                $"The DHCP agent on {server.NodeName} is administratively down.", evidence)];
    }
}
