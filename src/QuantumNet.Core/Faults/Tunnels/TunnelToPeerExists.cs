using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.TunnelFaults;

namespace QuantumNet.Faults.Tunnels;

/// <summary>Each end has a tunnel whose other end is the peer's address.</summary>
internal sealed class TunnelToPeerExists : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [TunnelMissing, TunnelHasWrongAddress];

    public IEnumerable<Finding> Run(DhcpLeg leg) => !leg.IsTunnelled
        ? [TunnelMissing.NotApplicable("The network uses no tunnels.")]
        : leg.EndsApart().Select(pair => Judge(leg, pair.End, pair.Peer) with { At = HopComponent.Tunnel });

    private static Finding Judge(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node || !node.State.Has("OvsPort"))
            return TunnelMissing.Unknown(end.NodeName, "OvsPort");
        if (TunnelMesh.AddressesOf(leg, peer).Count == 0)
            return TunnelMissing.Unknown(peer.NodeName, "NodeLink");
        if (TunnelMesh.To(leg, end, peer) is { } tunnel)
            return JudgeTunnel(leg, end, peer, tunnel);
        // Whether the tunnel is missing or leads astray only the peer's own devices and tunnels tell.
        return peer.Node is { } other && other.ShowsAddresses() && other.State.Has("OvsPort")
            ? NoTunnel(leg, end, peer, node)
            : TunnelMissing.Unknown(peer.NodeName, peer.Node?.ShowsAddresses() == true ? "OvsPort" : "NodeLink");
    }

    private static Finding NoTunnel(DhcpLeg leg, LegEnd end, LegEnd peer, NodeView node)
    {
        IReadOnlySet<string> known = TunnelMesh.KnownAddresses(leg, peer);
        string address = string.Join(" or ", TunnelMesh.AddressesOf(leg, peer).Where(IsTunnelAddress).Take(3));
        OvsPort? astray = TunnelMesh.Of(node, leg.NetworkType)
            .FirstOrDefault(port => port.RemoteIp.Length > 0 && !known.Contains(port.RemoteIp));
        if (astray is not null)
            return TunnelHasWrongAddress.Fail(end.NodeName, astray.Device,
                $"{astray.Device} on {end.NodeName} leads to {astray.RemoteIp}, which no node has; "
                    + $"{peer.NodeName} is at {address}.", astray.ToEvidence());
        return TunnelMissing.Fail(end.NodeName, node.TunnelBridge.Length > 0 ? node.TunnelBridge : "br-tun",
            $"{end.NodeName} has no {leg.NetworkType} tunnel to {peer.NodeName} ({address}).",
            [.. TunnelMesh.Of(node, leg.NetworkType).Take(4).Select(port => port.ToEvidence())]);
    }

    private static Finding JudgeTunnel(DhcpLeg leg, LegEnd end, LegEnd peer, OvsPort tunnel)
    {
        if (tunnel.OfPort == -1 || tunnel.Error.Length > 0)
            return TunnelMissing.Fail(end.NodeName, tunnel.Device,
                $"{tunnel.Device} on {end.NodeName} does not work: {tunnel.Error}.", tunnel.ToEvidence());
        if (tunnel.LocalIp.Length > 0 && end.Node?.ShowsAddresses() != true)
            return TunnelHasWrongAddress.Unknown(end.NodeName, "NodeLink");
        IReadOnlySet<string> own = TunnelMesh.AddressesOf(leg, end);
        if (tunnel.LocalIp.Length > 0 && own.Count > 0 && !own.Contains(tunnel.LocalIp))
            return TunnelHasWrongAddress.Fail(end.NodeName, tunnel.Device,
                $"local_ip {tunnel.LocalIp} of {tunnel.Device} is no address of {end.NodeName}.", tunnel.ToEvidence());
        // Open vSwitch takes a packet in only where its destination is the tunnel's local_ip.
        OvsPort? back = TunnelMesh.To(leg, peer, end);
        bool otherAddress = back is { LocalIp.Length: > 0 } && tunnel.RemoteIp != "flow"
            && back.LocalIp != tunnel.RemoteIp;
        return otherAddress
            ? TunnelHasWrongAddress.Fail(end.NodeName, tunnel.Device, $"{tunnel.Device} on {end.NodeName} leads "
                    + $"to {tunnel.RemoteIp}, but {peer.NodeName} ends its tunnels at {back!.LocalIp}.",
                tunnel.ToEvidence(), back.ToEvidence())
            : TunnelMissing.Pass(end.NodeName, tunnel.Device);
    }

    private static bool IsTunnelAddress(string address) => address != "127.0.0.1" && !address.Contains(':');
}
