using QuantumNet.Faults.Iptables;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Dhcp;

/// <summary>dnsmasq's hosts file has the port's MAC with its address, once.</summary>
internal sealed class HostFileKnowsPort : ICheck
{
    private static readonly CheckInfo s_lacks = new()
    {
        Code = "QN6008",
        Title = "dnsmasq's host file lacks the port",
        Layer = "DhcpServer",
        Severity = CheckSeverity.Error,
        Needs = ["DhcpHost"],
        Remedy = "Restart the DHCP agent on the node: it rewrites the file from all ports. "
            + "Then read its log for lost notifications.",
        Reference = "LP#1192381, LP#1645835",
    };

    private static readonly CheckInfo s_twice = s_lacks with
    {
        Code = "QN6009",
        Title = "dnsmasq's host file has two lines for one address",
        Remedy = "Restart the DHCP agent on the node; if the line comes back, two ports have that address.",
        Reference = "LP#1732456, LP#1862315, LP#1913723",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_lacks, s_twice];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { } server || leg.IsServedByAgent)
            return [s_lacks.NotApplicable("No dnsmasq is expected.")];
        if (leg.Port.Mac.Length == 0 || HasNoAddress(leg.Port))
            return [s_lacks.Undecided(RecordAnswers.NodeOf(leg), $"port {leg.Port.PortId}",
                $"No record tells the {(leg.Port.Mac.Length == 0 ? "MAC" : "IPv4 address")} of port {leg.Port.PortId}: "
                    + "cannot determine which line dnsmasq's host file must have.")];
        if (server.Node is not { } node || !node.State.Has("DhcpHost", leg.Port.NetworkId))
            return [MissingFile(leg, server) with { At = HopComponent.Dnsmasq }];
        if (DnsmasqFiles.IsElsewhere(node, leg.Port.NetworkId))
            return [s_lacks.NotApplicable("dnsmasq reads another file than was collected, which another check tells.")];
        return [Judge(leg, server, [.. node.DhcpHostsOf(leg.Port.NetworkId)]) with { At = HopComponent.Dnsmasq }];
    }

    /// <summary>Where no record tells of a port, its address comes from this very file:
    /// that none is known is then what is to be told.</summary>
    private static bool HasNoAddress(QuantumPort port) => port.IpAddress.Length == 0
        && port.Source != RecordSource.Inferred;

    private static Finding MissingFile(DhcpLeg leg, DhcpSite server)
    {
        DhcpServer? running = server.Node?.DhcpServersOf(leg.Port.NetworkId).FirstOrDefault();
        bool folderGone = server.Node is { } node && node.State.Has("Process") && running is null;
        return folderGone ? s_lacks.NotApplicable("No dnsmasq runs, whose file it would be.")
            : s_lacks.Unknown(server.NodeName, "DhcpHost", leg.Port.NetworkId);
    }

    private static Finding Judge(DhcpLeg leg, DhcpSite server, List<DhcpHost> lines)
    {
        string file = server.Node?.DhcpServersOf(leg.Port.NetworkId).FirstOrDefault()?.HostsFile ?? "host";
        int own = lines.FindIndex(
            line => line.Mac == leg.Port.Mac && leg.Port.FixedIps.Any(ip => ip.IpAddress == line.IpAddress));
        if (own < 0)
            own = lines.FindIndex(line => line.Mac == leg.Port.Mac && line.IpAddress == leg.Port.IpAddress);
        if (own < 0)
            return Lacks(leg, server, file, lines);
        int other = lines[own].IpAddress.Length == 0 ? -1
            : lines.FindIndex(line => line.IpAddress == lines[own].IpAddress && line.Mac != leg.Port.Mac);
        if (other < 0)
            return s_lacks.Pass(server.NodeName, file);
        // dnsmasq refuses the later line of two (option.c: "duplicate dhcp-host IP address").
        return s_twice.Fail(server.NodeName, file,
                $"The host file on {server.NodeName} gives {lines[own].IpAddress} to {lines[other].Mac} too.",
                lines[own].ToEvidence(), lines[other].ToEvidence())
            with { Severity = other < own ? CheckSeverity.Error : CheckSeverity.Warning };
    }

    private static Finding Lacks(DhcpLeg leg, DhcpSite server, string file, List<DhcpHost> lines)
    {
        DhcpHost? differing = lines.Find(line => line.Mac == leg.Port.Mac)
            ?? lines.Find(line => line.IpAddress.Length > 0 && line.IpAddress == leg.Port.IpAddress);
        string message = differing is null ? $"The host file on {server.NodeName} has no line for {leg.Port.Mac}."
            : differing.Mac == leg.Port.Mac ? $"The host file on {server.NodeName} gives {leg.Port.Mac} the address "
                + $"{differing.IpAddress}; the port's is {leg.Port.IpAddress}."
            : $"The host file on {server.NodeName} gives {leg.Port.IpAddress} to {differing.Mac}; "
                + $"the port's MAC is {leg.Port.Mac}.";
        return s_lacks.Fail(server.NodeName, file, message,
                differing?.ToEvidence() ?? lines.FirstOrDefault()?.ToEvidence())
            with { Severity = GetsAnother(leg, server, differing) ? CheckSeverity.Warning : CheckSeverity.Error };
    }

    // dnsmasq gives a client the address of its line. The client has a lease then, of an address that nothing else of
    // the cloud knows to be its own; a filter that knows the port's address lets no offer of another pass.
    private static bool GetsAnother(DhcpLeg leg, DhcpSite server, DhcpHost? line) =>
        line is { IpAddress.Length: > 0 } && line.Mac == leg.Port.Mac && SubnetDhcp.IsInSubnet(leg, line.IpAddress)
        && !server.Node!.DhcpLeasesOf(leg.Port.NetworkId, line.IpAddress).Any(lease => lease.Mac != leg.Port.Mac)
        && IptablesWalk.PassesOffer(leg, leg.ServerAddress, line.IpAddress);
}
