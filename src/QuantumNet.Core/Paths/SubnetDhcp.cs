using System.Net;
using QuantumNet.Topology;

namespace QuantumNet.Paths;

/// <summary>Whether a port's network is meant to have DHCP: its IPv4 subnets' <c>enable_dhcp</c>,
/// or a dnsmasq that runs for it.</summary>
internal static class SubnetDhcp
{
    /// <summary>The IPv4 subnets that the port has an address of; all IPv4 subnets of its network where
    /// its record names none.</summary>
    public static IReadOnlyList<QuantumSubnet> Of(DhcpLeg leg)
    {
        List<QuantumSubnet> ofNetwork =
            [.. leg.Cloud.SubnetsOf(leg.Port.NetworkId).Where(subnet => subnet.IpVersion == 4)];
        List<QuantumSubnet> ofPort =
            [.. ofNetwork.Where(subnet => leg.Port.FixedIps.Any(ip => ip.SubnetId == subnet.SubnetId))];
        return ofPort.Count > 0 ? ofPort : ofNetwork;
    }

    /// <summary>Whether an address is of one of the network's subnets.</summary>
    public static bool IsInSubnet(DhcpLeg leg, string address) => IPAddress.TryParse(address, out IPAddress? ip)
        && leg.Cloud.SubnetsOf(leg.Port.NetworkId)
            .Any(subnet => IPNetwork.TryParse(subnet.Cidr, out IPNetwork block) && block.Contains(ip));

    /// <summary>Whether the server's node runs dnsmasq with a range for the network.
    /// An agent starts it so for the subnets that have DHCP enabled, and for no other.</summary>
    public static bool IsServed(DhcpLeg leg) => IsServed(leg.Server);

    private static bool IsServed(DhcpSite? server) =>
        server?.Node?.DhcpServersOf(server.NetworkId).Any(dnsmasq => dnsmasq.Ranges.Length > 0) == true;

    /// <summary>Whether records were asked for, but do not tell: then a network without a namespace may be
    /// meant to have none.</summary>
    public static bool IsUndecided(CloudView cloud, DhcpSite server) =>
        cloud.Records.Source != RecordSource.Inferred
        && !cloud.SubnetsOf(server.NetworkId).Any(subnet => subnet.IpVersion == 4) && !IsServed(server);
}
