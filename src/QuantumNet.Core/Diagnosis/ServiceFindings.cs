using QuantumNet.Faults;
using QuantumNet.Faults.Servers;
using QuantumNet.Paths;
using QuantumNet.Simulation.Stations;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>What the checks find of one DHCP server, and of the lease that each of its ports would get.</summary>
internal static class ServiceFindings
{
    /// <summary>The findings, those that explain its unknowns first, symptoms marked with their causes.</summary>
    public static IReadOnlyList<Finding> Of(DhcpService service)
    {
        List<Finding> raised =
            [.. Cited(service.Leg, ServiceCheckList.OfServer.SelectMany(check => check.Run(service.Leg)))];
        IEnumerable<DhcpLeg> seen = service.Clients.Count > 0 ? service.Clients : [service.Leg];
        foreach (DhcpLeg leg in seen)
            raised.AddRange(Cited(leg, ServiceCheckList.OfEither.SelectMany(check => check.Run(leg))));
        raised.AddRange(Cited(service.Leg, ServiceCheckList.OfService.SelectMany(check => check.Run(service))));
        List<Finding> ofServer = [.. raised];
        foreach (DhcpLeg client in service.Clients)
            raised.AddRange(OfClient(client, ofServer));
        raised.AddRange(GatheringLimits.NotUnderstood(service.Leg));
        IEnumerable<Finding> distinct = raised.DistinctBy(one =>
            (one.Code, one.Status, one.ComputerName, one.Object, one.Message, one.MissingCollector,
                one.MissingSubject));
        return GatheringLimits.Explain(service.Leg.Cloud, Causality.Mark(
            [.. distinct.Select(finding => Remedies.For(finding, service.Leg.Cloud))]));
    }

    /// <summary>That a node was not reached.</summary>
    public static Finding Unreached(CloudView cloud, string computerName) => GatheringLimits.Explain(cloud,
        [GatheringFaults.NotCollected.Unknown(computerName, "Process") with { Severity = CheckSeverity.Error }])[0];

    private static IEnumerable<Finding> OfClient(DhcpLeg client, List<Finding> ofServer)
    {
        List<Finding> own = [.. Cited(client, ServiceCheckList.OfClient.SelectMany(check => check.Run(client)))];
        // Ok is a proof: this very port would get its lease.
        if (client is { Server.Node: not null, IsServedByAgent: false })
        {
            PathStep answer = ServerStep.Dnsmasq(client, DhcpPath.Of(client).Request[^1]);
            own.AddRange(GatheringLimits.OfSteps([answer], [.. ofServer, .. own]));
        }
        return own.Select(finding => finding with { PortId = client.Port.PortId });
    }

    private static IEnumerable<Finding> Cited(DhcpLeg leg, IEnumerable<Finding> findings) => LogCitation.Cite(leg,
        findings.Where(finding => finding.Status is FindingStatus.Fail or FindingStatus.Unknown));
}
