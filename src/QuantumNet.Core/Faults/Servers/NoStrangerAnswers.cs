using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.IptablesFaults;

namespace QuantumNet.Faults.Servers;

/// <summary>Nobody but the network's servers answers its clients: neither in captured packets, nor as the log of its
/// only dnsmasq tells, which hears clients ask for what it did not give.</summary>
internal sealed class NoStrangerAnswers : IServiceCheck
{
    private const string OtherServer = "wrong server-ID";
    private const int MaximumEvidence = 3;

    public IReadOnlyList<CheckInfo> Infos { get; } = [RogueServer];

    public IEnumerable<Finding> Run(DhcpService service)
    {
        if (service.Site is not { } site || service.Leg.IsServedByAgent)
            return [RogueServer.NotApplicable("No dnsmasq is expected.")];
        Finding[] found = [.. InPackets(service, site), .. InLog(service, site)];
        return found.Length > 0 ? found : [RogueServer.Pass(site.NodeName, "dnsmasq")];
    }

    // Who takes the stranger's offer goes astray; the network's server works all the same.
    private static IEnumerable<Finding> InPackets(DhcpService service, DhcpSite site)
    {
        HashSet<string> own = AddressesOf(service);
        if (own.Count == 0)
            yield break;
        HashSet<string> macs = [.. service.Clients.Select(client => client.Port.Mac)];
        foreach (DhcpPacket packet in service.Packets
            .Where(packet => packet is { Direction: DhcpDirection.Reply, ServerId.Length: > 0 }
                && macs.Contains(packet.Mac) && !own.Contains(packet.ServerId))
            .DistinctBy(packet => packet.ServerId))
        {
            yield return RogueServer.Fail(site.NodeName, packet.ServerId, $"{packet.ServerId} ({packet.SourceMac}) "
                    + $"answers {packet.Mac} with {packet.Type} {packet.IpAddress}, and the network's servers are "
                    + $"{string.Join(", ", own.Order(StringComparer.Ordinal))}.",
                new Evidence { Command = packet.Path, LineNumber = (int)packet.FrameNumber, Text = packet.ToString() })
                with { Direction = DhcpDirection.Reply, Severity = CheckSeverity.Warning };
        }
    }

    // Of two servers one hears what clients ask of the other: that is QN6012's.
    private static IEnumerable<Finding> InLog(DhcpService service, DhcpSite site)
    {
        DhcpEvent[] refusals = SiteCount(service.Leg.Cloud, service.NetworkId) > 1 || service.Node is not { } node ? []
            : [.. node.State.DhcpEvents.Where(line => line.Type == "DHCPNAK"
                && line.Message.Contains(OtherServer, StringComparison.Ordinal)
                && service.Processes.Any(one => line.ProcessId == one.ProcessId))];
        if (refusals.Length > 0)
            yield return RogueServer.Fail(site.NodeName, "dnsmasq", $"dnsmasq on {site.NodeName} heard "
                    + $"{refusals[^1].Mac} ask another server for what it gave ({OtherServer}), and the network "
                    + "has no other.",
                [.. refusals.TakeLast(MaximumEvidence).Select(line => line.ToEvidence())])
                with { Direction = DhcpDirection.Reply };
    }

    private static HashSet<string> AddressesOf(DhcpService service) =>
    [
        .. service.Leg.Cloud.DhcpPortsOf(service.NetworkId).SelectMany(port => port.FixedIps.Select(ip => ip.IpAddress)
            .Append(port.IpAddress)).Append(service.Leg.ServerAddress).Where(address => address.Length > 0),
    ];

    private static int SiteCount(CloudView cloud, string networkId) => cloud.BindingsOf(networkId)
        .Select(binding => binding.ComputerName).Concat(cloud.DhcpNodesFound(networkId))
        .Distinct(StringComparer.OrdinalIgnoreCase).Count();
}
