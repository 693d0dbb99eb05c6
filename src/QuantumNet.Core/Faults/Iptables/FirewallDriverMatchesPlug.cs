using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.IptablesFaults;

namespace QuantumNet.Faults.Iptables;

/// <summary>The agent's firewall driver fits how the port is plugged and what the records ask for.</summary>
internal sealed class FirewallDriverMatchesPlug : ICheck
{
    private static readonly NodeMemo<HashSet<long>> s_registers = new(node =>
        [.. node.State.OvsFlows.Where(flow => flow.MayHold("reg5"u8)).Select(flow => flow.Find("reg5"))
            .OfType<OvsMatchField>().Select(field => FlowRoles.Number(field.Value)).OfType<long>()]);

    public FaultScope Scope => FaultScope.Port;

    public IReadOnlyList<CheckInfo> Infos { get; } = [WrongFirewallDriver];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Compute is not { } compute || !compute.State.Has("AgentConfig"))
            return [WrongFirewallDriver.Unknown(leg.ComputeName, "AgentConfig")];
        if (compute.Config("firewall_driver") is not { } driver)
            return [WrongFirewallDriver.NotApplicable("The agent's file does not name a firewall driver.")];
        if (leg.Plug == PlugKind.Unknown || leg.Port.PortSecurityEnabled == false)
            return [WrongFirewallDriver.NotApplicable("The port is not filtered.")];
        PortChains chains = PortChains.Find(leg, compute);
        string? wrong = Wrong(leg, compute, FirewallDriver.Of(driver.Value),
            hasChains: chains.Input is not null || chains.Output is not null);
        return [wrong is null ? WrongFirewallDriver.Pass(leg.ComputeName, driver.Value)
            : WrongFirewallDriver.Fail(leg.ComputeName, $"{driver.Path} firewall_driver",
                $"firewall_driver is {driver.Value} on {leg.ComputeName}, but {wrong}.",
                driver.ToEvidence()) with { At = HopComponent.Iptables }];
    }

    private static string? Wrong(DhcpLeg leg, NodeView compute, FirewallKind kind, bool hasChains) => kind switch
    {
        FirewallKind.None when leg.Port.SecurityGroupIds.Length > 0 && !hasChains =>
            "the port has security groups, which nothing enforces",
        FirewallKind.OpenVSwitch when leg.Plug == PlugKind.Hybrid && !FiltersInFlows(leg, compute) =>
            "the port is plugged through a Linux bridge and br-int has no filter flows for it",
        FirewallKind.IptablesHybrid or FirewallKind.Iptables when leg.Plug == PlugKind.Direct
            && !FiltersInFlows(leg, compute) => "the tap is a port of br-int, where iptables does not see it",
        _ => null,
    };

    // The OVS firewall loads the port's number into register 5 on entry (openvswitch_firewall.rst).
    private static bool FiltersInFlows(DhcpLeg leg, NodeView compute) => leg.ComputePort?.OfPort is int number
        && s_registers.Of(compute).Contains(number);
}
