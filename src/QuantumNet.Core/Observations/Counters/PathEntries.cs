using QuantumNet.Paths;

namespace QuantumNet.Observations.Counters;

/// <summary>Log lines, leases and learnt MACs that belong to a station of a path.</summary>
internal static class PathEntries
{
    /// <summary>Each with its station. A DHCP server that logs and did not log this port's request stands as
    /// a still counter.</summary>
    public static IEnumerable<(DhcpCounterChange Change, Station Station)> Of(
        DhcpPath path, List<DhcpCounterChange> entries)
    {
        DhcpLeg leg = path.Leg;
        foreach (Station station in path.Shown)
        {
            IEnumerable<DhcpCounterChange> own = station.Place.Component switch
            {
                HopComponent.OvsBridge => entries.Where(entry => IsLearnt(entry, leg, station)),
                HopComponent.Dnsmasq => Logged(leg, station, entries),
                _ => [],
            };
            foreach (DhcpCounterChange entry in own)
                yield return (entry, station);
        }
    }

    private static bool IsLearnt(DhcpCounterChange entry, DhcpLeg leg, Station station)
    {
        string sender = (station.Direction == DhcpDirection.Request ? leg.Port.Mac : leg.ServerEnd?.Mac) ?? "";
        return entry is { Kind: CounterKind.FdbEntry, Change: not CounterChange.Gone }
            && entry.ComputerName == station.Place.ComputerName
            && entry.Object == station.Place.Name && sender.Length > 0
            && entry.Note.StartsWith(sender, StringComparison.Ordinal);
    }

    private static IEnumerable<DhcpCounterChange> Logged(DhcpLeg leg, Station station, List<DhcpCounterChange> entries)
    {
        string[] types = station.Direction == DhcpDirection.Request
            ? ["DHCPDISCOVER", "DHCPREQUEST"] : ["DHCPOFFER", "DHCPACK", "DHCPNAK"];
        List<DhcpCounterChange> found = entries.FindAll(
            entry => entry.Kind == CounterKind.DhcpEvent && entry.ComputerName == station.Place.ComputerName
                && Array.Exists(types, type => entry.Object == $"{type} {leg.Port.Mac}"));
        if (found.Count == 0 && leg.Server?.Node is { } node && node.State.DhcpEvents
            .FindLast(line => line.Type.StartsWith("DHCP", StringComparison.Ordinal)) is { } last)
        {
            found.Add(new DhcpCounterChange
            {
                ComputerName = station.Place.ComputerName,
                Object = station.Place.Name,
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
