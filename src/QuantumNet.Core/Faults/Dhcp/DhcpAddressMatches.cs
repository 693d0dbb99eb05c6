using QuantumNet.Paths;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Dhcp;

/// <summary>The device in the namespace has the DHCP port's address and MAC.</summary>
internal sealed class DhcpAddressMatches : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [WrongAddress];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { InnerLink: { } link } server)
            return [WrongAddress.NotApplicable("There is no device to look at; the check of the DHCP server's "
                + "port tells.")];
        if (server.Node?.ShowsAddresses(server.Namespace) != true)
            return [WrongAddress.Unknown(server.NodeName, "NodeLink", server.Namespace)];
        Finding judged = server.Port is { } port && port.Source != RecordSource.Inferred
            ? Judge(leg, server, port, link) : JudgeAlone(leg, server, link);
        return [judged with { At = HopComponent.Namespace }];
    }

    /// <summary>Without a record to compare: dnsmasq answers on a device only from an address of its own.</summary>
    private static Finding JudgeAlone(DhcpLeg leg, DhcpSite server, NodeLink link)
    {
        bool isAddressed = Array.Exists(link.Addresses, DhcpLeg.IsServingAddress);
        return isAddressed ? WrongAddress.Pass(server.NodeName, link.Device)
            : !IsIpv4(leg.Port.IpAddress)
            ? WrongAddress.NotApplicable("Neither the instance nor the DHCP server has an IPv4 address.")
            : WrongAddress.Fail(server.NodeName, link.Device,
                $"{link.Device} in {server.Namespace} has no IPv4 address: "
                + $"dnsmasq cannot serve {leg.Port.IpAddress} from it.", link.ToEvidence());
    }

    private static Finding Judge(DhcpLeg leg, DhcpSite server, QuantumPort port, NodeLink link)
    {
        string held = string.Join(", ",
            link.Addresses.Where(address => !address.StartsWith("fe80:", StringComparison.OrdinalIgnoreCase)));
        bool hasAddress = port.IpAddress.Length == 0
            || Array.Exists(link.Addresses, address => address.Split('/')[0] == port.IpAddress);
        if (!hasAddress)
            return WrongAddress.Fail(server.NodeName, link.Device, $"{link.Device} in {server.Namespace} has "
                        + $"{(held.Length > 0 ? held : "no address")}; the DHCP port's is {port.IpAddress}.",
                    link.ToEvidence(), port.ToEvidence($"fixed_ips {port.IpAddress}"))
                with { Severity = AnswersAllTheSame(leg, link) ? CheckSeverity.Warning : CheckSeverity.Error };
        bool sameMac = port.Mac.Length == 0 || link.Mac.Length == 0
            || string.Equals(link.Mac, port.Mac, StringComparison.OrdinalIgnoreCase);
        return sameMac ? WrongAddress.Pass(server.NodeName, link.Device)
            : WrongAddress.Fail(server.NodeName, link.Device,
                $"{link.Device} in {server.Namespace} has MAC {link.Mac}; the DHCP port's is {port.Mac}.",
                link.ToEvidence());
    }

    // dnsmasq serves a range through any address of its subnet; a filter may know only
    // the address that the record tells. Of an instance's node that was not collected, no filter is known.
    private static bool AnswersAllTheSame(DhcpLeg leg, NodeLink link)
    {
        string? source = link.Addresses.Select(address => address.Split('/')[0])
            .FirstOrDefault(address => SubnetDhcp.IsInSubnet(leg, address));
        return source is not null && (leg.Compute is null || LegFilter.PassesOffer(leg, source, leg.Port.IpAddress));
    }

    private static bool IsIpv4(string address) => address.Contains('.') && !address.Contains(':');
}
