namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>One <c>--dhcp-range</c> for IPv4 (dnsmasq(8); option.c, case 'F'):
/// <c>set:tag0,10.0.0.0,static,255.255.255.0,86400s</c>.</summary>
internal sealed record DnsmasqRange
{
    private const uint DefaultLease = 3600;

    /// <summary>The argument, verbatim.</summary>
    public required string Text { get; init; }
    /// <summary>First address.</summary>
    public uint Start { get; init; }
    /// <summary>Last address; the first for a static range.</summary>
    public uint End { get; init; }
    /// <summary>Whether only hosts with a line of their own are served.</summary>
    public bool IsStatic { get; init; }
    /// <summary>Whether it only tells of boot servers.</summary>
    public bool IsProxy { get; init; }
    /// <summary>The mask that it names; null when the server's address tells it.</summary>
    public uint? Netmask { get; init; }
    /// <summary>The broadcast address that it names; null when the server's address tells it.</summary>
    public uint? Broadcast { get; init; }
    /// <summary>Lease time in seconds; 4294967295 for ever.</summary>
    public uint LeaseSeconds { get; init; } = DefaultLease;
    /// <summary>The tag that it sets; empty when none.</summary>
    public string SetTag { get; init; } = "";
    /// <summary>The tags that it asks for.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Reads a range; null when it is for IPv6 or dnsmasq would not start with it.</summary>
    public static DnsmasqRange? Parse(string text)
    {
        string[] fields = DnsmasqText.Fields(text);
        var tags = new List<string>();
        string set = "";
        int at = 0;
        for (; at < fields.Length - 1 && !IsAddressLike(fields[at]); at++)
        {
            if (fields[at].StartsWith("tag:", StringComparison.Ordinal)
                || fields[at].StartsWith("net:", StringComparison.Ordinal))
                tags.Add(fields[at][4..]);
            else if (set.Length > 0)
                return null;    // only one tag allowed
            else
                set = fields[at].StartsWith("set:", StringComparison.Ordinal) ? fields[at][4..] : fields[at];
        }
        tags.RemoveAll(tag => tag.Length == 0);
        DnsmasqRange? range = Addresses(fields[at..],
            new DnsmasqRange { Text = text, SetTag = set, Tags = tags }, out int next);
        return range is null ? null : WithLease(fields[(at + next)..], range);
    }

    private static bool IsAddressLike(string field) =>
        field.All(c => c is ' ' or '.' or ':' || char.IsAsciiHexDigit(c));

    private static DnsmasqRange? Addresses(string[] fields, DnsmasqRange range, out int next)
    {
        next = 2;
        if (fields.Length < 2 || !DottedQuad.TryParse(fields[0], out uint start))
            return null;
        uint end = start;
        if (fields[1] is not ("static" or "proxy") && !DottedQuad.TryParse(fields[1], out end))
            return null;
        range = range with
        {
            Start = Math.Min(start, end), End = Math.Max(start, end),
            IsStatic = fields[1] == "static", IsProxy = fields[1] == "proxy",
        };
        if (fields.Length < 3 || !DottedQuad.TryParse(fields[2], out uint mask))
            return range;
        next = 3;
        if (!DottedQuad.IsSameNetwork(start, end, mask))
            return null;
        if (fields.Length < 4 || !DottedQuad.TryParse(fields[3], out uint broadcast))
            return range with { Netmask = mask };
        next = 4;
        return range with { Netmask = mask, Broadcast = broadcast };
    }

    private static DnsmasqRange? WithLease(string[] fields, DnsmasqRange range) => fields switch
    {
        [] or [""] or ["deprecated"] => range,
        ["infinite"] => range with { LeaseSeconds = uint.MaxValue },
        [var time] when DnsmasqText.TrySeconds(time, out uint seconds) => range with { LeaseSeconds = seconds },
        _ => null,
    };
}
