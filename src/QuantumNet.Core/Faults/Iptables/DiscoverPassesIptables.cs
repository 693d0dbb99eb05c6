using QuantumNet.Paths;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Simulation.KernelBridge;
using QuantumNet.Topology;
using static QuantumNet.Faults.DeviceFaults;
using static QuantumNet.Faults.IptablesFaults;

namespace QuantumNet.Faults.Iptables;

/// <summary>iptables lets the instance's DISCOVER cross the Linux bridge.</summary>
internal sealed class DiscoverPassesIptables : ICheck
{
    public FaultScope Scope => FaultScope.Port;

    public IReadOnlyList<CheckInfo> Infos { get; } = [OutputChainDrops, ForeignRuleDrops];

    public IEnumerable<Finding> Run(DhcpLeg leg) =>
        [BridgedPacketJudgement.Judge(leg, LegFilter.Discover(leg), OutputChainDrops, ForeignRuleDrops,
            DhcpDirection.Request, "DISCOVER")];
}

/// <summary>iptables lets the server's OFFER cross the Linux bridge to the instance.</summary>
internal sealed class OfferPassesIptables : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [InputChainDrops, ForeignRuleDrops];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { } server)
            return [InputChainDrops.NotApplicable("The network has no DHCP server; the check of its agents tells.")];
        string address = leg.ServerAddress;
        if (address.Length == 0)
            return [leg.Plug == PlugKind.Direct
                ? InputChainDrops.NotApplicable("The port is not plugged through a Linux bridge.")
                : server.Node?.ShowsAddresses(server.Namespace) == true
                ? InputChainDrops.NotApplicable("The DHCP server has no address; the check of its device tells.")
                : InputChainDrops.Unknown(server.NodeName, "NodeLink", server.Namespace)
                    with { Direction = DhcpDirection.Reply }];
        Finding finding = BridgedPacketJudgement.Judge(leg, LegFilter.Offer(leg, address, leg.Port.IpAddress),
            InputChainDrops, ForeignRuleDrops, DhcpDirection.Reply, $"OFFER from {address}");
        // The chain accepts the address of the server's record: without it, the chain may be right
        // and the server's address wrong.
        bool isAddressInDoubt = finding.Status == FindingStatus.Fail
            && finding.Code == InputChainDrops.Code && leg.LacksPortRecord;
        return [isAddressInDoubt ? InputChainDrops.Unknown(RecordAnswers.NodeOf(leg), "record:port", leg.Port.NetworkId)
            with { Direction = DhcpDirection.Reply } : finding];
    }
}

/// <summary>Walks one packet through FORWARD and says whose rule drops it.</summary>
internal static class BridgedPacketJudgement
{
    public static Finding Judge(DhcpLeg leg, FilteredPacket packet, CheckInfo portChain, CheckInfo foreign,
        DhcpDirection direction, string what)
    {
        if (leg.Plug == PlugKind.Direct)
            return portChain.NotApplicable("The port is not plugged through a Linux bridge.");
        if (leg.Plug == PlugKind.Unknown && leg.Compute?.State.Has("OvsPort") == true)
            return portChain.NotApplicable("No device of the port is on the node.");
        if (leg.Compute is not { } compute || !compute.State.Has("Iptables"))
            return portChain.Unknown(leg.ComputeName, "Iptables") with { Direction = direction };
        if (BridgeNetfilter.IsOn(compute) == false)
            return portChain.NotApplicable(
                "Bridged packets do not meet iptables on this node (bridge-nf-call-iptables is 0).");

        IptablesTraversal result = NodeFilter.Of(compute).Bridged(packet);
        if (result.Outcome == IptablesOutcome.Accepted)
            return portChain.Pass(leg.ComputeName, result.Chains[^1]);
        if (NodeFilter.LacksSet(compute, result))
            return portChain.Unknown(leg.ComputeName, "IpSet")
                with { At = HopComponent.Iptables, Direction = direction };
        if (result.Outcome == IptablesOutcome.Unknown)
            return Undecided(leg, portChain, result, what) with { At = HopComponent.Iptables, Direction = direction };
        if (BridgeNetfilter.IsOn(compute) is null)
            return portChain.Unknown(leg.ComputeName, "BridgeNetfilter")
                with { At = HopComponent.Iptables, Direction = direction };
        string? own = OwnChain(leg, result);
        CheckInfo info = own is null ? foreign : portChain;
        string chain = own ?? result.Chains[^1];
        Finding finding = info.Fail(leg.ComputeName, chain,
            $"iptables on {leg.ComputeName} drops the {what} in {string.Join(" > ", result.Chains)}.", result.Evidence);
        return finding with
        {
            At = HopComponent.Iptables,
            Direction = direction,
        };
    }

    private static Finding Undecided(DhcpLeg leg, CheckInfo info, IptablesTraversal result, string what) =>
        info.Undecided(leg.ComputeName, result.Doubt?.Chain ?? result.Chains[^1],
            $"Cannot determine whether iptables on {leg.ComputeName} accepts the {what}: this rule may decide: "
                + $"{result.Doubt?.RawText.Trim()}", result.Doubt?.ToEvidence(), result.Evidence);

    private static string? OwnChain(DhcpLeg leg, IptablesTraversal result)
    {
        string suffix = DeviceNames.ChainSuffix(leg.Port.PortId);
        return result.Chains.FirstOrDefault(chain => chain.EndsWith(suffix, StringComparison.Ordinal));
    }
}
