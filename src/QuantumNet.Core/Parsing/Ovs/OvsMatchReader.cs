namespace QuantumNet.Parsing.Ovs;

/// <summary>Takes a flow's match apart, field by field (ovs-fields(7)):
/// <c>udp,in_port="patch-tun",dl_dst=01:00:00:00:00:00/01:00:00:00:00:00</c>.</summary>
public static class OvsMatchReader
{
    /// <summary>The fields of a match. Port names lose their quotes;
    /// words that say nothing of packets (priority, time-outs) are left out.</summary>
    public static OvsMatchField[] Read(string match)
    {
        var fields = new List<OvsMatchField>();
        var items = new ItemReader(match, endsAtSpace: true);
        while (items.TryNext(out ReadOnlySpan<char> item))
        {
            if (IsField(item))
                fields.Add(Field(item));
        }
        return [.. fields];
    }

    /// <summary>Whether a match holds nothing but fields.</summary>
    internal static bool HoldsOnlyFields(string match)
    {
        var items = new ItemReader(match, endsAtSpace: true);
        while (items.TryNext(out ReadOnlySpan<char> item))
        {
            if (!IsField(item))
                return false;
        }
        return true;
    }

    private static bool IsField(ReadOnlySpan<char> item)
    {
        int equals = item.IndexOf('=');
        return OvsVocabulary.Match.Find(equals < 0 ? item : item[..equals]) is FlowWord.MatchField or FlowWord.Unknown;
    }

    private static OvsMatchField Field(ReadOnlySpan<char> item)
    {
        int equals = item.IndexOf('=');
        if (equals < 0)
            return new OvsMatchField { Name = OvsNames.Shared(item) };
        ReadOnlySpan<char> value = item[(equals + 1)..];
        int slash = value.StartsWith("\"") ? -1 : value.IndexOf('/');
        return new OvsMatchField
        {
            Name = OvsNames.Shared(item[..equals]),
            Value = OvsNames.Unquoted(slash < 0 ? value : value[..slash]),
            Mask = slash < 0 ? "" : value[(slash + 1)..].ToString(),
        };
    }
}
