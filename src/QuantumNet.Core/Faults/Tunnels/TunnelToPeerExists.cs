using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Tunnels;

/// <summary>Each end has a tunnel whose other end is the peer's address.</summary>
internal sealed class TunnelToPeerExists : ICheck
{
    private static readonly CheckInfo s_missing = new()
    {
        Code = "QN5001",
        Title = "Tunnel to the other node is missing",
        Layer = "Tunnel",
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort", "NodeLink"],
        Remedy = "Restart the OVS agent on the node: it sets up its tunnel ports again.",
        Reference = "LP#1460164",
    };

    private static readonly CheckInfo s_wrong = s_missing with
    {
        Code = "QN5002",
        Title = "Tunnel has a wrong address",
        Remedy = "Correct local_ip in the OVS agent's file on the node whose address is wrong, and restart its agent.",
        Reference = "LP#1408603, LP#1464178",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_missing, s_wrong];

    public IEnumerable<Finding> Run(DhcpLeg leg) => !leg.IsTunnelled
        ? [s_missing.NotApplicable("The network uses no tunnels.")]
        : leg.EndsApart().Select(pair => Judge(leg, pair.End, pair.Peer) with { At = HopComponent.Tunnel });

    private static Finding Judge(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node || !node.State.Has("OvsPort"))
            return s_missing.Unknown(end.NodeName, "OvsPort");
        if (TunnelMesh.AddressesOf(leg, peer).Count == 0)
            return s_missing.Unknown(peer.NodeName, "NodeLink");
        if (TunnelMesh.To(leg, end, peer) is { } tunnel)
            return JudgeTunnel(leg, end, peer, tunnel);
        // Whether the tunnel is missing or leads astray only the peer's own devices and tunnels tell.
        return peer.Node is { } other && other.ShowsAddresses() && other.State.Has("OvsPort")
            ? NoTunnel(leg, end, peer, node)
            : s_missing.Unknown(peer.NodeName, peer.Node?.ShowsAddresses() == true ? "OvsPort" : "NodeLink");
    }

    private static Finding NoTunnel(DhcpLeg leg, LegEnd end, LegEnd peer, NodeView node)
    {
        IReadOnlySet<string> known = TunnelMesh.KnownAddresses(leg, peer);
        string address = string.Join(" or ", TunnelMesh.AddressesOf(leg, peer).Where(IsTunnelAddress).Take(3));
        OvsPort? astray = TunnelMesh.Of(node, leg.NetworkType)
            .FirstOrDefault(port => port.RemoteIp.Length > 0 && !known.Contains(port.RemoteIp));
        if (astray is not null)
            return s_wrong.Fail(end.NodeName, astray.Device,
                $"{astray.Device} on {end.NodeName} leads to {astray.RemoteIp}, which no node has; "
                    + $"{peer.NodeName} is at {address}.", astray.ToEvidence());
        return s_missing.Fail(end.NodeName, node.TunnelBridge.Length > 0 ? node.TunnelBridge : "br-tun",
            $"{end.NodeName} has no {leg.NetworkType} tunnel to {peer.NodeName} ({address}).",
            [.. TunnelMesh.Of(node, leg.NetworkType).Take(4).Select(port => port.ToEvidence())]);
    }

    private static Finding JudgeTunnel(DhcpLeg leg, LegEnd end, LegEnd peer, OvsPort tunnel)
    {
        if (tunnel.OfPort == -1 || tunnel.Error.Length > 0)
            return s_missing.Fail(end.NodeName, tunnel.Device,
                $"{tunnel.Device} on {end.NodeName} does not work: {tunnel.Error}.", tunnel.ToEvidence());
        if (tunnel.LocalIp.Length > 0 && end.Node?.ShowsAddresses() != true)
            return s_wrong.Unknown(end.NodeName, "NodeLink");
        IReadOnlySet<string> own = TunnelMesh.AddressesOf(leg, end);
        if (tunnel.LocalIp.Length > 0 && own.Count > 0 && !own.Contains(tunnel.LocalIp))
            return s_wrong.Fail(end.NodeName, tunnel.Device,
                $"local_ip {tunnel.LocalIp} of {tunnel.Device} is no address of {end.NodeName}.", tunnel.ToEvidence());
        // Open vSwitch takes a packet in only where its destination is the tunnel's local_ip.
        OvsPort? back = TunnelMesh.To(leg, peer, end);
        bool otherAddress = back is { LocalIp.Length: > 0 } && tunnel.RemoteIp != "flow"
            && back.LocalIp != tunnel.RemoteIp;
        return otherAddress
            ? s_wrong.Fail(end.NodeName, tunnel.Device, $"{tunnel.Device} on {end.NodeName} leads "
                    + $"to {tunnel.RemoteIp}, but {peer.NodeName} ends its tunnels at {back!.LocalIp}.",
                tunnel.ToEvidence(), back.ToEvidence())
            : s_missing.Pass(end.NodeName, tunnel.Device);
    }

    private static bool IsTunnelAddress(string address) => address != "127.0.0.1" && !address.Contains(':');
}
