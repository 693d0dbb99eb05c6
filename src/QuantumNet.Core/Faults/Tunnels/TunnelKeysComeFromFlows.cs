using QuantumNet.Paths;
using static QuantumNet.Faults.TunnelFaults;

namespace QuantumNet.Faults.Tunnels;

/// <summary>Tunnels take their key from the flows: in_key and out_key are <c>flow</c> (or key is).</summary>
internal sealed class TunnelKeysComeFromFlows : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [KeyNotFromFlows];

    public IEnumerable<Finding> Run(DhcpLeg leg) => !leg.IsTunnelled
        ? [KeyNotFromFlows.NotApplicable("The network uses no tunnels.")]
        : leg.EndsApart().Select(pair => Judge(leg, pair.End, pair.Peer) with { At = HopComponent.Tunnel });

    private static Finding Judge(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is null || !end.Node.State.Has("OvsPort"))
            return KeyNotFromFlows.Unknown(end.NodeName, "OvsPort");
        if (TunnelMesh.To(leg, end, peer) is not { } tunnel)
            return KeyNotFromFlows.NotApplicable("There is no tunnel to the peer.");
        string inKey = tunnel.TunnelKey("in_key") ?? "", outKey = tunnel.TunnelKey("out_key") ?? "";
        if (inKey == "flow" && outKey == "flow")
            return KeyNotFromFlows.Pass(end.NodeName, tunnel.Device);
        return KeyNotFromFlows.Fail(end.NodeName, tunnel.Device,
            $"{tunnel.Device} on {end.NodeName} has in_key={Shown(inKey)} and out_key={Shown(outKey)}; "
                + "both must be flow.", tunnel.ToEvidence());
    }

    private static string Shown(string key) => key.Length == 0 ? "(none)" : key;
}
