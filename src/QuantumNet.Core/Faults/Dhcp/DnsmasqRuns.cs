using QuantumNet.Paths;

namespace QuantumNet.Faults.Dhcp;

/// <summary>One dnsmasq serves the network on the node, and it listens. (Parent and child of one dnsmasq
/// count as one.)</summary>
internal sealed class DnsmasqRuns : ICheck
{
    private static readonly CheckInfo s_absent = new()
    {
        Code = "QN6005",
        Title = "dnsmasq does not run",
        Layer = "DhcpServer",
        Severity = CheckSeverity.Error,
        Needs = ["Process", "Socket"],
        Remedy = "Read the DHCP agent's log and syslog on the node for why it ended, then restart the DHCP agent.",
        Reference = "LP#1849502, LP#1811126, LP#1538386",
    };

    private static readonly CheckInfo s_twice = s_absent with
    {
        Code = "QN6007",
        Title = "Two dnsmasq serve one network on one node",
        Severity = CheckSeverity.Warning,
        Needs = ["Process"],
        Remedy = "Kill the older one, then restart the DHCP agent so that its pid file is right.",
        Reference = "LP#1998621",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_absent, s_twice];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { } server || leg.IsServedByAgent)
            return [s_absent.NotApplicable("No dnsmasq is expected.")];
        return [Judge(leg, server) with { At = HopComponent.Dnsmasq }];
    }

    private static Finding Judge(DhcpLeg leg, DhcpSite server)
    {
        if (server.Node is not { } node)
            return s_absent.Unknown(server.NodeName, "Process");
        List<DhcpServer> running = [.. node.DhcpServersOf(leg.Port.NetworkId)];
        if (!node.State.Has("Process"))
            return s_absent.Unknown(server.NodeName, "Process");
        // Without its namespace none can run: then that is the fault.
        bool isSpaceThere = server.Namespace.Length == 0
            || node.State.Namespaces.Exists(one => one.Namespace == server.Namespace);
        if (running.Count == 0 && !isSpaceThere && !node.State.Has("NetworkNamespace"))
            return s_absent.Unknown(server.NodeName, "NetworkNamespace");
        if (running.Count == 0 && !isSpaceThere && SubnetDhcp.IsUndecided(leg))
            return s_absent.Undecided(server.NodeName, "dnsmasq",
                $"No dnsmasq runs for network {leg.Port.NetworkId} on {server.NodeName}; "
                    + "cannot determine whether one should.");
        if (running.Count == 0)
            return s_absent.Fail(server.NodeName, "dnsmasq",
                $"No dnsmasq runs for network {leg.Port.NetworkId} on {server.NodeName}.");
        if (running.Count > 1)
            return s_twice.Fail(server.NodeName, "dnsmasq", $"{running.Count} dnsmasq run for the network "
                    + $"on {server.NodeName}: processes {string.Join(", ", running.Select(one => one.ProcessId))}.",
                [.. running.Select(one => one.ToEvidence())]);
        if (running[0].IsListening is null)
            return s_absent.Unknown(server.NodeName, "Socket", server.Namespace);
        return running[0].IsListening == false
            ? s_absent.Fail(server.NodeName, "dnsmasq", $"dnsmasq {running[0].ProcessId} on {server.NodeName} does not "
                + $"listen on UDP port 67 in {server.Namespace}.", running[0].ToEvidence())
            : s_absent.Pass(server.NodeName, "dnsmasq");
    }
}
