using QuantumNet.Paths;
using QuantumNet.Simulation.Dnsmasq;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Dhcp;

/// <summary>dnsmasq has read the host file that is on disk: since it last read it, it has not refused
/// the port's MAC.</summary>
internal sealed class HostFileIsLoaded : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [HostFileNotRead];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { } server || leg.IsServedByAgent)
            return [HostFileNotRead.NotApplicable("No dnsmasq is expected.")];
        if (server.Node is not { } node || !node.State.Has("DhcpEvent"))
            return [HostFileNotRead.Unknown(server.NodeName, "DhcpEvent") with { At = HopComponent.Dnsmasq }];
        DhcpHost? line = node.DhcpHostsOf(leg.Port.NetworkId)
            .FirstOrDefault(host => host.Mac == leg.Port.Mac && host.IpAddress == leg.Port.IpAddress);
        DhcpServer? dnsmasq = node.DhcpServersOf(leg.Port.NetworkId).FirstOrDefault();
        if (line is null || dnsmasq is null)
            return [HostFileNotRead.NotApplicable("The host file has no line for the port, or no dnsmasq runs.")];

        DnsmasqWords words = DnsmasqWords.Of(node, leg.Port, dnsmasq);
        if (words.Reason is not null)
            return [HostFileNotRead.NotApplicable(
                "dnsmasq knows the address that the line gives, and says why it does not use it.")];
        return [words.Refusal is not { } refusal ? HostFileNotRead.Pass(server.NodeName, dnsmasq.HostsFile)
            : HostFileNotRead.Fail(server.NodeName, dnsmasq.HostsFile,
                $"dnsmasq {dnsmasq.ProcessId} on {server.NodeName} "
                    + $"refuses {leg.Port.Mac}, though its host file has the line: it has not read the file since.",
                refusal.ToEvidence(), line.ToEvidence()) with { At = HopComponent.Dnsmasq }];
    }
}
