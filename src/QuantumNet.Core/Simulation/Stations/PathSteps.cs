using QuantumNet.Paths;
using QuantumNet.Simulation.Bridge;

namespace QuantumNet.Simulation.Stations;

/// <summary>Follows request and reply from station to station. Each station is asked by itself, with the packet as it
/// should come there: so what the nodes behind a loss would do is known, too.</summary>
internal sealed class PathSteps
{
    private readonly DhcpLeg _leg;
    private readonly Dictionary<Place, BridgePass> _requests = [];

    private PathSteps(DhcpLeg leg) => _leg = leg;

    /// <summary>What each station of a path does, request first.</summary>
    public static IReadOnlyList<PathStep> Of(DhcpPath path)
    {
        var steps = new PathSteps(path.Leg);
        return [.. path.Shown.Select(steps.Of)];
    }

    private PathStep Of(Station station) => station.Place.Component switch
    {
        HopComponent.Tap or HopComponent.Iptables or HopComponent.LinuxBridge or HopComponent.Veth =>
            PlugStep.Of(_leg, station),
        HopComponent.OvsBridge => BridgeStep.Of(_leg, station, Send),
        HopComponent.Patch => PatchStep.Of(_leg, station),
        HopComponent.Tunnel => TunnelStep.Of(_leg, station),
        HopComponent.Underlay => UnderlayStep.Of(_leg, station),
        HopComponent.Namespace => ServerStep.Device(_leg, station),
        _ => ServerStep.Dnsmasq(_leg, station),
    };

    // Before a reply, the bridge has learned what the request taught it.
    private BridgePass Send(Station station)
    {
        if (station.Direction == DhcpDirection.Request)
            return _requests[station.Place] = BridgePass.Of(_leg, DhcpDirection.Request, station.Crossing!, null);
        return BridgePass.Of(_leg, DhcpDirection.Reply, station.Crossing!,
            _requests.GetValueOrDefault(station.Place)?.Trace);
    }
}
