using QuantumNet.Faults.Servers;

namespace QuantumNet.Diagnosis;

/// <summary>dnsmasq is the same process in two samples: one that respawns has another id each time.</summary>
public static class DhcpServerRestarts
{
    /// <summary>A finding (QN6006) for each network's dnsmasq that is another process in the second sample.</summary>
    public static IReadOnlyList<Finding> Find(Cloud before, Cloud after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. after.Nodes.Values.SelectMany(now => now.DhcpServers.Select(server => server.NetworkId)
            .Where(network => network.Length > 0).Distinct()
            .Select(network => DnsmasqIsStable.Between(before, now, network)).OfType<Finding>())];
    }
}
