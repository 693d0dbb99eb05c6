using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Tunnel;

/// <summary>What keeps one end's tunnel from leading to the other end.</summary>
internal enum TunnelFlaw
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>There is no tunnel, or it does not work.</summary>
    Missing,
    /// <summary>It has an address that is not the peer's, or not its own node's.</summary>
    WrongAddress,
}

/// <summary>One end's tunnel to the other end.</summary>
/// <param name="Flaw">What is wrong with it, or cannot be ruled out.</param>
/// <param name="Object">The tunnel port, or the bridge that should have one.</param>
/// <param name="Message">What is wrong, in a sentence; empty where nothing is.</param>
/// <param name="Evidence">The lines that show it.</param>
internal sealed record TunnelLink(TunnelFlaw Flaw, string Object, string Message, params Evidence?[] Evidence)
{
    /// <summary>What was not collected, and so whether the flaw is there is not known; null where it is.</summary>
    public (string ComputerName, string Collector)? Lacks { get; private init; }

    /// <summary>Judges the tunnel from an end to its peer.</summary>
    public static TunnelLink Of(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node || !node.State.Has("OvsPort"))
            return Unknown(TunnelFlaw.Missing, end.NodeName, "OvsPort");
        if (TunnelMesh.AddressesOf(leg, peer).Count == 0)
            return Unknown(TunnelFlaw.Missing, peer.NodeName, "NodeLink");
        if (TunnelMesh.To(leg, end, peer) is { } tunnel)
            return Judge(leg, end, peer, tunnel);
        // Whether the tunnel is missing or leads astray only the peer's own devices and tunnels tell.
        return peer.Node is { } other && other.ShowsAddresses() && other.State.Has("OvsPort")
            ? NoTunnel(leg, end, peer, node)
            : Unknown(TunnelFlaw.Missing, peer.NodeName,
                peer.Node?.ShowsAddresses() == true ? "OvsPort" : "NodeLink");
    }

    private static TunnelLink Unknown(TunnelFlaw flaw, string node, string collector) =>
        new(flaw, collector, "") { Lacks = (node, collector) };

    private static TunnelLink NoTunnel(DhcpLeg leg, LegEnd end, LegEnd peer, NodeView node)
    {
        IReadOnlySet<string> known = TunnelMesh.KnownAddresses(leg, peer);
        string address = string.Join(" or ", TunnelMesh.AddressesOf(leg, peer).Where(IsTunnelAddress).Take(3));
        OvsPort? astray = TunnelMesh.Of(node, leg.NetworkType)
            .FirstOrDefault(port => port.RemoteIp.Length > 0 && !known.Contains(port.RemoteIp));
        if (astray is not null)
            return new(TunnelFlaw.WrongAddress, astray.Device,
                $"{astray.Device} on {end.NodeName} leads to {astray.RemoteIp}, which no node has; "
                    + $"{peer.NodeName} is at {address}.", astray.ToEvidence());
        return new(TunnelFlaw.Missing, node.TunnelBridge.Length > 0 ? node.TunnelBridge : "br-tun",
            $"{end.NodeName} has no {leg.NetworkType} tunnel to {peer.NodeName} ({address}).",
            [.. TunnelMesh.Of(node, leg.NetworkType).Take(4).Select(port => port.ToEvidence())]);
    }

    private static TunnelLink Judge(DhcpLeg leg, LegEnd end, LegEnd peer, OvsPort tunnel)
    {
        if (tunnel.OfPort == -1 || tunnel.Error.Length > 0)
            return new(TunnelFlaw.Missing, tunnel.Device,
                $"{tunnel.Device} on {end.NodeName} does not work: {tunnel.Error}.", tunnel.ToEvidence());
        if (tunnel.LocalIp.Length > 0 && end.Node?.ShowsAddresses() != true)
            return Unknown(TunnelFlaw.WrongAddress, end.NodeName, "NodeLink");
        IReadOnlySet<string> own = TunnelMesh.AddressesOf(leg, end);
        if (tunnel.LocalIp.Length > 0 && own.Count > 0 && !own.Contains(tunnel.LocalIp))
            return new(TunnelFlaw.WrongAddress, tunnel.Device,
                $"local_ip {tunnel.LocalIp} of {tunnel.Device} is not an address of {end.NodeName}.",
                tunnel.ToEvidence());
        // Open vSwitch takes a packet in only where its destination is the tunnel's local_ip.
        return TunnelMesh.To(leg, peer, end) is { LocalIp.Length: > 0 } back
            && tunnel.RemoteIp != "flow" && back.LocalIp != tunnel.RemoteIp
            ? new(TunnelFlaw.WrongAddress, tunnel.Device, $"{tunnel.Device} on {end.NodeName} leads "
                    + $"to {tunnel.RemoteIp}, but {peer.NodeName} ends its tunnels at {back.LocalIp}.",
                tunnel.ToEvidence(), back.ToEvidence())
            : new(TunnelFlaw.None, tunnel.Device, "", tunnel.ToEvidence());
    }

    private static bool IsTunnelAddress(string address) => address != "127.0.0.1" && !address.Contains(':');
}
