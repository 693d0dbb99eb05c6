using QuantumNet.Faults;
using QuantumNet.Observations.Captures;

namespace QuantumNet.Diagnosis;

/// <summary>Makes a verdict of what was captured: follows every transaction over the hops and says where
/// the port's is lost.</summary>
public static class TraceAnalysis
{
    /// <summary>An observation of a packet at a hop.</summary>
    internal static DhcpPacketObservation Observe(TracePlan plan, TracePoint point, DhcpPacket packet) => new()
    {
        Time = packet.Time,
        TimeNanoseconds = packet.TimeNanoseconds,
        ComputerName = point.ComputerName,
        Device = point.Device,
        Namespace = point.Namespace,
        Component = point.Component,
        Hop = point.Hop,
        PortId = plan.Port.PortId,
        IsOfPort = string.Equals(packet.Mac, plan.Port.Mac, StringComparison.OrdinalIgnoreCase),
        Direction = packet.Direction,
        Type = packet.Type,
        TransactionId = packet.TransactionId,
        Mac = packet.Mac,
        IpAddress = packet.IpAddress,
        RequestedAddress = packet.RequestedAddress.Length > 0 ? packet.RequestedAddress : packet.ClientAddress,
        ServerId = packet.ServerId,
        LeaseSeconds = packet.LeaseSeconds,
        SourceMac = packet.SourceMac,
        DestinationMac = packet.DestinationMac,
        SourceAddress = packet.SourceAddress,
        DestinationAddress = packet.DestinationAddress,
        Encapsulation = packet.Encapsulation,
        TunnelKey = packet.TunnelKey,
        OuterSource = packet.OuterSource,
        OuterDestination = packet.OuterDestination,
        Vlans = packet.Vlans,
        Checksum = packet.Checksum,
        IsChecksumPartial = packet.IsChecksumPartial,
        IsBroadcast = packet.IsBroadcast,
        Length = packet.Length,
        Packet = packet,
    };

    /// <summary>Judges a trace.</summary>
    /// <param name="plan">Where was to be captured.</param>
    /// <param name="points">Where was captured, and where not and why.</param>
    /// <param name="observations">Every message at every hop, other instances' included.</param>
    /// <param name="startedAt">When the trace began, UTC.</param>
    /// <param name="durationSeconds">How long it listened.</param>
    public static DhcpTraceResult Judge(
        TracePlan plan, IReadOnlyList<DhcpTracePoint> points, IReadOnlyList<DhcpPacketObservation> observations,
        DateTime startedAt, double durationSeconds) =>
        Judge(plan, points, observations, startedAt, durationSeconds, TraceWindow.Always);

    /// <summary>Judges a trace by its captures, as they came or as a snapshot kept them.</summary>
    internal static DhcpTraceResult Judge(TracePlan plan, IReadOnlyList<TapCapture> captures)
    {
        var taps = new TraceTaps(plan, captures);
        return Judge(plan, taps.Points, [.. Observations(plan, taps)], taps.StartedAt, taps.DurationSeconds,
            taps.Window);
    }

    /// <summary>What the captures show of a port's path, every message at every hop, as they came.</summary>
    internal static IEnumerable<DhcpPacketObservation> Observations(TracePlan plan, TraceTaps taps) =>
        taps.Seen.Select(one => Observe(plan, one.Point, one.Seen.Packet) with { Arrival = one.Seen.Arrival });

    /// <summary>Judges a trace of which not all hops were listened at all the time:
    /// what came outside the window is shown, and not judged.</summary>
    internal static DhcpTraceResult Judge(
        TracePlan plan, IReadOnlyList<DhcpTracePoint> points, IReadOnlyList<DhcpPacketObservation> observations,
        DateTime startedAt, double durationSeconds,
        TraceWindow window)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(points);
        HashSet<string> captured = [.. points.Where(point => point.IsCaptured).Select(point => point.Hop)];
        List<TraceWay> ways = [.. plan.Legs.Select(leg => new TraceWay(leg, captured))];
        DhcpTraceClock[] clocks = TraceClocks.Align(plan, observations);
        List<TracedTransaction> transactions = new TraceFollower(ways, clocks, window).Follow(observations);
        DhcpTraceResult result = new()
        {
            PortId = plan.Port.PortId,
            NetworkId = plan.Port.NetworkId,
            Mac = plan.Port.Mac,
            IpAddress = plan.Port.IpAddress,
            ComputeNode = plan.ComputeNode,
            DhcpNodes = [.. plan.Legs.Select(leg => leg.ServerNode).Where(node => node.Length > 0).Distinct()],
            Transactions = [.. transactions.Select(one => one.Seen)],
            Points = Counted(points, observations),
            Clocks = clocks,
            PacketCount = observations.Count,
            StartedAt = startedAt,
            DurationSeconds = Math.Round(durationSeconds, 3),
        };
        IEnumerable<Finding> findings =
            new TraceFindings(plan, observations, transactions, ways.Find(way => way.InstanceEnd is not null)).All();
        return Conclude(plan, result, transactions, [.. findings, .. Uncaptured(plan, points)]);
    }

    private static DhcpTraceResult Conclude(
        TracePlan plan, DhcpTraceResult result, List<TracedTransaction> transactions, List<Finding> findings)
    {
        List<TracedTransaction> own = [.. transactions.Where(one =>
            one.Seen.IsOfPort && one.LastRequest is not DhcpMessageType.Release and not DhcpMessageType.Decline)];
        if (own.Exists(one => one.IsJudged))
            own.RemoveAll(one => !one.IsJudged);            // the trace began or ended while it ran
        bool hasLease = own.Exists(one => one.Seen.IsComplete);
        TraceLoss? loss = hasLease ? null : own.Select(TraceLoss.Of).OfType<TraceLoss>().LastOrDefault();
        Finding? explained = loss?.Explain(plan) ?? (own.Count == 0 ? Mute(plan) : null);
        if (explained is not null)
            findings = [explained, .. findings.Where(finding => finding.Code != explained.Code)];
        findings = Rank(findings, hasLease);
        DhcpPathStatus status = StatusOf(own, findings);
        Finding? root = status == DhcpPathStatus.Ok ? null
            : findings.Find(finding => finding.Severity != CheckSeverity.Info);
        result = result with
        {
            Status = status,
            Cause = root is { Status: FindingStatus.Fail } ? root.Code : null,
            Title = root?.Title,
            ComputerName = root?.ComputerName,
            Object = root?.Object,
            Direction = loss?.Direction ?? root?.Direction,
            Remedy = root?.Remedy,
            LastSeen = loss?.LastSeen?.Name,
            FirstMissing = loss?.FirstMissing.Name,
            Findings = [.. findings],
        };
        return result with { Summary = Summary(plan, result, own, loss, root) };
    }

    /// <summary>What the state says of the tap, where nothing comes out of it:
    /// a tap that is down or gone cannot be listened at.</summary>
    private static Finding? Mute(TracePlan plan) =>
        plan.State?.Findings.FirstOrDefault(finding =>
                finding is { Status: FindingStatus.Fail, Severity: CheckSeverity.Error, At: HopComponent.Tap })
            ?.Witnessed("nothing came out of the instance while the trace ran", DhcpDirection.Request);

    /// <summary>Where a lease is had all the same, what is wrong does harm only later.</summary>
    private static List<Finding> Rank(List<Finding> findings, bool hasLease)
    {
        IEnumerable<Finding> ranked = hasLease
            ? findings.Select(finding => finding is { Status: FindingStatus.Fail, Severity: CheckSeverity.Error }
                ? finding with { Severity = CheckSeverity.Warning } : finding)
            : findings;
        return [.. ranked.OrderBy(finding => finding.Status == FindingStatus.Fail ? 0 : 1)
            .ThenByDescending(finding => finding.Severity)];
    }

    private static DhcpPathStatus StatusOf(List<TracedTransaction> own, List<Finding> findings)
    {
        bool hasLease = own.Exists(one => one.Seen.IsComplete);
        bool hasFault = findings.Exists(finding => finding.Status == FindingStatus.Fail);
        if (hasLease)
            return hasFault || own.Exists(one => !one.Seen.IsComplete) ? DhcpPathStatus.Degraded : DhcpPathStatus.Ok;
        if (findings.Exists(finding => finding is { Status: FindingStatus.Fail, Severity: CheckSeverity.Error }))
            return DhcpPathStatus.Broken;
        return own.Exists(one => TraceLoss.Of(one) is not null) ? DhcpPathStatus.Broken : DhcpPathStatus.Unknown;
    }

    private static string Summary(
        TracePlan plan, DhcpTraceResult result, List<TracedTransaction> own, TraceLoss? loss, Finding? root)
    {
        if (result.Status == DhcpPathStatus.Ok && own.FindLast(one => one.Seen.IsComplete) is { } done)
            return $"{plan.Port.Mac} got {done.Seen.IpAddress} from {string.Join(", ", done.Seen.Servers)}: "
                + "seen at every captured hop.";
        string sentence = root?.Message ?? loss?.Sentence(plan) ?? (result.PacketCount == 0
            ? "no DHCP message was seen at any hop"
            : "the instance's exchange did not come to an end while the trace ran");
        return result.Status switch
        {
            DhcpPathStatus.Degraded => $"{plan.Port.Mac} gets its lease, but: {sentence}.",
            DhcpPathStatus.Unknown => $"Cannot determine whether {plan.Port.Mac} gets a lease: {sentence}.",
            _ => $"{plan.Port.Mac} gets no lease: {sentence}.",
        };
    }

    private static DhcpTracePoint[] Counted(
        IReadOnlyList<DhcpTracePoint> points, IReadOnlyList<DhcpPacketObservation> observations)
    {
        ILookup<string, DhcpPacketObservation> byHop = observations.ToLookup(one => one.Hop);
        return [.. points.Select(point => point with { PacketCount = byHop[point.Hop].Count() })];
    }

    /// <summary>QN9003: hops that tcpdump could not capture; those inside Open vSwitch are not findings.</summary>
    private static IEnumerable<Finding> Uncaptured(TracePlan plan, IReadOnlyList<DhcpTracePoint> points) => points
        .Where(point => !point.IsCaptured && plan.Points.Any(one => one.CanCapture && one.Hop == point.Hop))
        .Select(point => TraceLoss.Make(GatheringFaults.CommandRefused, FindingStatus.Unknown,
            point.ComputerName, point.Device, $"{point.Hop} could not be captured: {point.Reason}", plan.Port.PortId));
}
