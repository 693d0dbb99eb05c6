using QuantumNet.Faults;
using QuantumNet.Observations.Captures;
using QuantumNet.Paths;
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

    /// <summary>The kinds of station, by node, between the last one that saw it and the first that did not,
    /// that one included.</summary>
    private HashSet<(string Node, HopComponent Component)> Stretch()
    {
        HashSet<(string, HopComponent)> places = [];
        IReadOnlyList<Station> stations = Way.Leg.Stations;
        int missing = Way.Leg.Points[FirstMissing.Place].Station,
            seen = LastSeen is not null ? Way.Leg.Points[LastSeen.Place].Station
                : Direction == DhcpDirection.Request ? 0 : stations.Count - 1;
        for (int at = Math.Min(seen, missing); at <= Math.Max(seen, missing); at++)
        {
            Place place = stations[at].Place;
            places.Add((place.ComputerName, place.Component));
            places.UnionWith(stations[at].Devices.Select(device => (device.ComputerName, device.Component)));
            // The rules decide while the Linux bridge passes a packet on; on the bridge itself it is seen before.
            if (place.Component == HopComponent.LinuxBridge)
                places.Add((place.ComputerName, HopComponent.Iptables));
        }
        return places;
    }

    /// <summary>The points after the last that saw it, up to the first that did not.</summary>
    private IEnumerable<TracePoint> PointsBetween(TraceStation lastSeen)
    {
        int step = Direction == DhcpDirection.Request ? 1 : -1;
        for (int i = lastSeen.Place + step; i != FirstMissing.Place + step; i += step)
            yield return Way.Leg.Points[i].Point;
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
            && PointsBetween(LastSeen).Any(point => point.Component == HopComponent.OvsBridge);
        bool isStateFine = plan.State?.Status is DhcpPathStatus.Ok or DhcpPathStatus.Degraded;
        return isInsideOvs && isStateFine ? (TunnelFaults.DatapathDisagrees, FindingStatus.Fail) : null;
    }
}
