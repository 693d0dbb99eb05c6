using QuantumNet.Paths;

namespace QuantumNet.Faults.Iptables;

/// <summary>Bridged packets meet iptables, so that the security groups of a hybrid port apply. Where they do not,
/// DHCP works all the same, but rules with zero counters must not be read as "nothing came".</summary>
internal sealed class BridgedPacketsMeetIptables : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN2005",
        Title = "Security groups are not applied: bridged packets do not meet iptables",
        Layer = "Devices",
        Severity = CheckSeverity.Warning,
        Needs = ["BridgeNetfilter"],
        Remedy = "Load br_netfilter and set net.bridge.bridge-nf-call-iptables=1 on the node, for good.",
        Reference = "LP#1622914, LP#1672922",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (PortChains.WhyNotExpected(leg) is { } reason)
            return [s_info.NotApplicable(reason)];
        if (leg.Compute is not { } compute
            || !compute.State.Sysctls.TryGetValue(IptablesWalk.BridgeSetting, out string? value)
            || IptablesWalk.MeetsBridged(compute) is not { } meets)
            return [s_info.Unknown(leg.ComputeName, "BridgeNetfilter")];
        if (PortChains.Find(leg, compute) is { Input: null, Output: null } || meets)
            return [s_info.Pass(leg.ComputeName, IptablesWalk.BridgeSetting)];
        string state = value.Length == 0 ? "does not exist (br_netfilter is not loaded)" : $"is {value.Trim()}";
        return [s_info.Fail(leg.ComputeName, IptablesWalk.BridgeSetting,
                $"{IptablesWalk.BridgeSetting} {state} on {leg.ComputeName}: the port's chains filter nothing.")
            with { At = HopComponent.Iptables }];
    }
}
