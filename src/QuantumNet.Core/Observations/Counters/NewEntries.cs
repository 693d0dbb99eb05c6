using System.Globalization;
using QuantumNet.Topology;

namespace QuantumNet.Observations.Counters;

/// <summary>What is new between two samples and counts nothing: MAC table entries, leases,
/// lines of dnsmasq's log.</summary>
internal static class NewEntries
{
    /// <summary>All of them.</summary>
    public static IEnumerable<DhcpCounterChange> Find(Cloud before, Cloud after)
    {
        double interval = CounterComparison.Seconds(before, after);
        foreach (NodeState now in after.Nodes.Values)
        {
            if (before.Nodes.Values.FirstOrDefault(
                node => HostId.IsSame(node.ComputerName, now.ComputerName)) is not { } then)
                continue;
            foreach (DhcpCounterChange change in Macs(then, now).Concat(Leases(then, now)).Concat(Events(then, now)))
                yield return change with { IntervalSeconds = interval };
        }
    }

    private static IEnumerable<DhcpCounterChange> Macs(NodeState then, NodeState now)
    {
        Dictionary<(string, int, string), OvsFdbEntry> known = [];
        foreach (OvsFdbEntry entry in then.OvsFdbEntries)
            known[(entry.Bridge, entry.Vlan, entry.Mac)] = entry;
        foreach (OvsFdbEntry entry in now.OvsFdbEntries)
        {
            known.Remove((entry.Bridge, entry.Vlan, entry.Mac), out OvsFdbEntry? old);
            if (!now.Has("OvsFdb") || !then.Has("OvsFdb") || old?.OfPort == entry.OfPort)
                continue;
            string what = string.Create(CultureInfo.InvariantCulture, $"{entry.Mac} (VLAN {entry.Vlan})");
            yield return Entry(entry, HopComponent.OvsBridge, entry.Bridge, CounterKind.FdbEntry,
                old is null ? CounterChange.Appeared : CounterChange.Moved,
                old is null ? $"{what} learnt at port {entry.OfPort}"
                    : $"{what} moved from port {old.OfPort} to {entry.OfPort}");
        }
        foreach (OvsFdbEntry gone in known.Values.Where(_ => now.Has("OvsFdb")))
            yield return Entry(gone, HopComponent.OvsBridge, gone.Bridge, CounterKind.FdbEntry, CounterChange.Gone,
                $"{gone.Mac} forgotten");
    }

    private static IEnumerable<DhcpCounterChange> Leases(NodeState then, NodeState now)
    {
        Dictionary<(string, string), DhcpLease> known = [];
        foreach (DhcpLease lease in then.DhcpLeases)
            known[(lease.NetworkId, lease.Mac + lease.ClientId)] = lease;
        foreach (DhcpLease lease in now.DhcpLeases)
        {
            known.TryGetValue((lease.NetworkId, lease.Mac + lease.ClientId), out DhcpLease? old);
            if (old is not null && old.IpAddress == lease.IpAddress && old.ExpiresAt == lease.ExpiresAt)
                continue;
            yield return Entry(lease, HopComponent.Dnsmasq, lease.Mac, CounterKind.DhcpLease,
                old is null ? CounterChange.Appeared : CounterChange.Moved,
                old is null ? $"leased {lease.IpAddress}" : old.IpAddress == lease.IpAddress
                    ? $"lease of {lease.IpAddress} renewed"
                    : $"lease changed from {old.IpAddress} to {lease.IpAddress}");
        }
    }

    // Logs are read from their end: the first sample's lines may have left the window, and equal lines may
    // stand in a second twice.
    private static IEnumerable<DhcpCounterChange> Events(NodeState then, NodeState now)
    {
        Dictionary<string, int> known = [];
        foreach (DhcpEvent old in then.DhcpEvents)
            known[old.RawText] = known.GetValueOrDefault(old.RawText) + 1;
        foreach (DhcpEvent line in now.DhcpEvents)
        {
            int left = known.GetValueOrDefault(line.RawText);
            if (left > 0)
                known[line.RawText] = left - 1;
            else
                yield return Entry(line, HopComponent.Dnsmasq, EventObject(line), CounterKind.DhcpEvent,
                    CounterChange.Appeared, "") with { PacketDelta = 1 };
        }
    }

    private static string EventObject(DhcpEvent line) => line.Mac.Length > 0 ? $"{line.Type} {line.Mac}" : line.Type;

    private static DhcpCounterChange Entry(NodeRecord record, HopComponent component, string @object, CounterKind kind,
        CounterChange change, string note) => new()
        {
            ComputerName = record.ComputerName,
            Component = component,
            Object = @object,
            Kind = kind,
            Change = change,
            Note = note,
            Command = record.Command,
            RawText = record.RawText.Trim(),
        };
}
