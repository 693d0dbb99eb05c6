using QuantumNet.Paths;
using QuantumNet.Simulation.Client;
using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Dhcp;

/// <summary>Of several dnsmasq that serve a network, none has refused what the client asked of another. With
/// <c>--dhcp-authoritative</c> dnsmasq answers such a request with <c>DHCPNAK(tap...) IP MAC wrong server-ID</c>
/// (rfc2131.c, dhcp_reply, in every release from 2.59 to 2.90), and a client that takes it starts again. The log
/// tells of one that did; the servers' own settings, that one would.</summary>
internal sealed class NoSecondServerRefuses : ICheck
{
    private const string OtherServer = "wrong server-ID";

    private static readonly TimeSpan s_window = TimeSpan.FromDays(1);

    /// <summary>Answers to one request are this close together, the nodes' clocks allowed for.</summary>
    private static readonly TimeSpan s_exchange = TimeSpan.FromSeconds(2);

    /// <summary>A client that is refused starts again within this time.</summary>
    private static readonly TimeSpan s_retry = TimeSpan.FromMinutes(5);

    public IReadOnlyList<CheckInfo> Infos { get; } = [RefusedBySecond];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.IsServedByAgent || CountServers(leg) < 2)
            return [RefusedBySecond.NotApplicable("No second server serves the network.")];
        List<(NodeView Node, DhcpEvent Line)> said = [.. leg.Cloud.Nodes.SelectMany(node => SaidOn(node, leg.Port))];
        List<(NodeView Node, DhcpEvent Line)> refusals = said.FindAll(one => IsRefusal(one.Line));
        return refusals.Count > 0 ? [Judge(leg, said, refusals)]
            : SecondServers.Refusing(leg).Take(1).Select(second => Refuses(leg, second));
    }

    // Which answer comes first, and which client the guest runs, nothing tells: it is a latent fault.
    private static Finding Refuses(DhcpLeg leg, SecondServer second) => RefusedBySecond.Fail(second.Node.Name,
        "dnsmasq " + second.Process.ProcessId, $"dnsmasq on {second.Node.Name} would refuse {leg.Port.Mac} "
            + $"what it asks of {leg.Server!.NodeName} ({second.Reason}); "
            + $"{string.Join(" and ", second.Takers)} would start again.",
        second.Process.ToEvidence()) with { Direction = DhcpDirection.Reply, Severity = CheckSeverity.Warning };

    private static Finding Judge(DhcpLeg leg, List<(NodeView Node, DhcpEvent Line)> said,
        List<(NodeView Node, DhcpEvent Line)> refusals)
    {
        (NodeView node, DhcpEvent refusal) = refusals.MaxBy(one => one.Line.Time ?? DateTime.MinValue);
        (NodeView? giver, DhcpEvent? given) = said.Where(one => one.Line.Type == "DHCPACK")
            .Select(one => ((NodeView?)one.Node, (DhcpEvent?)one.Line))
            .Append((null, null)).MaxBy(one => one.Item2?.Time ?? DateTime.MinValue);
        bool holdsLease = given is not null && Holds(given, refusal, said, refusals);
        string told = $"dnsmasq on {node.Name} refuses {leg.Port.Mac} what it asks of another server "
            + $"({OtherServer}){At(refusal)}";
        Finding finding = RefusedBySecond.Fail(node.Name, "dnsmasq " + refusal.ProcessId, holdsLease
                ? $"{told}; the client has the lease that {giver!.Name} gave it, but may lose it to such a refusal "
                    + "the next time it asks."
                : $"{told}: the client starts again and has no lease.",
            refusal.ToEvidence(), given?.ToEvidence()) with { Direction = DhcpDirection.Reply };
        return holdsLease ? finding with { Severity = CheckSeverity.Warning } : finding;
    }

    /// <summary>Whether the client took what the last ACK gave: it asks for nothing since, and the ACK came after the
    /// refusal, or with a refusal that stands alone.</summary>
    private static bool Holds(DhcpEvent given, DhcpEvent refusal, List<(NodeView, DhcpEvent Line)> said,
        List<(NodeView, DhcpEvent Line)> refusals)
    {
        if (given.Time is not { } gave || refusal.Time is not { } refused)
            return false;
        DateTime last = gave > refused ? gave : refused;
        if (said.Exists(one => one.Line.Type == "DHCPDISCOVER" && one.Line.Time > last))
            return false;
        bool isAlone = !refusals.Exists(
            one => one.Line.Time < refused - s_exchange && one.Line.Time > refused - s_retry);
        return gave > refused + s_exchange || (gave >= refused - s_exchange && isAlone);
    }

    /// <summary>What the processes that serve the port's network now have said to its MAC in the last day
    /// of the log.</summary>
    private static IEnumerable<(NodeView Node, DhcpEvent Line)> SaidOn(NodeView node, QuantumPort port)
    {
        DhcpServer[] servers = [.. node.DhcpServersOf(port.NetworkId)];
        if (servers.Length == 0 || port.Mac.Length == 0)
            return [];
        var log = DhcpLog.Of(node);
        return log.LinesOf(port.Mac)
            .Where(line => !(line.Time < log.End - s_window)
                && Array.Exists(servers, server => line.ProcessId is { } id ? id == server.ProcessId
                    : line.Device.Length > 0 && line.Device == server.Device))
            .Select(line => (node, line));
    }

    private static int CountServers(DhcpLeg leg)
    {
        List<string> hosts = [];
        foreach (string host in leg.Cloud.BindingsOf(leg.Port.NetworkId).Select(binding => binding.ComputerName)
            .Concat(leg.Cloud.DhcpNodesFound(leg.Port.NetworkId)))
        {
            if (!hosts.Exists(known => HostId.IsSame(known, host)))
                hosts.Add(host);
        }
        return hosts.Count;
    }

    private static bool IsRefusal(DhcpEvent line) =>
        line.Type == "DHCPNAK" && line.Message.Contains(OtherServer, StringComparison.Ordinal);

    private static string At(DhcpEvent line) => line.Time is { } time ? $" at {time:yyyy-MM-dd HH:mm:ss} UTC" : "";
}
