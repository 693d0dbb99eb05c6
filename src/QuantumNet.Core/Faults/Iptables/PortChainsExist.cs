using QuantumNet.Paths;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Simulation.KernelBridge;
using QuantumNet.Topology;
using static QuantumNet.Faults.IptablesFaults;

namespace QuantumNet.Faults.Iptables;

/// <summary>A filtered port has its input and output chain, filled and jumped to.</summary>
internal sealed class PortChainsExist : ICheck
{
    private static readonly NodeMemo<HashSet<string>> s_targets = new(node =>
        [.. node.State.IptablesRules.Where(rule => rule.Table == "filter").Select(rule => rule.Target)]);

    public FaultScope Scope => FaultScope.Port;

    public IReadOnlyList<CheckInfo> Infos { get; } = [PortChainsMissing];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (PortChains.WhyNotExpected(leg) is { } reason)
            return [PortChainsMissing.NotApplicable(reason)];
        if (leg.Compute is not { } compute || !compute.State.Has("Iptables"))
            return [PortChainsMissing.Unknown(leg.ComputeName, "Iptables")];

        PortChains chains = PortChains.Find(leg, compute);
        if (IsUnfilteredByChoice(leg, compute, chains))
            return [PortChainsMissing.NotApplicable("The port has no security group and the agent filters nothing.")];
        if (chains is { Input: null, Output: null } && DhcpPasses(leg, compute) && !compute.State.Has("AgentConfig"))
            return [PortChainsMissing.Unknown(leg.ComputeName, "AgentConfig")
                with { Severity = CheckSeverity.Warning }];
        CheckSeverity severity = DhcpPasses(leg, compute) ? CheckSeverity.Warning : CheckSeverity.Error;
        return
        [
            Judge(leg, compute, chains.Output, "o") with { Severity = severity, Direction = DhcpDirection.Request },
            Judge(leg, compute, chains.Input, "i") with { Severity = severity, Direction = DhcpDirection.Reply },
        ];
    }

    private static Finding Judge(DhcpLeg leg, NodeView compute, string? chain, string letter)
    {
        string name = $"*-{letter}{DeviceNames.ChainSuffix(leg.Port.PortId)}";
        if (chain is null)
            return Fail(leg, name, $"Chain {name} of the port does not exist on {leg.ComputeName}: "
                + "its traffic is not filtered as the security groups say.");
        if (!compute.RulesOf(chain).Any())
            return Fail(leg, chain, $"Chain {chain} is empty.", compute.Chain(chain)?.ToEvidence());
        bool reached = s_targets.Of(compute).Contains(chain);
        return reached ? PortChainsMissing.Pass(leg.ComputeName, chain)
            : Fail(leg, chain, $"No rule jumps to chain {chain}.", compute.Chain(chain)?.ToEvidence());
    }

    private static Finding Fail(DhcpLeg leg, string chain, string message, Evidence? evidence = null) =>
        PortChainsMissing.Fail(leg.ComputeName, chain, message, evidence) with { At = HopComponent.Iptables };

    private static bool IsUnfilteredByChoice(DhcpLeg leg, NodeView compute, PortChains chains) =>
        chains is { Input: null, Output: null } && leg.Port.SecurityGroupIds.Length == 0
        && (compute.Config("firewall_driver") is not { } driver
            || FirewallDriver.Of(driver.Value) == FirewallKind.None);

    private static bool DhcpPasses(DhcpLeg leg, NodeView compute) => !BridgeNetfilter.MayBeOn(compute)
        || NodeFilter.Of(compute).Bridged(LegFilter.Discover(leg)).Outcome == IptablesOutcome.Accepted;
}
