using QuantumNet.Faults;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>Where a transaction's message was lost, and what that says: between the last hop that saw it
/// and the first that did not.</summary>
/// <param name="Direction">Which way it went.</param>
/// <param name="LastSeen">The last station that saw it; null when none did.</param>
/// <param name="FirstMissing">The next one.</param>
/// <param name="Way">The way.</param>
/// <param name="Proof">The message, where it was last seen; where it was asked for,
/// when its answer was never seen.</param>
/// <param name="Type">What was lost; null for an answer that never came.</param>
internal sealed record TraceLoss(
    DhcpDirection Direction, TraceStation? LastSeen, TraceStation FirstMissing, TraceWay Way,
    DhcpPacketObservation? Proof, DhcpMessageType? Type)
{
    /// <summary>Where a transaction was lost; null when nothing of it was.</summary>
    public static TraceLoss? Of(TracedTransaction one)
    {
        if (one.Way is null)
            return null;
        if (one.LastRequest is not null && one.Request.FirstMissing is { } unasked)
            return new TraceLoss(DhcpDirection.Request, one.Request.LastSeen, unasked, one.Way,
                ProofOf(one, one.LastRequest, one.Request.LastSeen), one.LastRequest);
        if (one.WantsAnswer && one.Reply.FirstMissing is { } unanswered)
        {
            return new TraceLoss(DhcpDirection.Reply, one.Reply.LastSeen, unanswered, one.Way,
                ProofOf(one, one.Answer ?? one.LastRequest, one.Reply.LastSeen ?? one.Request.LastSeen), one.Answer);
        }
        return null;
    }

    /// <summary>Whether the server was asked and said nothing.</summary>
    public bool IsSilence => Direction == DhcpDirection.Reply && LastSeen is null;

    /// <summary>The finding: what the nodes' state says of this stretch, or what the stretch itself says.</summary>
    public Finding Explain(TracePlan plan)
    {
        Finding? known = FromState(plan.State);
        if (known is not null)
            return known.Witnessed(Sentence(plan), Direction, Evidence);
        (CheckInfo Info, FindingStatus Status)? own = Own(plan);
        CheckInfo info = own?.Info ?? GatheringFaults.WitnessesDisagree;
        bool isStateFine = plan.State?.Status is DhcpPathStatus.Ok or DhcpPathStatus.Degraded;
        FindingStatus status = own?.Status ?? (isStateFine ? FindingStatus.Fail : FindingStatus.Unknown);
        string node = FirstMissing.ComputerName;
        return Make(info, status, node, FirstMissing.Hops.First()[(node.Length + 1)..], Sentence(plan),
            plan.Port.PortId) with { Direction = Direction, Evidence = Evidence };
    }

    /// <summary>Where it is lost, in words.</summary>
    public string Sentence(TracePlan plan)
    {
        if (IsSilence)
            return $"the {(Proof?.Type.ToString() ?? "request")} of {plan.Port.Mac} reaches "
                + $"{Way.Stations[^1].Name}, and {Silence()}";
        string what = Type?.ToString() ?? (Direction == DhcpDirection.Request ? "request" : "reply");
        string from = LastSeen is null ? "is seen nowhere before" : $"is last seen at {LastSeen.Name} and missing at";
        return $"the {what} {(Direction == DhcpDirection.Request ? "of" : "to")} {plan.Port.Mac} {from} "
            + $"{FirstMissing.Name}";
    }

    private string Silence() => Way.ServerEnd is not null ? "no answer leaves it"
        : Way.Leg.ServerNode.Length > 0
        ? $"no answer comes back; the server's device on {Way.Leg.ServerNode} could not be captured"
        : "no DHCP server of its network is known";

    /// <summary>A finding of a trace.</summary>
    public static Finding Make(
        CheckInfo info, FindingStatus status, string node, string place, string message, string portId) => new()
        {
            Code = info.Code,
            Title = info.Title,
            Severity = info.Severity,
            Remedy = info.Remedy,
            Status = status,
            ComputerName = node,
            Object = place,
            Message = message,
            PortId = portId,
        };

    private Evidence[] Evidence => Proof is null ? [] : [TraceFindings.Proof(Proof)];

    private static DhcpPacketObservation? ProofOf(TracedTransaction one, DhcpMessageType? type, TraceStation? at) =>
        at is null ? null
            : one.Messages
                .LastOrDefault(message => message.Packet.Type == type && at.Hops.Contains(message.Packet.Hop)).Packet;

    /// <summary>What of the nodes' state lies on the stretch; the root cause when the state has one that lies
    /// nowhere on the path.</summary>
    private Finding? FromState(DhcpPathResult? state)
    {
        Finding[] failed = [.. (state?.Findings ?? [])
            .Where(finding => finding is { Status: FindingStatus.Fail, Severity: CheckSeverity.Error }
                && (finding.Direction is null || finding.Direction == Direction || IsSilence))];
        if (state is null || failed.Length == 0)
            return null;
        HashSet<(string, HopComponent)> stretch = Stretch();
        Finding? here = failed.Where(finding => finding.At is { } at
                && stretch.Any(place => place.Item2 == at && HostId.IsSame(place.Item1, finding.ComputerName)))
            .OrderBy(finding => finding.CausedBy is null ? 0 : 1).FirstOrDefault() ?? Array.Find(failed, ShapesReply);
        if (here is null)
            return Array.Find(failed, finding => finding.At is null && finding.Code == state.Cause);
        // Its cause may lie on no stretch: the namespace is gone because DHCP is disabled on the subnet.
        return Causality.RootOf(here, state.Findings) with { Severity = here.Severity };
    }

    /// <summary>What is wrong at the server makes its replies what they are:
    /// such as an address that a filter far from it does not know.</summary>
    private bool ShapesReply(Finding finding) => Direction == DhcpDirection.Reply
        && finding.At is HopComponent.Namespace or HopComponent.Dnsmasq
        && HostId.IsSame(finding.ComputerName, Way.Leg.ServerNode);

    /// <summary>The kinds of hop, by node, between the last station that saw it and the first that did not,
    /// that one included.</summary>
    private HashSet<(string Node, HopComponent Component)> Stretch()
    {
        HashSet<(string, HopComponent)> places = [];
        foreach (TracePoint point in PointsBetween(withLast: true))
        {
            places.Add((point.ComputerName, point.Component));
            if (point.Component == HopComponent.OvsBridge)
                places.UnionWith([(point.ComputerName, HopComponent.Patch), (point.ComputerName, HopComponent.Tunnel)]);
            if (point.Component is HopComponent.Tap or HopComponent.LinuxBridge)
                places.Add((point.ComputerName, HopComponent.Iptables));
        }
        if (IsSilence)
            places.UnionWith([(FirstMissing.ComputerName, HopComponent.Dnsmasq),
                (FirstMissing.ComputerName, HopComponent.Namespace)]);
        return places;
    }

    private IEnumerable<TracePoint> PointsBetween(bool withLast)
    {
        IReadOnlyList<TracePoint> points = Way.Leg.Points;
        int step = Direction == DhcpDirection.Request ? 1 : -1;
        int start = LastSeen is null ? (Direction == DhcpDirection.Request ? 0 : points.Count - 1)
            : withLast ? LastSeen.Place : LastSeen.Place + step;
        for (int i = start; i != FirstMissing.Place + step; i += step)
            yield return points[i];
    }

    /// <summary>What the stretch itself says, where the state says nothing; null when it says nothing either.</summary>
    private (CheckInfo, FindingStatus)? Own(TracePlan plan)
    {
        if (LastSeen is null)
            return null;
        bool isWire = LastSeen.Component == HopComponent.Underlay && FirstMissing.Component == HopComponent.Underlay
            && LastSeen.ComputerName != FirstMissing.ComputerName;
        if (isWire)
        {
            return (Proof switch
            {
                { Encapsulation.Length: > 0 } => TunnelFaults.WireDrops,
                { Vlans.Length: > 0 } => TunnelFaults.WireUntrunked,
                _ => DeviceFaults.NicSecurity,
            }, FindingStatus.Fail);
        }
        if (Proof is { Direction: DhcpDirection.Reply, Checksum: UdpChecksum.Bad })
            return (DhcpServerFaults.BadChecksum,
                FindingStatus.Fail);       // a firewall with states takes it for invalid
        bool isInsideOvs = LastSeen.ComputerName == FirstMissing.ComputerName
            && PointsBetween(withLast: false).Any(point => point.Component == HopComponent.OvsBridge);
        bool isStateFine = plan.State?.Status is DhcpPathStatus.Ok or DhcpPathStatus.Degraded;
        return isInsideOvs && isStateFine ? (TunnelFaults.DatapathDisagrees, FindingStatus.Fail) : null;
    }
}
