using QuantumNet.Faults;
using QuantumNet.Topology;

namespace QuantumNet.Counters;

/// <summary>dnsmasq is the same process in two samples: one that respawns has another id each time.</summary>
public static class DhcpServerRestarts
{
    /// <summary>A finding (QN6006) for each network's dnsmasq that is another process in the second sample.</summary>
    public static IReadOnlyList<Finding> Find(Cloud before, Cloud after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        List<Finding> findings = [];
        foreach (NodeState now in after.Nodes.Values)
        {
            NodeState? then = before.Nodes.Values
                .FirstOrDefault(node => HostId.IsSame(node.ComputerName, now.ComputerName));
            foreach (IGrouping<string, DhcpServer> servers in now.DhcpServers
                .Where(server => server.NetworkId.Length > 0).GroupBy(server => server.NetworkId))
            {
                List<DhcpServer> old = then?.DhcpServers.FindAll(server => server.NetworkId == servers.Key) ?? [];
                // Several at once are another fault (QN6007); only where none of them is left
                // has it been started again.
                if (old.Count > 0 && !servers.Any(server => old.Exists(one => one.ProcessId == server.ProcessId)))
                    findings.Add(Restarted(old[0], servers.First()));
            }
        }
        return findings;
    }

    private static Finding Restarted(DhcpServer old, DhcpServer now) =>
        DhcpServerFaults.DnsmasqRespawns.Fail(now.ComputerName, $"dnsmasq {now.ProcessId}",
            $"dnsmasq of network {now.NetworkId} on {now.ComputerName} was process {old.ProcessId} in the first sample "
                + $"and is {now.ProcessId} in the second.",
            old.ToEvidence(), now.ToEvidence()) with { At = HopComponent.Dnsmasq };
}
