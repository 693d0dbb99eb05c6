using QuantumNet.Paths;

namespace QuantumNet.Faults.ControlPlane;

/// <summary>The network is scheduled to at least one DHCP agent.</summary>
internal sealed class NetworkIsScheduled : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN1002",
        Title = "No DHCP agent serves the network",
        Layer = "ControlPlane",
        Severity = CheckSeverity.Error,
        Needs = ["record:dhcp-agent"],
        Remedy = "Start a DHCP agent, then schedule the network to it (neutron dhcp-agent-network-add AGENT NETWORK).",
        Reference = "LP#1431105",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        CloudRecords records = leg.Cloud.Records;
        if (leg.IsServedByAgent)
            return [s_info.NotApplicable("The OVS agent answers DHCP itself.")];
        if (records.Source == RecordSource.Inferred)
            return [leg.Server is null ? Unknown(leg) : s_info.Pass("", leg.Server.NodeName)];
        if (leg.Cloud.BindingsOf(leg.Port.NetworkId).FirstOrDefault() is { } binding)
            return [s_info.Pass(binding.ComputerName, binding.AgentId)];
        if (!records.ScheduledNetworks.Contains(leg.Port.NetworkId))
            return [leg.Server is null ? Unknown(leg)
                : s_info.NotApplicable("The control plane does not tell which agents serve the network; a node does.")];
        if (MissingOfResponder(leg) is { } missing)
            return [missing];
        return [s_info.Fail(AnsweredBy(leg), $"network {leg.Network?.Name}".TrimEnd(),
            $"No DHCP agent serves network {leg.Network?.Name} ({leg.Port.NetworkId}).", leg.Network?.ToEvidence())];
    }

    private static Finding Unknown(DhcpLeg leg) =>
        s_info.Unknown(RecordAnswers.NodeOf(leg), "record:dhcp-agent", leg.Port.NetworkId);

    // Since 2023.1 the instance's own OVS agent may answer instead: only its flows tell.
    private static Finding? MissingOfResponder(DhcpLeg leg)
    {
        if (leg.Compute is not { } compute)
            return null;
        if (!compute.State.Has("OvsPort"))
            return s_info.Unknown(leg.ComputeName, "OvsPort");
        return compute.State.Has("OvsFlow", compute.IntegrationBridge) ? null
            : s_info.Unknown(leg.ComputeName, "OvsFlow", compute.IntegrationBridge);
    }

    private static string AnsweredBy(DhcpLeg leg) => leg.Network?.AnsweredBy ?? "";
}
