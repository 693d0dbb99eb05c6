using QuantumNet.Paths;

namespace QuantumNet.Checks.Iptables;

/// <summary>iptables lets the instance's DISCOVER cross the Linux bridge.</summary>
internal sealed class DiscoverPassesIptables : ICheck
{
    private static readonly CheckInfo s_portChain = new()
    {
        Code = "QN3003",
        Title = "The port's output chain drops DHCP requests",
        Layer = "Iptables",
        Severity = CheckSeverity.Error,
        Needs = ["Iptables"],
        Remedy = "Restart the OVS agent on the node: 'udp 68 to 67 RETURN' must stand before the anti-spoofing DROP.",
        Reference = "LP#1558658",
    };

    public static CheckInfo ForeignRule { get; } = new()
    {
        Code = "QN2006",
        Title = "A foreign iptables rule drops bridged DHCP",
        Layer = "Devices",
        Severity = CheckSeverity.Error,
        Needs = ["Iptables"],
        Remedy = "Find who set the rule or policy (docker, libvirt, firewalld) and let bridged traffic of the instances pass before it.",
        Reference = "moby/moby#31245",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_portChain, ForeignRule];

    public IEnumerable<Finding> Run(DhcpLeg leg) =>
        [BridgedPacketJudgement.Judge(leg, DhcpPacketHeaders.Discover(leg), s_portChain, ForeignRule, DhcpDirection.Request, "DISCOVER")];
}

/// <summary>iptables lets the server's OFFER cross the Linux bridge to the instance.</summary>
internal sealed class OfferPassesIptables : ICheck
{
    private static readonly CheckInfo s_portChain = new()
    {
        Code = "QN3002",
        Title = "The port's input chain drops DHCP replies",
        Layer = "Iptables",
        Severity = CheckSeverity.Error,
        Needs = ["Iptables"],
        Remedy = "Restart the OVS agent on the node: it writes a rule for each DHCP server's address anew.",
        Reference = "LP#1103840, LP#1431248",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_portChain, DiscoverPassesIptables.ForeignRule];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        string address = leg.Server?.Port?.IpAddress ?? "";
        if (address.Length == 0)
            return [s_portChain.NotApplicable("No record tells the DHCP server's address.")];
        return [BridgedPacketJudgement.Judge(leg, DhcpPacketHeaders.Offer(leg, address), s_portChain, DiscoverPassesIptables.ForeignRule, DhcpDirection.Reply, $"OFFER from {address}")];
    }
}

/// <summary>Walks one packet through FORWARD and says whose rule drops it.</summary>
internal static class BridgedPacketJudgement
{
    public static Finding Judge(DhcpLeg leg, DhcpPacketHeaders packet, CheckInfo portChain, CheckInfo foreign, DhcpDirection direction, string what)
    {
        if (leg.Plug != PlugKind.Hybrid)
            return portChain.NotApplicable("The port is not plugged through a Linux bridge.");
        if (leg.Compute is not { } compute || !compute.State.Has("Iptables"))
            return portChain.Unknown(leg.ComputeName, "Iptables") with { Direction = direction };
        if (!IptablesWalk.MeetsBridgedPackets(compute))
            return portChain.NotApplicable("Bridged packets do not meet iptables on this node (bridge-nf-call-iptables is 0).");

        IptablesResult result = IptablesWalk.Forward(compute, packet);
        if (result.Verdict == IptablesVerdict.Accepted)
            return portChain.Pass(leg.ComputeName, result.Chains[^1]);
        string? own = OwnChain(leg, result);
        CheckInfo info = own is null ? foreign : portChain;
        string chain = own ?? result.Chains[^1];
        Finding finding = info.Fail(leg.ComputeName, chain, $"iptables on {leg.ComputeName} drops the {what} in {string.Join(" > ", result.Chains)}.", result.Evidence);
        return finding with
        {
            At = HopComponent.Iptables,
            Direction = direction,
            Status = result.Verdict == IptablesVerdict.Unknown ? FindingStatus.Unknown : FindingStatus.Fail,
        };
    }

    private static string? OwnChain(DhcpLeg leg, IptablesResult result)
    {
        string suffix = DeviceNames.ChainSuffix(leg.Port.PortId);
        return result.Chains.FirstOrDefault(chain => chain.EndsWith(suffix, StringComparison.Ordinal));
    }
}
