using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Servers;

/// <summary>Each line of the hosts file is of a port of the network. One that outlived its port keeps its address from
/// the port that gets it next.</summary>
internal sealed class HostFileHasNoStranger : IServiceCheck
{
    private const int MaximumEvidence = 3;

    public IReadOnlyList<CheckInfo> Infos { get; } = [StaleHostLine];

    public IEnumerable<Finding> Run(DhcpService service)
    {
        // Who may not see the DHCP server's own port may not see others of a shared network either.
        if (service.Leg.Cloud.Cloud.Scope.Length > 0
            || service.Leg.Cloud.Records is not { Source: not RecordSource.Inferred } records
            || !records.CollectedKinds.Contains("port")
            || service.Site?.Port is not { Source: not RecordSource.Inferred })
            return [StaleHostLine.NotApplicable("No record tells every port of the network.")];
        if (service.Node is not { } node || !node.State.Has("DhcpHost", service.NetworkId))
            return [StaleHostLine.NotApplicable("There is no hosts file to look at; other checks tell.")];
        HashSet<string> known = [.. records.Ports.Where(port => port.NetworkId == service.NetworkId)
            .Select(port => port.Mac)];
        DhcpHost[] stale = [.. node.DhcpHostsOf(service.NetworkId)
            .Where(line => line.Mac.Length > 0 && !known.Contains(line.Mac))];
        string file = service.Processes is [var dnsmasq, ..] ? dnsmasq.HostsFile : "host";
        return [stale.Length == 0 ? StaleHostLine.Pass(node.Name, file)
            : StaleHostLine.Fail(node.Name, file, $"The host file on {node.Name} has "
                    + $"{(stale.Length == 1 ? "a line" : $"{stale.Length} lines")} for no port of the network: "
                    + $"{string.Join(", ", stale.Take(MaximumEvidence).Select(NameOf))}.",
                [.. stale.Take(MaximumEvidence).Select(line => line.ToEvidence())])
            with { At = HopComponent.Dnsmasq }];
    }

    private static string NameOf(DhcpHost line) => $"{line.Mac} {line.IpAddress}".Trim();
}
