using QuantumNet.Paths;
using QuantumNet.Simulation.KernelBridge;
using static QuantumNet.Faults.DeviceFaults;

namespace QuantumNet.Faults.Iptables;

/// <summary>Bridged packets meet iptables, so that the security groups of a hybrid port apply. Where they do not,
/// DHCP works all the same, but rules with zero counters must not be read as "nothing came".</summary>
internal sealed class BridgedPacketsMeetIptables : ICheck
{
    public FaultScope Scope => FaultScope.Port;

    public IReadOnlyList<CheckInfo> Infos { get; } = [BridgedPacketsUnfiltered];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (PortChains.WhyNotExpected(leg) is { } reason)
            return [BridgedPacketsUnfiltered.NotApplicable(reason)];
        if (leg.Compute is not { } compute
            || !compute.State.Sysctls.TryGetValue(BridgeNetfilter.Setting, out string? value)
            || BridgeNetfilter.IsOn(compute) is not { } meets)
            return [BridgedPacketsUnfiltered.Unknown(leg.ComputeName, "BridgeNetfilter")];
        if (PortChains.Find(leg, compute) is { Input: null, Output: null } || meets)
            return [BridgedPacketsUnfiltered.Pass(leg.ComputeName, BridgeNetfilter.Setting)];
        string state = value.Length == 0 ? "does not exist (br_netfilter is not loaded)" : $"is {value.Trim()}";
        return [BridgedPacketsUnfiltered.Fail(leg.ComputeName, BridgeNetfilter.Setting,
                $"{BridgeNetfilter.Setting} {state} on {leg.ComputeName}: the port's chains filter nothing.")
            with { At = HopComponent.Iptables }];
    }
}
