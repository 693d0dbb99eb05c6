using QuantumNet.Faults;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>What is wrong beneath a pair's tunnels: a device that is down, one too small for full packets with their
/// outer headers, an address that does not answer.</summary>
internal static class UnderlayFindings
{
    private const int Ethernet = 14, Ipv4 = 20, Ipv6 = 40, Udp = 8, Header = 8;

    /// <summary>The findings of both ends.</summary>
    public static IEnumerable<Finding> Of(DhcpLeg pair, IReadOnlyList<OvsTunnelPing> pings) => pair.EndsApart()
        .SelectMany(ends => OfEnd(pair, ends.End, ends.Peer)).Concat(pings.SelectMany(OfPing));

    /// <summary>The largest IP packet that a tunnel sends: a full packet of the largest of the networks, and
    /// what goes around it (RFC 7348, RFC 2890 with a key, RFC 8926 without options); null where nothing tells how
    /// large packets may be.</summary>
    public static int? LargestPacket(DhcpLeg pair, LegEnd end)
    {
        bool isSix = end.Node is { } node
            && TunnelMesh.Of(node, pair.NetworkType).Any(port => port.RemoteIp.Contains(':'));
        int around = Ethernet + Header + (pair.NetworkType == "gre" ? 0 : Udp) + (isSix ? Ipv6 : Ipv4);
        return FullPacket.Of(pair.Cloud, pair.NetworkType) is { } inner ? inner + around : null;
    }

    private static IEnumerable<Finding> OfEnd(DhcpLeg pair, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node || TunnelMesh.To(pair, end, peer) is null)
            yield break;        // the checks of the tunnels tell
        IReadOnlyList<string> devices = UnderlayDevices.Of(pair, end, peer);
        NodeLink[] links = [.. devices.Select(device => node.Link(device)).OfType<NodeLink>()
            .Where(link => link.IsStateKnown)];
        if (links.Length == 0)
            yield break;
        if (!Array.Exists(links, link => link.IsUp))
            yield return TunnelFaults.UnderlayLost.Fail(node.Name, links[0].Device, $"{links[0].Device} on "
                + $"{node.Name}, by which its {pair.NetworkType} tunnels leave, is down.", links[0].ToEvidence())
                with { At = HopComponent.Underlay };
        else if (LargestPacket(pair, end) is { } size
            && Array.Find(links, link => link.Mtu > 0 && link.Mtu < size) is { } small)
            yield return TunnelFaults.MtuTooSmall.Fail(node.Name, small.Device, $"{small.Device} on {node.Name} "
                + $"carries packets of {small.Mtu} bytes, and full ones of the {pair.NetworkType} tunnels have {size}: "
                + "DHCP works, and longer packets are lost.", small.ToEvidence()) with { At = HopComponent.Underlay };
    }

    private static IEnumerable<Finding> OfPing(OvsTunnelPing ping)
    {
        Evidence said = new() { ComputerName = ping.ComputerName, Command = ping.Command, Text = ping.Text };
        string way = $"{ping.ComputerName} to {ping.RemoteComputerName} ({ping.IpAddress})";
        if (ping.IsAnswered is null)
            yield return TunnelFaults.UnderlayLost.Undecided(ping.ComputerName, ping.IpAddress,
                $"ping from {way} could not run: {ping.Text}.", said);
        else if (ping.IsAnswered == false)
            yield return ping.Size is { } size
                ? TunnelFaults.MtuTooSmall.Fail(ping.ComputerName, ping.IpAddress, $"A packet of {size} bytes from "
                    + $"{way} is not answered ({ping.Text}): full packets of the tunnel do not fit.", said)
                    with { At = HopComponent.Underlay }
                : TunnelFaults.UnderlayLost.Fail(ping.ComputerName, ping.IpAddress, $"A ping from {way} is not "
                    + $"answered ({ping.Text}).", said) with { At = HopComponent.Underlay };
    }
}
