using QuantumNet.Paths;
using QuantumNet.Simulation.Client;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Dhcp;

/// <summary>dnsmasq's hosts file has the port's MAC with its address, once.</summary>
internal sealed class HostFileKnowsPort : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [HostFileLacksPort, AddressTwiceInHostFile];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { } server || leg.IsServedByAgent)
            return [HostFileLacksPort.NotApplicable("No dnsmasq is expected.")];
        if (leg.Port.Mac.Length == 0 || HasNoAddress(leg.Port))
            return [HostFileLacksPort.Undecided(RecordAnswers.NodeOf(leg), $"port {leg.Port.PortId}",
                $"No record tells the {(leg.Port.Mac.Length == 0 ? "MAC" : "IPv4 address")} of port {leg.Port.PortId}: "
                    + "cannot determine which line dnsmasq's host file must have.")];
        if (server.Node is not { } node || !node.State.Has("DhcpHost", leg.Port.NetworkId))
            return [MissingFile(leg, server) with { At = HopComponent.Dnsmasq }];
        if (DnsmasqFiles.IsElsewhere(node, leg.Port.NetworkId))
            return [HostFileLacksPort.NotApplicable("dnsmasq reads another file than was collected, which another "
                + "check tells.")];
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
        return folderGone ? HostFileLacksPort.NotApplicable("No dnsmasq runs, whose file it would be.")
            : HostFileLacksPort.Unknown(server.NodeName, "DhcpHost", leg.Port.NetworkId);
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
            : lines.FindIndex(line => line.IpAddress == lines[own].IpAddress && line.Mac != leg.Port.Mac
                && (line.LineNumber, line.Command) != (lines[own].LineNumber, lines[own].Command));
        if (other < 0)
            return HostFileLacksPort.Pass(server.NodeName, file);
        // Of two lines dnsmasq rejects the later one (option.c: "duplicate dhcp-host IP address"), since 2.63.
        LeaseDecision? decision = LeaseDecision.Of(leg);
        bool isGiven = decision is { Outcome: not LeaseOutcome.Unknown } ? decision.GivesPortsAddress(leg.Port)
            : own < other;
        return AddressTwiceInHostFile.Fail(server.NodeName, file,
                $"The host file on {server.NodeName} gives {lines[own].IpAddress} to {lines[other].Mac} too.",
                lines[own].ToEvidence(), lines[other].ToEvidence())
            with { Severity = isGiven ? CheckSeverity.Warning : CheckSeverity.Error };
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
        LeaseDecision? decision = LeaseDecision.Of(leg);
        if (differing?.Mac != leg.Port.Mac
            && decision is { Outcome: LeaseOutcome.Unknown, MissingCollector: "", Reason.Length: > 0 })
            return HostFileLacksPort.Undecided(server.NodeName, file,
                $"{message.TrimEnd('.')}; cannot determine whether it gets another address: {decision.Reason}.");
        // Whether the client gets the line's address hangs on what was not collected.
        if (differing is { IpAddress.Length: > 0 } && differing.Mac == leg.Port.Mac
            && decision is { MissingCollector.Length: > 0 })
            return HostFileLacksPort.Unknown(server.NodeName, decision.MissingCollector, decision.MissingSubject);
        return HostFileLacksPort.Fail(server.NodeName, file, message,
                differing?.ToEvidence() ?? lines.FirstOrDefault()?.ToEvidence())
            with { Severity = GetsAnother(leg, decision) ? CheckSeverity.Warning : CheckSeverity.Error };
    }

    // The client has a lease then, of an address that nothing else of the cloud knows to be its own;
    // a filter that knows the port's address lets no offer of another pass.
    private static bool GetsAnother(DhcpLeg leg, LeaseDecision? decision) => decision is { IsLeased: true }
        && LegFilter.PassesOffer(leg, leg.ServerAddress, decision.IpAddress);
}
