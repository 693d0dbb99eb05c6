using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Dhcp;

/// <summary>One dnsmasq serves the network on the node, and it listens. (Parent and child of one dnsmasq
/// count as one.)</summary>
internal sealed class DnsmasqRuns : ServerCheck
{
    public override IReadOnlyList<CheckInfo> Infos { get; } = [DnsmasqAbsent, DnsmasqTwice];

    protected override IEnumerable<Finding> Judge(CloudView cloud, DhcpSite server) =>
        [JudgeProcesses(cloud, server) with { At = HopComponent.Dnsmasq }];

    private static Finding JudgeProcesses(CloudView cloud, DhcpSite server)
    {
        if (server.Node is not { } node)
            return DnsmasqAbsent.Unknown(server.NodeName, "Process");
        List<DhcpServer> running = [.. node.DhcpServersOf(server.NetworkId)];
        if (!node.State.Has("Process"))
            return DnsmasqAbsent.Unknown(server.NodeName, "Process");
        // Without its namespace none can run: then that is the fault.
        bool isSpaceThere = server.Namespace.Length == 0
            || node.Namespace(server.Namespace) is not null;
        if (running.Count == 0 && !isSpaceThere && !node.State.Has("NetworkNamespace"))
            return DnsmasqAbsent.Unknown(server.NodeName, "NetworkNamespace");
        if (running.Count == 0 && !isSpaceThere && SubnetDhcp.IsUndecided(cloud, server))
            return DnsmasqAbsent.Undecided(server.NodeName, "dnsmasq",
                $"No dnsmasq runs for network {server.NetworkId} on {server.NodeName}; "
                    + "cannot determine whether one should.");
        if (running.Count == 0)
            return DnsmasqAbsent.Fail(server.NodeName, "dnsmasq",
                $"No dnsmasq runs for network {server.NetworkId} on {server.NodeName}.");
        if (running.Count > 1)
            return DnsmasqTwice.Fail(server.NodeName, "dnsmasq", $"{running.Count} dnsmasq run for the network "
                    + $"on {server.NodeName}: processes {string.Join(", ", running.Select(one => one.ProcessId))}.",
                [.. running.Select(one => one.ToEvidence())]);
        if (running[0].IsListening is null)
            return DnsmasqAbsent.Unknown(server.NodeName, "Socket", server.Namespace);
        return running[0].IsListening == false
            ? DnsmasqAbsent.Fail(server.NodeName, "dnsmasq",
                $"dnsmasq {running[0].ProcessId} on {server.NodeName} does not "
                + $"listen on UDP port 67 in {server.Namespace}.", running[0].ToEvidence())
            : DnsmasqAbsent.Pass(server.NodeName, "dnsmasq");
    }
}
