using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Dhcp;

/// <summary>The dnsmasq that serves the network reads the files that its agent writes:
/// not those of another release's folder, nor another network's. A process that an upgrade left running serves what it
/// knew, and nothing that was made since.</summary>
internal sealed class DnsmasqReadsItsFiles : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [OtherFilesRead];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { Node: { } node } server || leg.IsServedByAgent)
            return [OtherFilesRead.NotApplicable("No dnsmasq is expected, or nothing of its node was collected.")];
        return node.DhcpServersOf(leg.Port.NetworkId).FirstOrDefault(one => one.HostsFile.Length > 0) is { } dnsmasq
            ? [JudgeFiles(leg, server, node, dnsmasq) with { At = HopComponent.Dnsmasq }]
            : [JudgeDevice(leg, server, node) with { At = HopComponent.Dnsmasq }];
    }

    private static Finding JudgeFiles(DhcpLeg leg, DhcpSite server, NodeView node, DhcpServer dnsmasq)
    {
        string? other = DnsmasqFiles.Collected(node, leg.Port.NetworkId)
            .FirstOrDefault(path => !DnsmasqFiles.IsSame(path, dnsmasq.HostsFile));
        if (other is null)
            return OtherFilesRead.Pass(server.NodeName, dnsmasq.HostsFile);
        DhcpHost? written = node.State.DhcpHosts
            .Find(line => DnsmasqFiles.PathOf(line) == other && line.Mac == leg.Port.Mac && leg.Port.Mac.Length > 0);
        string reads = $"dnsmasq {dnsmasq.ProcessId} on {server.NodeName} reads {dnsmasq.HostsFile}";
        if (DnsmasqFiles.IsElsewhere(node, leg.Port.NetworkId))
            return OtherFilesRead.Fail(server.NodeName, dnsmasq.HostsFile,
                $"{reads}, which was not collected, and not {other}: cannot determine whether it knows the port; "
                    + $"run `cat {dnsmasq.HostsFile}` on {server.NodeName}.",
                dnsmasq.ToEvidence(), written?.ToEvidence()) with { Status = FindingStatus.Unknown };
        bool knows = node.DhcpHostsOf(leg.Port.NetworkId).Any(line => line.Mac == leg.Port.Mac);
        return knows || written is null ? OtherFilesRead.Pass(server.NodeName, dnsmasq.HostsFile)
            : OtherFilesRead.Fail(server.NodeName, dnsmasq.HostsFile,
                $"{reads}, which has no line for {leg.Port.Mac}; the agent writes it into {other}.",
                dnsmasq.ToEvidence(), written.ToEvidence());
    }

    /// <summary>No process of this network: one that listens on its server's device may read another
    /// network's files.</summary>
    private static Finding JudgeDevice(DhcpLeg leg, DhcpSite server, NodeView node)
    {
        string device = server.InnerLink?.Device ?? server.OvsDevice;
        DhcpServer? astray = device.Length == 0 ? null : node.State.DhcpServers
            .Find(one => one.Device == device && one.NetworkId.Length > 0 && one.NetworkId != leg.Port.NetworkId);
        return astray is null ? OtherFilesRead.NotApplicable("No dnsmasq of the network names a hosts file.")
            : OtherFilesRead.Fail(server.NodeName, astray.HostsFile,
                $"dnsmasq {astray.ProcessId} on {server.NodeName} listens "
                + $"on {device}, but reads the files of network {astray.NetworkId}.", astray.ToEvidence());
    }
}
