using System.Globalization;
using QuantumNet.Faults;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>How large the packets of a network may be, by its record or by what dnsmasq tells its clients, and the
/// devices of a port's way that are too small for them.</summary>
internal static class FullPacket
{
    /// <summary>The largest of all networks of a type; null where nothing tells.</summary>
    public static int? Of(CloudView cloud, string networkType)
    {
        int?[] sizes = [.. cloud.Records.Networks.Where(network => network.NetworkType == networkType)
            .Select(network => network.Mtu).Concat(cloud.Nodes.SelectMany(node => node.State.DhcpServers)
                .Where(server => cloud.Network(server.NetworkId)?.NetworkType == networkType).Select(MtuGiven))];
        return sizes.Max();
    }

    /// <summary>The devices between the instance and br-int, and the server's, that a full packet of the network does
    /// not fit (QN5021). A Linux bridge's own MTU is not a limit of what it forwards: its ports' are.</summary>
    public static IEnumerable<Finding> TooLargeFor(DhcpLeg leg)
    {
        if (Of(leg) is not { } full)
            yield break;
        string[] devices = leg.Plug == PlugKind.Hybrid
            ? [leg.Tap, DeviceNames.VethBridgeEnd(leg.Port.PortId), leg.OvsDevice] : [leg.Tap];
        IEnumerable<NodeLink?> links = [.. devices.Select(device => leg.Compute?.Link(device)), leg.Server?.InnerLink];
        foreach (NodeLink link in links.OfType<NodeLink>().Where(link => link.Mtu > 0 && link.Mtu < full))
            yield return TunnelFaults.MtuTooSmall.Fail(link.ComputerName, link.Device, $"{link.Device} on "
                + $"{link.ComputerName} carries packets of {link.Mtu} bytes, and network "
                + $"{leg.Network?.Name ?? leg.Port.NetworkId} has larger ones, up to {full}: DHCP works, and those are "
                + "lost.",
                link.ToEvidence());
    }

    private static int? Of(DhcpLeg leg) => leg.Network?.Mtu ?? leg.Cloud.Nodes
        .SelectMany(node => node.DhcpServersOf(leg.Port.NetworkId)).Select(MtuGiven).Max();

    // What the agent lets dnsmasq tell clients: --dhcp-option-force=option:mtu,1450, or by its number.
    private static int? MtuGiven(DhcpServer server)
    {
        foreach (string argument in server.Argv)
        {
            foreach (string name in (string[])["option:mtu,", "=26,"])
            {
                int at = argument.IndexOf(name, StringComparison.Ordinal);
                if (at >= 0 && int.TryParse(argument.AsSpan(at + name.Length), NumberStyles.None,
                    CultureInfo.InvariantCulture, out int mtu))
                    return mtu;
            }
        }
        return null;
    }
}
