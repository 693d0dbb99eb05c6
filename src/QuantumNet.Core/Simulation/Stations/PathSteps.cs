using QuantumNet.Paths;

namespace QuantumNet.Simulation.Stations;

/// <summary>Follows request and reply from station to station. Each station is asked by itself, with the packet as it
/// should come there: so what the nodes behind a loss would do is known, too.</summary>
internal static class PathSteps
{
    /// <summary>What each station of a path does, request first.</summary>
    public static IReadOnlyList<PathStep> Of(DhcpPath path) =>
        [.. path.Shown.Select(station => Of(path.Leg, station))];

    private static PathStep Of(DhcpLeg leg, Station station) => station.Place.Component switch
    {
        HopComponent.Tap or HopComponent.Iptables or HopComponent.LinuxBridge or HopComponent.Veth =>
            PlugStep.Of(leg, station),
        HopComponent.OvsBridge => BridgeStep.Of(leg, station),
        HopComponent.Patch => PatchStep.Of(leg, station),
        HopComponent.Tunnel => TunnelStep.Of(leg, station),
        HopComponent.Underlay => UnderlayStep.Of(leg, station),
        HopComponent.Namespace => ServerStep.Device(leg, station),
        _ => ServerStep.Dnsmasq(leg, station),
    };
}
