namespace QuantumNet.Snapshots;

/// <summary>Ports whose id, name, MAC, address or instance is nearly what a user typed.</summary>
internal static class PortSuggestion
{
    private const int MaximumSuggestions = 5;
    private const int MaximumTextLength = 64;

    /// <summary>The nearest ports, nearest first; none when nothing is near.</summary>
    public static List<QuantumPort> Nearest(CloudRecords records, string text)
    {
        if (text.Length > MaximumTextLength)
            return [];
        Dictionary<string, string> names = [];
        foreach (NovaInstance instance in records.Instances)
            names.TryAdd(instance.InstanceId, instance.Name);

        int limit = Math.Max(1, text.Length / 4);
        return records.Ports
            .Select(
                port => (Port: port, Distance: Distance(port, names.GetValueOrDefault(port.DeviceId, ""), text, limit)))
            .Where(scored => scored.Distance <= limit)
            .OrderBy(scored => scored.Distance)
            .ThenBy(scored => scored.Port.PortId, StringComparer.Ordinal)
            .Take(MaximumSuggestions)
            .Select(scored => scored.Port)
            .ToList();
    }

    private static int Distance(QuantumPort port, string instance, string text, int limit)
    {
        string id = port.PortId.Length > text.Length ? port.PortId[..text.Length] : port.PortId;
        int best = int.MaxValue;
        foreach (string candidate in (string[])[id, port.Name, instance, port.Mac, port.IpAddress, port.DeviceId])
        {
            if (text.Length > 2 && candidate.StartsWith(text, StringComparison.OrdinalIgnoreCase))
                best = Math.Min(best, 1);       // a beginning: only those of ids stand for a port
            else if (candidate.Length > 0 && Math.Abs(candidate.Length - text.Length) <= limit)
                best = Math.Min(best, Suggestion.Distance(candidate.ToLowerInvariant(), text.ToLowerInvariant()));
        }
        return best;
    }
}
