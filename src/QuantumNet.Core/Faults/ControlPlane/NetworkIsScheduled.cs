using QuantumNet.Paths;
using static QuantumNet.Faults.ControlPlaneFaults;

namespace QuantumNet.Faults.ControlPlane;

/// <summary>The network is scheduled to at least one DHCP agent.</summary>
internal sealed class NetworkIsScheduled : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [NetworkUnscheduled];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        CloudRecords records = leg.Cloud.Records;
        if (leg.IsServedByAgent)
            return [NetworkUnscheduled.NotApplicable("The OVS agent answers DHCP itself.")];
        if (records.Source == RecordSource.Inferred)
            return [leg.Server is null ? Unknown(leg) : NetworkUnscheduled.Pass("", leg.Server.NodeName)];
        if (leg.Cloud.BindingsOf(leg.Port.NetworkId).FirstOrDefault() is { } binding)
            return [NetworkUnscheduled.Pass(binding.ComputerName, binding.AgentId)];
        if (!records.ScheduledNetworks.Contains(leg.Port.NetworkId))
            return [leg.Server is null ? Unknown(leg)
                : NetworkUnscheduled.NotApplicable("The control plane does not tell which agents serve the "
                    + "network; a node does.")];
        if (MissingOfResponder(leg) is { } missing)
            return [missing];
        return [NetworkUnscheduled.Fail(AnsweredBy(leg), $"network {leg.Network?.Name}".TrimEnd(),
            $"No DHCP agent serves network {leg.Network?.Name} ({leg.Port.NetworkId}).", leg.Network?.ToEvidence())];
    }

    private static Finding Unknown(DhcpLeg leg) =>
        NetworkUnscheduled.Unknown(RecordAnswers.NodeOf(leg), "record:dhcp-agent", leg.Port.NetworkId);

    // Since 2023.1 the instance's own OVS agent may answer instead: only its flows tell.
    private static Finding? MissingOfResponder(DhcpLeg leg)
    {
        if (leg.Compute is not { } compute)
            return null;
        if (!compute.State.Has("OvsPort"))
            return NetworkUnscheduled.Unknown(leg.ComputeName, "OvsPort");
        return compute.State.Has("OvsFlow", compute.IntegrationBridge) ? null
            : NetworkUnscheduled.Unknown(leg.ComputeName, "OvsFlow", compute.IntegrationBridge);
    }

    private static string AnsweredBy(DhcpLeg leg) => leg.Network?.AnsweredBy ?? "";
}
