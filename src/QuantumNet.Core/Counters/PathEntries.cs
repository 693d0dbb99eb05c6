using QuantumNet.Paths;

namespace QuantumNet.Counters;

/// <summary>Log lines, leases and learnt MACs that belong to a hop of a leg.</summary>
internal static class PathEntries
{
    /// <summary>Each with its hop. A DHCP server that logs and did not log this port's request stands as
    /// a still counter.</summary>
    public static IEnumerable<(DhcpCounterChange Change, Hop Hop)> Of(
        DhcpLeg leg, IReadOnlyList<Hop> hops, List<DhcpCounterChange> entries)
    {
        foreach (Hop hop in hops)
        {
            IEnumerable<DhcpCounterChange> own = hop.Component switch
            {
                HopComponent.OvsBridge => entries.Where(entry => IsLearnt(entry, leg, hop)),
                HopComponent.Dnsmasq => Logged(leg, hop, entries),
                _ => [],
            };
            foreach (DhcpCounterChange entry in own)
                yield return (entry, hop);
        }
    }

    private static bool IsLearnt(DhcpCounterChange entry, DhcpLeg leg, Hop hop)
    {
        string sender = (hop.Direction == DhcpDirection.Request ? leg.Port.Mac : leg.ServerEnd?.Mac) ?? "";
        return entry is { Kind: CounterKind.FdbEntry, Change: not CounterChange.Gone }
            && entry.ComputerName == hop.ComputerName
            && entry.Object == hop.Object && sender.Length > 0
            && entry.Note.StartsWith(sender, StringComparison.Ordinal);
    }

    private static IEnumerable<DhcpCounterChange> Logged(DhcpLeg leg, Hop hop, List<DhcpCounterChange> entries)
    {
        string[] types = hop.Direction == DhcpDirection.Request
            ? ["DHCPDISCOVER", "DHCPREQUEST"] : ["DHCPOFFER", "DHCPACK", "DHCPNAK"];
        List<DhcpCounterChange> found = entries.FindAll(
            entry => entry.Kind == CounterKind.DhcpEvent && entry.ComputerName == hop.ComputerName
                && Array.Exists(types, type => entry.Object == $"{type} {leg.Port.Mac}"));
        if (found.Count == 0 && leg.Server?.Node is { } node && node.State.DhcpEvents
            .FindLast(line => line.Type.StartsWith("DHCP", StringComparison.Ordinal)) is { } last)
        {
            found.Add(new DhcpCounterChange
            {
                ComputerName = hop.ComputerName,
                Object = hop.Object,
                Kind = CounterKind.DhcpEvent,
                Change = CounterChange.Still,
                Command = last.Command,
                Note = $"no line about {leg.Port.Mac}",
                RawText = last.RawText.Trim(),
            });
        }
        return found;
    }
}
