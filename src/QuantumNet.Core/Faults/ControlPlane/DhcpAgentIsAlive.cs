using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.ControlPlane;

/// <summary>The DHCP agent of the network has a recent heartbeat. Without it leases still work,
/// but new ports never reach its host file.</summary>
internal sealed class DhcpAgentIsAlive : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN1003",
        Title = "DHCP agent is down",
        Layer = "ControlPlane",
        Severity = CheckSeverity.Warning,
        Needs = ["record:dhcp-agent"],
        Remedy = "Read the agent's log on the node, then restart the DHCP agent: it reads all ports again.",
        Reference = "LP#1192381",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { } server)
            return [s_info.NotApplicable("The network has no DHCP agent.")];
        QuantumAgent? agent = leg.Cloud.Records.Agents.FirstOrDefault(one =>
            one.AgentType.Equals("DHCP agent", StringComparison.OrdinalIgnoreCase)
            && CloudView.SameHost(one.ComputerName, server.NodeName));
        bool? alive = agent?.Alive ?? server.Binding?.Alive;
        bool enabled = agent?.AdminStateUp ?? server.Binding?.AdminStateUp ?? true;
        if (alive is null)
            return [leg.Cloud.Records.Source == RecordSource.Inferred ? s_info.NotApplicable(
                    "No control plane was asked: what it takes the agent for changes nothing of the path.")
                : s_info.Unknown(RecordAnswers.NodeOf(leg), "record:agent")];

        Evidence? evidence = agent?.ToEvidence() ?? server.Binding?.ToEvidence();
        if (alive == false)
            return [s_info.Fail(server.NodeName, "DHCP agent",
                $"The DHCP agent on {server.NodeName} sends no heartbeat: new ports do not reach its host file.",
                evidence)];
        return [enabled ? s_info.Pass(server.NodeName, "DHCP agent")
            : s_info.Fail(server.NodeName, "DHCP agent",
                $"The DHCP agent on {server.NodeName} is administratively down.", evidence)];
    }
}
