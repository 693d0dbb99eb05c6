using QuantumNet.Faults;
using QuantumNet.Paths;
using QuantumNet.Simulation.Reach;

namespace QuantumNet.Diagnosis;

/// <summary>What is wrong where an instance is not reached: by its answers first, then by what the nodes do with the
/// packets that had none.</summary>
internal static class ReachabilityFindings
{
    /// <summary>The findings.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="asked">Each question, its answer and the simulated way, ARP first.</param>
    public static IEnumerable<Finding> Of(DhcpLeg leg, IReadOnlyList<AskedQuestion> asked)
    {
        AskedQuestion arp = asked[0], tcp = asked[^1];
        switch (tcp.Probe.Answer)
        {
            case ReachabilityAnswer.Answered:
                return [];
            case ReachabilityAnswer.Refused when tcp.Way.Action != HopAction.Dropped:
                return [GuestFaults.RefusesConnections.Fail(leg.ComputeName, leg.Tap,
                    $"{leg.Port.IpAddress} is reached, and nothing listens on its {tcp.Packet}.", Said(tcp))];
            default:
                return [Silent(leg, arp, tcp)];
        }
    }

    // What the instance is known to have answered, no filter or guest can have lost.
    private static Finding Silent(DhcpLeg leg, AskedQuestion arp, AskedQuestion tcp)
    {
        if (!HasArp(arp, tcp) && ReachabilityCause.Of(leg, arp.Way) is { } known)
            return Named(known, leg, arp);
        if (!HasArp(arp, tcp) && arp.Way.Action != HopAction.Forwarded)
            return Lost(leg, arp);
        if (arp.Probe.Answer == ReachabilityAnswer.Silent)
            return GuestFaults.SilentToArp.Fail(leg.ComputeName, leg.Tap, $"{leg.Port.IpAddress} does not answer ARP, "
                + "though the request arrives at its tap by what the nodes hold.", Said(arp));
        if (tcp.Way.Action != HopAction.Forwarded)
            return Lost(leg, tcp);
        return tcp.Probe.Answer == ReachabilityAnswer.Silent
            ? GuestFaults.SilentToConnections.Fail(leg.ComputeName, leg.Tap, $"{leg.Port.IpAddress} does not answer "
                + $"{tcp.Packet}, though the packet arrives at its tap by what the nodes hold.", Said(tcp))
            : GuestFaults.SilentToConnections.Undecided(leg.ComputeName, leg.Tap, $"by what the nodes hold "
                + $"{tcp.Packet} and its answer pass; whether {leg.Port.IpAddress} answers was not asked"
                + (tcp.Probe.Text.Length > 0 ? $" ({tcp.Probe.Text})." : "."));
    }

    private static bool HasArp(AskedQuestion arp, AskedQuestion tcp) =>
        arp.Probe.Answer == ReachabilityAnswer.Answered || tcp.Probe.Answer == ReachabilityAnswer.Refused;

    private static Finding Lost(DhcpLeg leg, AskedQuestion one)
    {
        ReachWay way = one.Way;
        if (!way.IsFiltered && ReachabilityCause.Of(leg, way) is { } known)
            return Named(known, leg, one);
        string what = WhatOf(leg, one);
        Evidence?[] evidence = [.. way.Evidence, Said(one)];
        if (way is { Action: HopAction.Unknown, Lacks: { Collector.Length: > 0 } lacks })
            return GatheringFaults.NotCollected.Unknown(way.ComputerName, lacks.Collector, lacks.Subject)
                with { Severity = CheckSeverity.Error };
        if (way.Action == HopAction.Unknown)
            return GatheringFaults.LostUnexplained.Undecided(way.ComputerName, way.Object,
                $"cannot determine what becomes of {what}: {way.Reason}.", evidence);
        if (!way.IsFiltered)
            return GatheringFaults.LostUnexplained.Fail(way.ComputerName, way.Object,
                $"{way.Object} on {way.ComputerName} loses {what}: {way.Reason}.", evidence);
        return IptablesFaults.ConnectionFiltered.Fail(way.ComputerName, way.Object, $"{way.Object} on "
            + $"{way.ComputerName} drops {what}{Allowance(leg, one)}.", evidence);
    }

    // The fault's own sentence, and what it means here.
    private static Finding Named(Finding known, DhcpLeg leg, AskedQuestion one) => known with
    {
        Message = $"{known.Message.TrimEnd('.')}: {WhatOf(leg, one)} is lost.",
        Evidence = [.. known.Evidence, .. new[] { Said(one) }.OfType<Evidence>()],
    };

    private static string WhatOf(DhcpLeg leg, AskedQuestion one) => one.Way.IsOfAnswer
        ? $"the answer to {one.Packet}" : $"{one.Packet} to {leg.Port.IpAddress}";

    private static string Allowance(DhcpLeg leg, AskedQuestion one) => SecurityGroups.Allowing(
        leg.Cloud.Records, leg.Port, one.Packet, leg.ServerAddress, out bool isKnown) is { } rule
        ? $", though rule {rule.RuleId} of its security groups allows it: the agent has not applied it"
        : isKnown ? ": no rule of its security groups allows it" : "";

    private static Evidence? Said(AskedQuestion one) => one.Probe.Answer == ReachabilityAnswer.NotAsked ? null
        : new Evidence { ComputerName = one.ComputerName, Command = one.Probe.Command, Text = one.Probe.Text };
}

/// <summary>A question to an instance, with all that is known of it.</summary>
/// <param name="Packet">The question's packet.</param>
/// <param name="ComputerName">The node that asks.</param>
/// <param name="Probe">The answer.</param>
/// <param name="Way">What the nodes do with it.</param>
internal sealed record AskedQuestion(ReachPacket Packet, string ComputerName, ReachabilityProbe Probe, ReachWay Way);
