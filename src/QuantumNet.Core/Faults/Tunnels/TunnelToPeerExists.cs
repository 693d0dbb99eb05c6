using QuantumNet.Paths;
using QuantumNet.Simulation.Tunnel;
using static QuantumNet.Faults.TunnelFaults;

namespace QuantumNet.Faults.Tunnels;

/// <summary>Each end has a tunnel whose other end is the peer's address.</summary>
internal sealed class TunnelToPeerExists : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [TunnelMissing, TunnelHasWrongAddress];

    public IEnumerable<Finding> Run(DhcpLeg leg) => !leg.IsTunnelled
        ? [TunnelMissing.NotApplicable("The network uses no tunnels.")]
        : leg.EndsApart().Select(pair => Judge(pair.End, TunnelLink.Of(leg, pair.End, pair.Peer))
            with { At = HopComponent.Tunnel });

    private static Finding Judge(LegEnd end, TunnelLink link)
    {
        CheckInfo info = link.Flaw == TunnelFlaw.WrongAddress ? TunnelHasWrongAddress : TunnelMissing;
        return link.Lacks is var (node, collector) ? info.Unknown(node, collector)
            : link.Flaw == TunnelFlaw.None ? info.Pass(end.NodeName, link.Object)
            : info.Fail(end.NodeName, link.Object, link.Message, link.Evidence);
    }
}
