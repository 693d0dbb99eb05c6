using System.Globalization;
using System.Net;
using QuantumNet.Parsing.Dhcp;
using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Servers;

/// <summary>dnsmasq was started as the network's records and the agent's settings ask: a range for each subnet with
/// DHCP (agent/linux/dhcp.py: _make_subnet_interface_ip_map, spawn_process), the DHCP port's device, the lease time and
/// the domain of dhcp_agent.ini. One that was left running knows what was asked for then.</summary>
internal sealed class DnsmasqMatchesRecords : IServiceCheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [ArgumentsDiffer];

    public IEnumerable<Finding> Run(DhcpService service) =>
        service is not { Node: { } node, Site: { } site, Processes: [var dnsmasq, ..], Leg.IsServedByAgent: false }
            ? [ArgumentsDiffer.NotApplicable("No dnsmasq runs; its own check tells.")]
            : Differences(service, node, site, dnsmasq) is { Count: > 0 } found ? found
            : [ArgumentsDiffer.Pass(node.Name, Name(dnsmasq))];

    private static List<Finding> Differences(DhcpService service, NodeView node, DhcpSite site, DhcpServer dnsmasq) =>
    [
        .. Ranges(service, site, dnsmasq), .. Device(site, dnsmasq), .. Leases(node, dnsmasq), .. Domain(node, dnsmasq),
    ];

    private static IEnumerable<Finding> Ranges(DhcpService service, DhcpSite site, DhcpServer dnsmasq)
    {
        if (service.Leg.Cloud.Records.Source == RecordSource.Inferred)
            yield break;
        QuantumSubnet[] subnets = [.. service.Leg.Cloud.SubnetsOf(service.NetworkId)
            .Where(subnet => subnet.IpVersion == 4)];
        IPAddress[] starts = [.. dnsmasq.Ranges.Select(StartOf).OfType<IPAddress>()];
        foreach (QuantumSubnet subnet in subnets)
        {
            bool isServed = Array.Exists(starts, start => IsIn(subnet, start));
            if (!isServed && subnet.EnableDhcp && IsOfSite(site, subnet))
                yield return ArgumentsDiffer.Fail(site.NodeName, Name(dnsmasq), $"{Name(dnsmasq)} on {site.NodeName} "
                        + $"has no --dhcp-range for subnet {subnet.Cidr}: it gives none of its addresses.",
                    dnsmasq.ToEvidence(), subnet.ToEvidence()) with { At = HopComponent.Dnsmasq };
            else if (isServed && !subnet.EnableDhcp)
                yield return Latent(site, dnsmasq, $"has a --dhcp-range for subnet {subnet.Cidr}, and DHCP is disabled "
                    + "there", subnet.ToEvidence());
        }
        if (subnets.Length > 0 && Array.Find(dnsmasq.Ranges, range => StartOf(range) is { } start
            && !Array.Exists(subnets, subnet => IsIn(subnet, start))) is { } stale && !stale.Contains("::"))
            yield return Latent(site, dnsmasq, $"has the range {stale}, which is of no subnet of the network");
    }

    // The agent of a routed network serves only the subnets of its own segment: those that its port has an address of.
    private static bool IsOfSite(DhcpSite site, QuantumSubnet subnet) =>
        site.Port is not { FixedIps: [_, ..] addresses }
        || Array.Exists(addresses, ip => ip.SubnetId == subnet.SubnetId);

    private static IEnumerable<Finding> Device(DhcpSite site, DhcpServer dnsmasq)
    {
        if (dnsmasq.Device.Length == 0 || dnsmasq.Device.Contains('*') || site.InnerLink is not { } link
            || link.Device == dnsmasq.Device)
            yield break;
        yield return ArgumentsDiffer.Fail(site.NodeName, Name(dnsmasq), $"{Name(dnsmasq)} on {site.NodeName} serves "
                + $"{dnsmasq.Device}; the DHCP port's device is {link.Device}.",
            dnsmasq.ToEvidence(), link.ToEvidence()) with { At = HopComponent.Dnsmasq };
    }

    private static IEnumerable<Finding> Leases(NodeView node, DhcpServer dnsmasq)
    {
        if (node.Config("dhcp_lease_duration") is not { } setting || dnsmasq.Ranges.Length == 0
            || !long.TryParse(setting.Value, CultureInfo.InvariantCulture, out long asked))
            yield break;
        long? wanted = asked == -1 ? null : asked;
        if (dnsmasq.LeaseSeconds != wanted)
            yield return Latent(node.Name, dnsmasq, $"gives leases {Time(dnsmasq.LeaseSeconds)}, and "
                + $"dhcp_lease_duration is {setting.Value}", setting.ToEvidence());
    }

    private static IEnumerable<Finding> Domain(NodeView node, DhcpServer dnsmasq)
    {
        string given = new DnsmasqArguments(dnsmasq.Argv).Value("domain", "s");
        if (given.Length > 0 && node.Config("dhcp_domain") is { } setting && setting.Value != given)
            yield return Latent(node.Name, dnsmasq, $"has the domain {given}, and dhcp_domain is {setting.Value}",
                setting.ToEvidence());
    }

    private static Finding Latent(DhcpSite site, DhcpServer dnsmasq, string what, Evidence? other = null) =>
        Latent(site.NodeName, dnsmasq, what, other);

    private static Finding Latent(string node, DhcpServer dnsmasq, string what, Evidence? other) =>
        ArgumentsDiffer.Fail(node, Name(dnsmasq), $"{Name(dnsmasq)} on {node} {what}.", dnsmasq.ToEvidence(), other)
            with { At = HopComponent.Dnsmasq, Severity = CheckSeverity.Warning };

    private static string Name(DhcpServer dnsmasq) => $"dnsmasq {dnsmasq.ProcessId}";

    private static string Time(long? seconds) => seconds is { } some ? $"for {some} s" : "for ever";

    private static IPAddress? StartOf(string range)
    {
        foreach (string part in range.Split(','))
        {
            if (part.Contains('.') && IPAddress.TryParse(part, out IPAddress? start))
                return start;
        }
        return null;
    }

    private static bool IsIn(QuantumSubnet subnet, IPAddress address) =>
        IPNetwork.TryParse(subnet.Cidr, out IPNetwork block) && block.Contains(address);
}
