namespace QuantumNet.Paths;

/// <summary>The way of a leg's packets: its stations in both directions, each in the order in which that direction's
/// packets meet them.</summary>
internal sealed class DhcpPath
{
    private DhcpPath(DhcpLeg leg)
    {
        Leg = leg;
        Request = Numbered(new StationFinder(leg, DhcpDirection.Request).Find());
        Reply = Numbered(new StationFinder(leg, DhcpDirection.Reply).Find().Reverse());
    }

    /// <summary>The leg.</summary>
    public DhcpLeg Leg { get; }

    /// <summary>The stations of DISCOVER and REQUEST, from the instance on.</summary>
    public IReadOnlyList<Station> Request { get; }

    /// <summary>The stations of OFFER and ACK, from the server on.</summary>
    public IReadOnlyList<Station> Reply { get; }

    /// <summary>The stations that what was gathered shows, request first.</summary>
    public IEnumerable<Station> Shown => Request.Concat(Reply).Where(station => !station.IsAssumed);

    /// <summary>Lays out a leg's path.</summary>
    public static DhcpPath Of(DhcpLeg leg) => new(leg);

    private static Station[] Numbered(IEnumerable<Station> stations)
    {
        int last = 0;
        return [.. stations.Select(station => station.IsAssumed ? station : station with { Sequence = ++last })];
    }
}
