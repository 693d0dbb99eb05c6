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
        var walk = new OvsMatchWalk(match);
        while (walk.TryNext())
            fields.Add(new OvsMatchField { Name = OvsNames.Shared(walk.Name), Value = OvsNames.Unquoted(walk.Value),
                Mask = walk.Mask.ToString() });
        return [.. fields];
    }

    /// <summary>Whether a match holds nothing but fields.</summary>
    internal static bool HoldsOnlyFields(string match)
    {
        var walk = new OvsMatchWalk(match);
        while (walk.TryNext())
        {
        }
        return !walk.HasOtherWords;
    }
}

/// <summary>Walks over the fields of a match without making strings of them; words that say nothing of packets
/// are passed by.</summary>
internal ref struct OvsMatchWalk(ReadOnlySpan<char> match)
{
    private ItemReader _items = new(match, endsAtSpace: true);

    /// <summary>The field's name, or a protocol word.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>Its value as printed, quotes included; empty for a protocol word.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Its mask as printed; empty when there is none.</summary>
    public ReadOnlySpan<char> Mask { get; private set; }

    /// <summary>Whether other words than fields were passed by.</summary>
    public bool HasOtherWords { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool TryNext()
    {
        while (_items.TryNext(out ReadOnlySpan<char> item))
        {
            int equals = item.IndexOf('=');
            Name = equals < 0 ? item : item[..equals];
            if (OvsVocabulary.Match.Find(Name) is FlowWord.MatchField or FlowWord.Unknown)
            {
                TakeValue(equals < 0 ? [] : item[(equals + 1)..]);
                return true;
            }
            HasOtherWords = true;
        }
        return false;
    }

    private void TakeValue(ReadOnlySpan<char> value)
    {
        int slash = value.StartsWith("\"") ? -1 : value.IndexOf('/');
        Value = slash < 0 ? value : value[..slash];
        Mask = slash < 0 ? [] : value[(slash + 1)..];
    }
}
