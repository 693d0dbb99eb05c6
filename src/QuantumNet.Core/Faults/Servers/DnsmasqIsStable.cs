using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Servers;

/// <summary>dnsmasq stays the same process: in an earlier sample it was, and its log does not show one process after
/// another reading the network's files.</summary>
internal sealed class DnsmasqIsStable : IServiceCheck
{
    // An agent that is restarted, or whose network changes, starts dnsmasq again once or twice.
    private const int TooMany = 3;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(5);

    public IReadOnlyList<CheckInfo> Infos { get; } = [DnsmasqRespawns];

    public IEnumerable<Finding> Run(DhcpService service)
    {
        if (service.Node is not { } node || service.Leg.IsServedByAgent)
            return [DnsmasqRespawns.NotApplicable("No dnsmasq is expected, or nothing of its node was collected.")];
        if (service.Before is { } before && InTwoSamples(before, node, service.NetworkId) is { } restarted)
            return [restarted];
        return [InItsLog(node, service.NetworkId) ?? DnsmasqRespawns.Pass(node.Name, "dnsmasq")];
    }

    /// <summary>Whether the same process served the network in an earlier sample; null where that sample holds
    /// none.</summary>
    public static bool? IsSame(Cloud before, NodeView node, string networkId) =>
        Then(before, node.State, networkId) is not { Count: > 0 } old || !node.DhcpServersOf(networkId).Any() ? null
            : node.DhcpServersOf(networkId).Any(now => old.Exists(one => one.ProcessId == now.ProcessId));

    /// <summary>QN6006 where none of a network's processes of an earlier sample is left; null else. Several at once
    /// are another fault (QN6007).</summary>
    public static Finding? Between(Cloud before, NodeState now, string networkId)
    {
        List<DhcpServer> old = Then(before, now, networkId),
            servers = now.DhcpServers.FindAll(server => server.NetworkId == networkId);
        return old.Count == 0 || servers.Count == 0
            || servers.Exists(server => old.Exists(one => one.ProcessId == server.ProcessId)) ? null
            : Restarted(old[0], servers[0]);
    }

    private static List<DhcpServer> Then(Cloud before, NodeState now, string networkId) => before.Nodes.Values
        .FirstOrDefault(node => HostId.IsSame(node.ComputerName, now.ComputerName))?.DhcpServers
        .FindAll(server => server.NetworkId == networkId) ?? [];

    private static Finding? InTwoSamples(Cloud before, NodeView node, string networkId) =>
        Between(before, node.State, networkId) is { } restarted ? restarted
        : node.State.Has("Process") && node.DhcpServersOf(networkId).Any()
            && Then(before, node.State, networkId).Count == 0
            ? DnsmasqRespawns.Undecided(node.Name, "dnsmasq", $"The earlier sample holds no dnsmasq of network "
                + $"{networkId} on {node.Name}: cannot determine whether it is the same process.")
        : null;

    private static Finding Restarted(DhcpServer old, DhcpServer now) =>
        DnsmasqRespawns.Fail(now.ComputerName, $"dnsmasq {now.ProcessId}",
            $"dnsmasq of network {now.NetworkId} on {now.ComputerName} was process {old.ProcessId} in the first sample "
                + $"and is {now.ProcessId} in the second.",
            old.ToEvidence(), now.ToEvidence()) with { At = HopComponent.Dnsmasq };

    // Each process reads the hosts file as it starts: "dnsmasq-dhcp[8920]: read /var/lib/.../NETWORK/host".
    private static Finding? InItsLog(NodeView node, string networkId)
    {
        DhcpEvent[] reads = [.. node.State.DhcpEvents
            .Where(line => line is { Type: "read", ProcessId: not null, Time: not null }
                && line.Message.Contains(networkId, StringComparison.OrdinalIgnoreCase))
            .OrderBy(line => line.Time).DistinctBy(line => line.ProcessId)];
        DhcpEvent[] last = reads.Length < TooMany ? [] : reads[^TooMany..];
        if (last.Length == 0 || Between(last[0], last[^1]) > s_window || HasSettled(node, last))
            return null;
        return DnsmasqRespawns.Fail(node.Name, "dnsmasq", $"Within {Between(last[0], last[^1]).TotalSeconds:0} "
                + $"s, {TooMany} dnsmasq read the files of network {networkId} on {node.Name}, one after another: "
                + $"processes {string.Join(", ", last.Select(line => line.ProcessId))}.",
            [.. last.Select(line => line.ToEvidence())]) with { At = HopComponent.Dnsmasq };
    }

    // One that has lived through twice the longest time between two starts was started for good.
    private static bool HasSettled(NodeView node, DhcpEvent[] starts)
    {
        DateTime? looked = node.State.Commands
            .Find(command => command is { Collector: "DhcpEvent", State: CollectionState.Collected })?.StartedAt;
        TimeSpan longest = starts.Zip(starts.Skip(1), Between).Max();
        return looked - starts[^1].Time > 2 * longest;
    }

    private static TimeSpan Between(DhcpEvent one, DhcpEvent other) => (other.Time - one.Time) ?? TimeSpan.Zero;
}
