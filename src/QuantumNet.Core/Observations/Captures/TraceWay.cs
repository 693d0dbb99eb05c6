namespace QuantumNet.Observations.Captures;

/// <summary>A place of a way where packets were captured: one device, or the members of one uplink.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Hops">Its devices, as hops.</param>
/// <param name="Component">Its kind.</param>
/// <param name="ComputerName">Its node.</param>
/// <param name="Place">Where it stands among all points of the way, captured or not.</param>
internal sealed record TraceStation(
    string Name, HashSet<string> Hops, HopComponent Component, string ComputerName, int Place);

/// <summary>How far a message came.</summary>
/// <param name="LastSeen">The last station that saw it; null when none did.</param>
/// <param name="FirstMissing">The next one, which did not; null when it arrived.</param>
/// <param name="Count">How many stations it passed, up to the last one that saw it.</param>
internal readonly record struct TraceProgress(TraceStation? LastSeen, TraceStation? FirstMissing, int Count);

/// <summary>One way between the instance and a DHCP server, as it was captured.</summary>
internal sealed class TraceWay
{
    private readonly List<TraceStation> _stations = [];

    public TraceWay(TraceLeg leg, IReadOnlySet<string> captured)
    {
        Leg = leg;
        for (int i = 0; i < leg.Points.Count; i++)
        {
            TracePoint point = leg.Points[i].Point;
            if (!captured.Contains(point.Hop))
                continue;
            if (point.Component == HopComponent.Underlay && _stations is [.., { Component: HopComponent.Underlay } last]
                && last.ComputerName == point.ComputerName)
                last.Hops.Add(point.Hop);
            else
                _stations.Add(new TraceStation(point.Hop, [point.Hop], point.Component, point.ComputerName, i));
        }
    }

    public TraceLeg Leg { get; }

    /// <summary>The stations, from the instance to the server.</summary>
    public IReadOnlyList<TraceStation> Stations => _stations;

    /// <summary>The station nearest to the instance; null when nothing was captured.</summary>
    public TraceStation? InstanceEnd => _stations.Count > 0 ? _stations[0] : null;

    /// <summary>The station at the server; null when it was not captured.</summary>
    public TraceStation? ServerEnd => _stations is [.., { Component: HopComponent.Namespace } end] ? end : null;

    /// <summary>How far a message came that was seen at some hops.</summary>
    public TraceProgress Follow(IReadOnlySet<string> seen, DhcpDirection direction)
    {
        int last = -1;
        for (int i = 0; i < _stations.Count; i++)
        {
            if (StationAt(i, direction).Hops.Overlaps(seen))
                last = i;
        }
        return new TraceProgress(
            last < 0 ? null : StationAt(last, direction),
            last + 1 < _stations.Count ? StationAt(last + 1, direction) : null,
            last + 1);
    }

    private TraceStation StationAt(int step, DhcpDirection direction) =>
        _stations[direction == DhcpDirection.Request ? step : _stations.Count - 1 - step];
}
