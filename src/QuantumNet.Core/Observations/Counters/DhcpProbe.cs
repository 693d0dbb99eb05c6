using System.Buffers;
using System.Globalization;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Observations.Counters;

/// <summary>A DISCOVER to inject at one port of br-int: where, and by which command.</summary>
internal sealed record DhcpProbe
{
    private const string IntoTheTables = "resubmit(,0)";
    private static readonly Version s_first = new(1, 6);
    private static readonly Version s_keyed = new(2, 7);

    /// <summary>The port.</summary>
    public required QuantumPort Port { get; init; }
    /// <summary>The node.</summary>
    public required string ComputerName { get; init; }
    /// <summary>The bridge.</summary>
    public required string Bridge { get; init; }
    /// <summary>The device from which it seems to come.</summary>
    public required string Device { get; init; }
    /// <summary>The transaction id.</summary>
    public required uint TransactionId { get; init; }
    /// <summary>The command.</summary>
    public required string[] Argv { get; init; }
    /// <summary>What it does not exercise.</summary>
    public required string[] NotExercised { get; init; }
    /// <summary>Whom its reply will be sent to.</summary>
    public required PacketCast Cast { get; init; }

    /// <summary>The probe of a port; null with a reason when none can be sent.</summary>
    public static DhcpProbe? Plan(Cloud cloud, QuantumPort port, uint transactionId, bool broadcast, out string reason)
    {
        DhcpLeg leg = new LegFinder(new CloudView(cloud)).Find(port)[0];
        byte[] mac = new byte[6];
        reason = WhyNot(leg, mac);
        if (reason.Length > 0)
            return null;
        string bridge = leg.ComputePort!.Bridge;
        string packet = Convert.ToHexString(DhcpDiscoverFrame.Build(mac, transactionId, broadcast)).ToLowerInvariant();
        return new DhcpProbe
        {
            Port = port,
            ComputerName = leg.ComputeName,
            Bridge = bridge,
            Device = leg.ComputePort.Device,
            TransactionId = transactionId,
            Argv = Command(leg, bridge, leg.ComputePort.OfPort!.Value, packet),
            NotExercised = Untouched(leg),
            Cast = broadcast || AnswersToAll(cloud, port) ? PacketCast.BroadcastReply : PacketCast.UnicastReply,
        };
    }

    // dnsmasq sends an OFFER to the client's MAC alone, unless the client, or this argument, asks for a broadcast
    // (dnsmasq(8), RFC 2131 section 4.1).
    private static bool AnswersToAll(Cloud cloud, QuantumPort port) =>
        cloud.Nodes.Values.SelectMany(node => node.DhcpServers)
            .Any(server => server.NetworkId == port.NetworkId && Array.Exists(server.Argv,
                argument => argument.StartsWith("--dhcp-broadcast", StringComparison.Ordinal)));

    /// <summary>The transaction id as results write it.</summary>
    public string TransactionText => string.Create(CultureInfo.InvariantCulture, $"0x{TransactionId:x8}");

    /// <summary>What two samples and the captures between them tell of it.</summary>
    public DhcpProbeResult Judge(Cloud before, Cloud after, ProbeCapture capture, DateTime sentAt)
    {
        DhcpCounterChange[] changes = CounterMeasurement.Compare(before, after, null, Cast, isAll: false, Port);
        int entry = changes
            .Where(change => change is { Direction: DhcpDirection.Request, Component: HopComponent.OvsBridge })
            .Select(change => change.Sequence ?? 0).DefaultIfEmpty(0).Min();
        DhcpCounterChange[] path = [.. changes.Where(
            change => (change.IsOnPath && (change.Direction == DhcpDirection.Reply || change.Sequence >= entry))
                || change.Kind == CounterKind.FdbEntry)];
        DhcpEvent[] events = [.. NewEvents(before, after)];
        var testimony = CounterTestimony.Read(path);
        DhcpProbeStatus status = capture.Weigh(StatusOf(testimony, events));
        return Empty(sentAt) with
        {
            Status = status,
            IpAddress = events.LastOrDefault(line => line.Type == "DHCPOFFER")?.IpAddress
                ?? capture.Transaction?.IpAddress ?? "",
            Summary = Sentence(status, testimony, events, capture.Words),
            Events = events,
            Transaction = capture.Transaction,
            Points = capture.Points,
            Counters = path,
        };
    }

    /// <summary>The result of a probe that could not be sent.</summary>
    public DhcpProbeResult Refused(DateTime at, string said) =>
        Empty(at) with { Status = DhcpProbeStatus.NotSent, Summary = $"The probe could not be sent: {said}" };

    private DhcpProbeResult Empty(DateTime at) => new()
    {
        PortId = Port.PortId,
        Mac = Port.Mac,
        TransactionId = TransactionText,
        ComputerName = ComputerName,
        Bridge = Bridge,
        Object = Device,
        SentAt = at,
        NotExercised = NotExercised,
        Command = string.Join(' ', Argv),
    };

    private static string WhyNot(DhcpLeg leg, Span<byte> mac) =>
        leg.Compute is null ? $"nothing was gathered from the port's node '{leg.ComputeName}'"
        : leg.ComputePort is not { } port ? $"{leg.OvsDevice} is not a port of a bridge on {leg.ComputeName}"
        : port.OfPort is not > 0 ? $"{port.Device} on {leg.ComputeName} has no OpenFlow port number"
        : !DhcpDiscoverFrame.TryReadMac(leg.Port.Mac, mac) ? $"the port's MAC '{leg.Port.Mac}' is none"
        : VersionOf(leg.Compute) is { } version && version < s_first
        ? $"Open vSwitch {version} on {leg.ComputeName} has no 'ovs-ofctl packet-out' (1.6 and later have)"
        : "";

    // Open vSwitch 2.7 takes one argument of keys and values and calls the older four deprecated (its NEWS).
    private static string[] Command(DhcpLeg leg, string bridge, int port, string packet)
    {
        bool speaksOnlyLater = leg.Compute!.State.OvsFlows.Exists(
            flow => flow.Bridge == bridge && flow.Command.Contains(" -O OpenFlow13 ", StringComparison.Ordinal));
        string[] head = speaksOnlyLater
            ? ["ovs-ofctl", "-O", "OpenFlow13", "packet-out", bridge] : ["ovs-ofctl", "packet-out", bridge];
        return VersionOf(leg.Compute) is { } version && version < s_keyed
            ? [.. head, port.ToString(CultureInfo.InvariantCulture), IntoTheTables, packet]
            : [.. head,
                string.Create(CultureInfo.InvariantCulture, $"in_port={port} packet={packet} actions={IntoTheTables}")];
    }

    private static readonly SearchValues<char> s_versionCharacters = SearchValues.Create("0123456789.");

    private static Version? VersionOf(NodeView node)
    {
        string text = node.State.OvsBridges.Find(bridge => bridge.OvsVersion.Length > 0)?.OvsVersion ?? "";
        int end = text.AsSpan().IndexOfAnyExcept(s_versionCharacters);
        return Version.TryParse(end < 0 ? text : text[..end], out Version? version) ? version : null;
    }

    private static string[] Untouched(DhcpLeg leg)
    {
        List<string> untouched = ["the guest: its DHCP client, its driver, its firewall"];
        untouched.Add($"{leg.Tap}: whether the guest's frames arrive on {leg.ComputeName} (frames cannot be put into "
            + "a tap without a program there)");
        if (leg.Plug == PlugKind.Hybrid)
        {
            untouched.Add($"{leg.LinuxBridge} and its iptables chains, on the way out (the reply does cross them)");
            untouched.Add($"{DeviceNames.VethBridgeEnd(leg.Port.PortId)} - "
                + $"{DeviceNames.VethOvsEnd(leg.Port.PortId)}, on the way out");
        }
        return [.. untouched,
            "the rest of the exchange: the probe sends no REQUEST, so that no lease is taken or changed"];
    }

    private IEnumerable<DhcpEvent> NewEvents(Cloud before, Cloud after)
    {
        HashSet<(string, string)> known = [.. before.Nodes.Values.SelectMany(node => node.DhcpEvents)
            .Select(line => (line.ComputerName, line.RawText))];
        return after.Nodes.Values.SelectMany(node => node.DhcpEvents)
            .Where(line => line.Mac == Port.Mac && !known.Contains((line.ComputerName, line.RawText))
                && (line.TransactionId is not uint id || id == TransactionId));
    }

    private static DhcpProbeStatus StatusOf(CounterTestimony path, DhcpEvent[] events)
    {
        if (path.IsWhole)
            return DhcpProbeStatus.Answered;
        if (Array.Exists(events, line => line.Type == "DHCPDISCOVER") || path.Request.IsComplete)
            return path.Reply.FirstStill is null ? DhcpProbeStatus.Unknown : DhcpProbeStatus.ReplyLost;
        return path.Request.FirstStill is null ? DhcpProbeStatus.Unknown : DhcpProbeStatus.RequestLost;
    }

    private string Sentence(DhcpProbeStatus status, CounterTestimony path, DhcpEvent[] events, string captured)
    {
        string sent = $"The DISCOVER injected at {Device} on {ComputerName}";
        return status switch
        {
            DhcpProbeStatus.Answered => $"{sent} was answered, and the answer left towards the guest.",
            DhcpProbeStatus.RequestLost => $"{sent} was lost: {Where(path.Request, captured)}.",
            DhcpProbeStatus.ReplyLost when events is [.., { Type: "DHCPDISCOVER" } heard] =>
                $"{sent} reached the DHCP server on {heard.ComputerName}, which made no offer: {heard.RawText.Trim()}",
            DhcpProbeStatus.ReplyLost =>
                $"{sent} reached the DHCP server, and the answer was lost: {Where(path.Reply, captured)}.",
            _ => $"What became of the DISCOVER injected at {Device} on {ComputerName} cannot be determined: "
                + "no counter, capture or log on its way was collected.",
        };
    }

    private static string Where(DirectionTestimony way, string captured) =>
        string.Join("; ", new[] { Between(way), captured }.Where(part => part.Length > 0));

    private static string Between(DirectionTestimony way)
    {
        if (way.FirstStill is not { } first)
            return "";
        if (ReferenceEquals(first, way.LastMoved))
            return $"{first.ComputerName} {first.Object} drops it";
        string still = $"the first that did not count it is {first.ComputerName} {first.Object}";
        return way.LastMoved is { } last
            ? $"the last that counted it is {last.ComputerName} {last.Object}, {still}" : still;
    }
}
