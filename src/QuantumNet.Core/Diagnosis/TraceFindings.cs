using System.Globalization;
using QuantumNet.Faults;
using QuantumNet.Observations.Captures;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>What packets show besides where they are lost: wrong keys, foreign servers, refusals, bad checksums,
/// guests that ignore what they get.</summary>
internal sealed class TraceFindings(TracePlan plan, IReadOnlyList<DhcpPacketObservation> observations,
    IReadOnlyList<TracedTransaction> transactions, TraceWay? way)
{
    private const int EnoughRepeats = 2;
    private readonly string _tap = way?.InstanceEnd?.Name ?? "";

    /// <summary>All findings, those of the fabric first.</summary>
    public IEnumerable<Finding> All() =>
    [
        .. WrongKeys(), .. RogueServers(), .. Refusals(), .. Ignored(), .. AskedAgain(), .. Silence(),
    ];

    /// <summary>QN5008: a key or VLAN on the wire that is not the network's;
    /// the cause, where the sender's state tells one.</summary>
    private IEnumerable<Finding> WrongKeys()
    {
        foreach (DhcpPacketObservation one in observations
            .Where(one => one is { IsOfPort: true, Component: HopComponent.Underlay })
            .DistinctBy(one => (one.Direction, KeyOf(one))))
        {
            if (plan.Segment is not { } segment || KeyOf(one) is not { } key || key == segment)
                continue;
            string sender = one.Direction == DhcpDirection.Request ? plan.ComputeNode : SenderOf(one);
            string what = one.Encapsulation.Length > 0 ? $"{one.Encapsulation} key" : "VLAN";
            string message =
                $"{sender} sends the instance's {one.Type} with {what} {key}, and the network's is {segment}";
            Finding? known = SendingFault(sender, one.Direction);
            yield return known?.Witnessed(message, one.Direction, Proof(one))
                ?? Fail(TunnelFaults.WrongKey, sender, one.Device, message, one) with { Direction = one.Direction };
        }
    }

    /// <summary>What the state says of the way out of a node that packets leave with a wrong key:
    /// such as a tunnel that sends a fixed one (QN5009).</summary>
    private Finding? SendingFault(string sender, DhcpDirection direction) =>
        plan.State?.Findings.FirstOrDefault(finding =>
            finding is { Status: FindingStatus.Fail, Severity: CheckSeverity.Error,
                    At: HopComponent.Tunnel or HopComponent.OvsBridge }
            && HostId.IsSame(finding.ComputerName, sender)
            && (finding.Direction is null || finding.Direction == direction));

    private string SenderOf(DhcpPacketObservation reply) =>
        plan.Legs.Count == 1 ? plan.Legs[0].ServerNode : reply.ComputerName;

    private static long? KeyOf(DhcpPacketObservation one) =>
        one.Encapsulation.Length > 0 ? one.TunnelKey : one.Vlans.Length > 0 ? one.Vlans[^1] : null;

    /// <summary>QN3005: a server that is none of the network's.</summary>
    private IEnumerable<Finding> RogueServers()
    {
        if (plan.ServerAddresses.Count == 0)
            yield break;
        foreach (DhcpPacketObservation one in observations
            .Where(one => one is { IsOfPort: true, Direction: DhcpDirection.Reply, ServerId.Length: > 0 }
                && !plan.ServerAddresses.Contains(one.ServerId))
            .OrderBy(one => one.TimeNanoseconds).DistinctBy(one => one.ServerId))
        {
            yield return Fail(IptablesFaults.RogueServer, one.ComputerName, one.Device,
                $"{one.ServerId} ({one.SourceMac}) answers with {one.Type} {one.IpAddress}, "
                    + $"and the network's servers are {string.Join(", ", plan.ServerAddresses)}", one);
        }
    }

    /// <summary>QN6012: the refusal of another server than the one the client asked; QN6011: of the same one.</summary>
    private IEnumerable<Finding> Refusals()
    {
        foreach (TracedTransaction one in transactions.Where(one => one.Seen is { IsOfPort: true, HasNak: true })
            .TakeLast(1))
        {
            DhcpPacketObservation nak = one.Messages
                .First(message => message.Packet.Type == DhcpMessageType.Nak).Packet;
            string asked = one.Messages.FirstOrDefault(message =>
                message.Packet is { Type: DhcpMessageType.Request, ServerId.Length: > 0 }).Packet?.ServerId ?? "";
            string refuser = nak.ServerId.Length > 0 ? nak.ServerId : nak.SourceAddress;
            bool isOther = asked.Length > 0 && refuser != asked;
            yield return isOther
                ? Fail(DhcpServerFaults.RefusedBySecond, nak.ComputerName, nak.Device,
                    $"{refuser} refuses the address that {asked} gave", nak)
                : Fail(DhcpServerFaults.AddressRefused, nak.ComputerName, nak.Device,
                    $"{refuser} refuses {RequestedIn(one)}", nak);
        }
    }

    private static string RequestedIn(TracedTransaction one) =>
        one.Messages.FirstOrDefault(message => message.Packet is { Type: DhcpMessageType.Request,
            RequestedAddress.Length: > 0 }).Packet?.RequestedAddress ?? "the request";

    /// <summary>A reply that reaches the instance's end, and a client that repeats itself:
    /// QN6021, QN6020, or else QN7003.</summary>
    private IEnumerable<Finding> Ignored()
    {
        foreach (TracedTransaction one in transactions.Where(one => one.Seen.IsOfPort && !one.Seen.IsComplete)
            .TakeLast(1))
        {
            (DhcpPacketObservation Packet, long Time)[] replies = [.. one.Messages.Where(message =>
                message.Packet is { Direction: DhcpDirection.Reply, Type: DhcpMessageType.Offer or DhcpMessageType.Ack }
                && IsAtInstance(message.Packet))];
            if (replies.Length == 0 || !IsRepeatedAfter(one, replies[0]))
                continue;
            DhcpPacketObservation reply = replies[0].Packet;
            bool wantsBroadcast = one.Messages
                .Any(message => message.Packet is { Direction: DhcpDirection.Request, IsBroadcast: true });
            yield return reply.Checksum == UdpChecksum.Bad
                ? Fail(DhcpServerFaults.BadChecksum, reply.ComputerName, reply.Device,
                    $"the {reply.Type} reaches {reply.Device} with a bad UDP checksum, and the client asks again",
                    reply)
                : wantsBroadcast && reply.DestinationAddress != "255.255.255.255"
                ? Fail(DhcpServerFaults.UnicastReply, reply.ComputerName, reply.Device, "the client sets the broadcast "
                    + $"flag, gets its {reply.Type} at {reply.DestinationAddress}, and asks again", reply)
                : Fail(GuestFaults.IgnoresReply, reply.ComputerName, reply.Device,
                    $"the {reply.Type} reaches {reply.Device} unharmed, and the client asks again", reply);
        }
    }

    /// <summary>The message that the reply answers is repeated behind it, and nothing later came of it.</summary>
    private bool IsRepeatedAfter(TracedTransaction one, (DhcpPacketObservation Packet, long Time) reply)
    {
        DhcpMessageType asked = reply.Packet.Type == DhcpMessageType.Offer ? DhcpMessageType.Discover
            : DhcpMessageType.Request;
        if (asked == DhcpMessageType.Discover && one.Seen.Types.Contains(DhcpMessageType.Request))
            return false;
        return transactions.Any(other => other.Seen.IsOfPort
            && other.Messages.Any(
                message => message.Packet.Type == asked && message.Time > reply.Time && IsAtInstance(message.Packet)));
    }

    /// <summary>QN7002: an ACK that reaches the instance, and a DISCOVER behind it, more than once.</summary>
    private IEnumerable<Finding> AskedAgain()
    {
        int repeats = 0;
        DhcpPacketObservation? last = null;
        bool hasLease = false;
        foreach ((DhcpPacketObservation packet, long _) in transactions.Where(one => one.Seen.IsOfPort)
            .SelectMany(one => one.Messages)
            .Where(message => IsAtInstance(message.Packet)).OrderBy(message => message.Time))
        {
            repeats += hasLease && packet.Type == DhcpMessageType.Discover ? 1 : 0;
            hasLease = packet.Type == DhcpMessageType.Ack
                || (hasLease && packet.Type is not (DhcpMessageType.Discover or DhcpMessageType.Release));
            last = packet.Type == DhcpMessageType.Ack ? packet : last;
        }
        if (repeats >= EnoughRepeats && last is not null)
            yield return Fail(GuestFaults.AsksAgain, last.ComputerName, last.Device,
                $"the instance got an ACK and started again {repeats} times", last);
    }

    /// <summary>QN1014: requests of another MAC come out of the instance; QN7001: none at all.</summary>
    private IEnumerable<Finding> Silence()
    {
        if (way?.InstanceEnd is not { Component: HopComponent.Tap } end || observations.Any(
            one => one is { IsOfPort: true, Direction: DhcpDirection.Request } && IsAtInstance(one)))
            yield break;
        if (transactions.FirstOrDefault(one => !one.Seen.IsOfPort && BeginsAt(one, end.Name)) is { } foreign)
        {
            yield return Fail(ControlPlaneFaults.ForeignMac, plan.ComputeNode, foreign.Messages[0].Packet.Device,
                $"the instance asks as {foreign.Seen.Mac}, and its port's MAC is {plan.Port.Mac}",
                foreign.Messages[0].Packet) with { Direction = DhcpDirection.Request };
            yield break;
        }
        bool hasReplies = observations.Any(one => one.IsOfPort);
        if (!hasReplies)
        {
            yield return Make(GuestFaults.NeverAsks, FindingStatus.Unknown, plan.ComputeNode, end.Name,
                "nothing came out of the instance while the trace ran: either it has its lease, or it never asks");
        }
    }

    // Other instances' broadcasts come out at this tap as well: there they are seen last, the guest's own first.
    // The bridge that the tap stands in does not decide, for tcpdump may see a packet there in the same microsecond,
    // or be told of it sooner.
    private static bool BeginsAt(TracedTransaction one, string hop)
    {
        List<(DhcpPacketObservation Packet, long Time)> requests =
            [.. one.Messages.Where(message => message.Packet.Direction == DhcpDirection.Request)];
        int own = requests.FindIndex(message => message.Packet.Hop == hop);
        return own >= 0
            && requests.TrueForAll(message => message.Packet.Component is HopComponent.Tap or HopComponent.LinuxBridge
                || message.Time >= requests[own].Time);
    }

    private bool IsAtInstance(DhcpPacketObservation one) => one.Hop == _tap;

    private Finding Fail(CheckInfo info, string node, string place, string message, DhcpPacketObservation proof) =>
        Make(info, FindingStatus.Fail, node, place, message) with { Evidence = [Proof(proof)] };

    private Finding Make(CheckInfo info, FindingStatus status, string node, string place, string message) =>
        TraceLoss.Make(info, status, node, place, message, plan.Port.PortId);

    /// <summary>A packet as evidence.</summary>
    public static Evidence Proof(DhcpPacketObservation one) => new()
    {
        ComputerName = one.ComputerName,
        Command = $"tcpdump -i {one.Device}",
        Text = string.Create(CultureInfo.InvariantCulture,
            $"{one.Time:HH:mm:ss.ffffff} {one.Type} {one.TransactionId} {one.Mac} {one.SourceAddress} > "
                + $"{one.DestinationAddress} {KeyText(one)}checksum {one.Checksum.ToString().ToLowerInvariant()}"),
    };

    private static string KeyText(DhcpPacketObservation one) => KeyOf(one) is not { } key ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $"{(one.Encapsulation.Length > 0 ? one.Encapsulation : "vlan")} {key} ");
}
