using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.TunnelFaults;

namespace QuantumNet.Faults.Tunnels;

/// <summary>The uplink of a physical network's bridge is up and has a carrier, and what passes it
/// is mostly whole.</summary>
internal sealed class UplinkCarries : ICheck
{
    /// <summary>Below this many, errors are of the past: cables plugged, a switch restarted.</summary>
    private const long FewErrors = 100;

    public IReadOnlyList<CheckInfo> Infos { get; } = [UplinkDown];

    public IEnumerable<Finding> Run(DhcpLeg leg) => !leg.IsPhysical
        ? [UplinkDown.NotApplicable("The network is not a VLAN or flat one.")]
        : leg.EndsApart().Select(pair => Judge(leg, pair.End) with { At = HopComponent.OvsBridge });

    private static Finding Judge(DhcpLeg leg, LegEnd end)
    {
        if (end.Node is not { } node || PhysicalBridges.Find(leg, node) is not { } bridge
            || !bridge.Uplinks(node).Any())
            return UplinkDown.NotApplicable("There is no bridge, or no uplink, to look at: another check tells.");
        List<(OvsPort Port, NodeLink? Link, bool? IsUp)> uplinks = [.. bridge.Uplinks(node)
            .Select(port => (port, node.Link(port.Device), node.Carries(port.Device)))];
        if (uplinks.TrueForAll(uplink => uplink.IsUp == false))
            return UplinkDown.Fail(end.NodeName, bridge.Name,
                $"{Names(uplinks)} on {end.NodeName}, the uplink of {bridge.Name}, is down{Why(uplinks[0].Link)}: "
                    + "nothing of the network leaves the node or comes in.",
                [.. uplinks.Select(uplink => uplink.Link?.ToEvidence() ?? uplink.Port.ToEvidence())]);
        if (uplinks.TrueForAll(uplink => uplink.IsUp != true))
            return UplinkDown.Unknown(end.NodeName, "NodeLink");
        NodeLink? bad = uplinks.Select(uplink => uplink.Link).FirstOrDefault(link => link is not null && IsBad(link));
        return bad is null ? UplinkDown.Pass(end.NodeName, bridge.Name)
            : UplinkDown.Fail(end.NodeName, bridge.Name,
                    $"{bad.Device} on {end.NodeName}, the uplink of {bridge.Name}, had {bad.RxErrors} receive and "
                        + $"{bad.TxErrors} send errors in {bad.RxPackets + bad.TxPackets} packets.", bad.ToEvidence())
                with { Severity = CheckSeverity.Warning };
    }

    private static string Names(List<(OvsPort Port, NodeLink? Link, bool? IsUp)> uplinks) =>
        string.Join(" and ", uplinks.Select(uplink => uplink.Port.Device));

    private static string Why(NodeLink? link) => link is { IsUp: true } ? ", having no carrier" : "";

    private static bool IsBad(NodeLink link)
    {
        long errors = link.RxErrors + link.TxErrors;
        return link.HasCounters && errors > FewErrors && errors * 100 > link.RxPackets + link.TxPackets;
    }
}
