using System.Globalization;
using QuantumNet.Faults;
using QuantumNet.Paths;
using QuantumNet.Simulation.Network;
using QuantumNet.Simulation.Reach;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>Judges whether instances are reached from the DHCP server's namespace of their network, or a router's:
/// by what they answered, and by what the nodes do with the packets both ways. Indexes the cloud once.</summary>
public sealed class ReachabilityTester
{
    private static readonly ReachabilityKind[] s_kinds =
        [ReachabilityKind.Arp, ReachabilityKind.Ping, ReachabilityKind.Tcp];

    private readonly CloudView _cloud;
    private readonly LegFinder _legs;
    private readonly ReachabilityOrigin _from;

    /// <summary>Indexes a cloud.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="from">Where instances are asked from.</param>
    public ReachabilityTester(Cloud cloud, ReachabilityOrigin from = ReachabilityOrigin.Dhcp)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        _cloud = new CloudView(cloud);
        _legs = new LegFinder(_cloud);
        _from = from;
    }

    /// <summary>The questions to an instance, as commands on the node that asks; none where no device to ask from is
    /// known, or the port has no IPv4 address.</summary>
    /// <param name="port">The port.</param>
    /// <param name="tcpPort">The port of TCP.</param>
    /// <param name="count">How many pings.</param>
    public IReadOnlyList<ReachabilityQuestion> QuestionsFor(QuantumPort port, int tcpPort, int count)
    {
        ArgumentNullException.ThrowIfNull(port);
        return LegOf(port) is { Server: { InnerLink: { } link } server } && port.IpAddress.Contains('.')
            ? ReachabilityQuestion.All(
                server.NodeName, server.Namespace, link.Device, port.IpAddress, tcpPort, count)
            : [];
    }

    /// <summary>Whether there is anything to ask a port from: of a router, its record must be known.</summary>
    public bool HasOrigin(QuantumPort port)
    {
        ArgumentNullException.ThrowIfNull(port);
        return _from == ReachabilityOrigin.Dhcp || LegOf(port).Server is not null;
    }

    /// <summary>Judges one port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="tcpPort">The port of TCP.</param>
    /// <param name="answers">What the questions came to; none where they were not asked.</param>
    public InstanceReachabilityResult Test(
        QuantumPort port, int tcpPort, IReadOnlyList<ReachabilityProbe>? answers = null)
    {
        ArgumentNullException.ThrowIfNull(port);
        DhcpLeg leg = LegOf(port);
        if (Unfit(leg) is { } unfit)
            return Result(leg, tcpPort, [], [unfit]);
        IReadOnlyList<AskedQuestion> asked = Ask(leg, tcpPort, answers ?? []);
        return Result(leg, tcpPort, asked, [.. ReachabilityFindings.Of(leg, asked)
            .Select(finding => finding with { PortId = port.PortId })]);
    }

    // Of several servers one whose device is there asks.
    private DhcpLeg LegOf(QuantumPort port)
    {
        if (_from == ReachabilityOrigin.Router)
            return _legs.FindRouters(port)[0];
        IReadOnlyList<DhcpLeg> legs = _legs.Find(port);
        return legs.FirstOrDefault(leg => leg.Server?.InnerLink is { IsUp: true })
            ?? legs.FirstOrDefault(leg => leg.Server?.InnerLink is not null) ?? legs[0];
    }

    private static Finding? Unfit(DhcpLeg leg)
    {
        string reason = !leg.Port.IpAddress.Contains('.') ? "the port has no IPv4 address"
            : leg.Server is not { } server ? "its network has no DHCP server to ask from"
            : server.IsRouter ? WhyRouterIsUnfit(server) : WhyServerIsUnfit(leg, server);
        return reason.Length == 0 ? null
            : GuestFaults.SilentToConnections.Undecided(leg.Server?.NodeName ?? leg.ComputeName,
                leg.Server?.Namespace ?? leg.Port.PortId, $"{leg.Port.PortId} cannot be asked: {reason}.");
    }

    private static string WhyServerIsUnfit(DhcpLeg leg, DhcpSite server) =>
        server.Node is null ? $"nothing was collected from {server.NodeName}, where its DHCP server is"
        : server.InnerLink is null ? $"{server.NodeName} has no device in {server.Namespace}"
        : leg.ServerAddress.Length == 0 ? "the DHCP server's address is not known" : "";

    // What is in its namespace is looked at by this question alone: in a snapshot the record has to do.
    private static string WhyRouterIsUnfit(DhcpSite router) =>
        router.Node is not { } node ? $"nothing was collected from {router.NodeName}, where its router is"
        : router.InnerLink is not { } link ? !node.ShowsAddresses(router.Namespace) ? ""
            : $"{node.Name} has no {router.OvsDevice} in {router.Namespace}"
        : !link.IsUp ? $"{link.Device} in {router.Namespace} on {node.Name} is down"
        : Array.Exists(link.Addresses, DhcpLeg.IsServingAddress) ? ""
        : $"{link.Device} in {router.Namespace} on {node.Name} has no address; of a highly available router only the "
            + "active node's has one";

    private static List<AskedQuestion> Ask(DhcpLeg leg, int tcpPort, IReadOnlyList<ReachabilityProbe> answers)
    {
        IReadOnlyList<NodeTrace> learned = [];
        List<AskedQuestion> asked = [];
        foreach (ReachabilityKind kind in s_kinds)
        {
            var packet = new ReachPacket(kind, tcpPort);
            ReachWay way = ReachWay.Of(leg, packet, learned);
            learned = way.Traces;
            ReachabilityProbe told = answers.FirstOrDefault(one => one.Kind == kind) ?? new() { Kind = kind };
            asked.Add(new(packet, leg.Server!.NodeName, told with
            {
                Simulated = way.Action,
                LostAt = way.Action == HopAction.Forwarded ? "" : $"{way.ComputerName}/{way.Object}",
                Rule = way.Evidence is [var line, ..] && way.Action != HopAction.Forwarded ? line.Text.Trim() : null,
            }, way));
        }
        return WithArpOfOthers(asked);
    }

    /// <summary>Who answers a ping or a connection, has answered ARP, whatever became of its entry since.</summary>
    private static List<AskedQuestion> WithArpOfOthers(List<AskedQuestion> asked)
    {
        bool isThere = asked.Exists(one => one.Probe.Answer == ReachabilityAnswer.Answered
            || (one.Packet.Kind == ReachabilityKind.Tcp && one.Probe.Answer == ReachabilityAnswer.Refused));
        if (isThere && asked[0].Probe.Answer == ReachabilityAnswer.NotAsked)
            asked[0] = asked[0] with { Probe = asked[0].Probe with { Answer = ReachabilityAnswer.Answered } };
        return asked;
    }

    private InstanceReachabilityResult Result(
        DhcpLeg leg, int tcpPort, IReadOnlyList<AskedQuestion> asked, IReadOnlyList<Finding> findings)
    {
        var verdict = FindingVerdict.Of(
            GatheringLimits.Explain(_cloud, [.. findings.Select(one => Remedies.For(one, _cloud))]));
        return new()
        {
            PortId = leg.Port.PortId, NetworkId = leg.Port.NetworkId, Mac = leg.Port.Mac,
            IpAddress = leg.Port.IpAddress, ComputeNode = leg.ComputeName, TcpPort = tcpPort,
            FromNode = leg.Server?.NodeName ?? "", FromNamespace = leg.Server?.Namespace ?? "",
            Status = verdict.Status, Cause = verdict.Root?.Code, Title = verdict.Root?.Title,
            ComputerName = verdict.Root?.ComputerName, Object = verdict.Root?.Object, Remedy = verdict.Root?.Remedy,
            Probes = [.. asked.Select(one => one.Probe)], Findings = [.. verdict.Findings],
            CollectedAt = _cloud.Cloud.CollectedAt, Summary = Sentence(leg, asked, verdict),
        };
    }

    private static string Sentence(DhcpLeg leg, IReadOnlyList<AskedQuestion> asked, FindingVerdict verdict)
    {
        string answers = string.Join(", ", asked.Where(one => one.Probe.Answer != ReachabilityAnswer.NotAsked)
            .Select(Words));
        string subject = $"{leg.Port.IpAddress} from {leg.Server?.NodeName}: ";
        string told = verdict.Root?.Message.TrimEnd('.') ?? "";
        return verdict.Status switch
        {
            DhcpPathStatus.Ok => subject + answers + ".",
            DhcpPathStatus.Unknown => $"Cannot determine whether {leg.Port.IpAddress} is reached: {told}.",
            _ => $"{subject}{(answers.Length > 0 ? answers + "; " : "")}{told}.",
        };
    }

    private static string Words(AskedQuestion one) => one.Probe.Answer switch
    {
        ReachabilityAnswer.Answered when one.Probe.Milliseconds is { } time => string.Create(
            CultureInfo.InvariantCulture, $"{one.Packet} answers in {time:0.##} ms"),
        ReachabilityAnswer.Answered => $"{one.Packet} answers",
        ReachabilityAnswer.Refused => $"{one.Packet} is refused",
        _ => $"{one.Packet} does not answer",
    };
}
