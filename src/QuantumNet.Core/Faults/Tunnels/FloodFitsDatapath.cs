using QuantumNet.Faults.ControlPlane;
using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.TunnelFaults;

namespace QuantumNet.Faults.Tunnels;

/// <summary>What an end sends broadcasts of the network to is short enough for one flow of the datapath.
/// Each tunnel costs about 64 bytes of actions, and the kernel takes 32 KiB (net/openvswitch/flow_netlink.c:
/// MAX_ACTIONS_BUFSIZE); what is longer is sent packet by packet from user space.</summary>
internal sealed class FloodFitsDatapath : ICheck
{
    /// <summary>32 KiB of actions at 64 bytes for each tunnel; without a destination port in the key it is 56 bytes,
    /// and 585 tunnels.</summary>
    private const int MostOutputs = 512;

    /// <summary>Where 56 bytes for each tunnel outgrow what one netlink attribute can hold, 64 KiB.</summary>
    private const int AllLost = 1170;

    private static readonly NodeMemo<List<AgentLog>> s_refusals =
        new(node => node.State.AgentLogs.FindAll(IsRefusedForLength));

    public IReadOnlyList<CheckInfo> Infos { get; } = [FloodTooLong];

    public IEnumerable<Finding> Run(DhcpLeg leg) => !leg.IsTunnelled
        ? [FloodTooLong.NotApplicable("The network uses no tunnels.")]
        : leg.EndsApart()
            .Select(pair => Judge(leg, pair.End) with { At = HopComponent.OvsBridge, Direction = pair.End.Sends });

    private static Finding Judge(DhcpLeg leg, LegEnd end)
    {
        if (end.Node is not { TunnelBridge.Length: > 0 } node || leg.Segment is null)
            return FloodTooLong.NotApplicable("There is no tunnel bridge, or the segment is not known.");
        OvsFlow? flood = node.FlowsOf(node.TunnelBridge).ToTunnel
            .Find(flow => flow.Segment == leg.Segment && (LiveTag.Of(end) is not int tag || flow.Vlan == tag)
                && FlowRoles.TakesBroadcast(flow.Flow))?.Flow;
        int outputs = flood is null ? 0 : FlowRoles.Outputs(flood).Distinct(StringComparer.Ordinal).Count();
        AgentLog? refused = s_refusals.Of(node).LastOrDefault();
        if (outputs <= MostOutputs && refused is null)
            return FloodTooLong.Pass(end.NodeName, node.TunnelBridge);
        string effect = outputs >= AllLost ? "from about 1170 on all of them were lost where it was met"
            : "they go through ovs-vswitchd one by one, and are lost under load";
        string message = outputs <= MostOutputs ? $"The datapath on {end.NodeName} refuses flows for the length "
                + "of their actions: such broadcasts go through ovs-vswitchd one by one."
            : $"The flood flow of {node.TunnelBridge} on {end.NodeName} has {outputs} outputs, more than the kernel's "
                + $"datapath accepts in one flow ({MostOutputs} to 585): broadcasts of the network do not fit, "
                + $"{effect}.";
        return FloodTooLong.Fail(end.NodeName, node.TunnelBridge, message,
            flood is not null && outputs > MostOutputs ? flood.ToEvidence() : null, refused?.ToEvidence());
    }

    // vswitchd tells what the kernel answers (EMSGSIZE); the kernel's own message stands in its log.
    private static bool IsRefusedForLength(AgentLog entry) =>
        AgentWords.SaysAny(entry, "Flow action size")
        || (AgentWords.SaysAny(entry, "failed to put") && AgentWords.SaysAny(entry, "Message too long"));
}
