using QuantumNet.Paths;
using QuantumNet.Simulation.OpenFlow;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Bridge;

/// <summary>A DHCP packet's pass through one bridge: whether it leaves by the port that it must leave by,
/// and by which flows.</summary>
internal sealed class BridgePass
{
    private readonly TraceOutput? _exit;
    private readonly TraceStep? _doubt;

    private BridgePass(SwitchBridge bridge, PacketTrace trace, string to)
    {
        Trace = trace;
        _exit = trace.Outputs.FirstOrDefault(output => output.Port == to && output.Bridge == bridge.Name);
        _doubt = _exit is null ? trace.UnknownSteps.FirstOrDefault() : null;
    }

    /// <summary>All that happens to it.</summary>
    public PacketTrace Trace { get; }

    /// <summary>Whether it leaves by the port; null when that cannot be determined.</summary>
    public bool? Reaches => _exit is not null ? true : _doubt is not null ? null : false;

    /// <summary>Why that cannot be determined, or why the switch drops it whole; empty otherwise.</summary>
    public string Why => _doubt?.Unknown ?? Trace.Error;

    /// <summary>The collector whose output would answer it; empty when there is none.</summary>
    public string Needs => _doubt?.Needs ?? "";

    /// <summary>The flow that sends it out; where it does not leave, the last one that it meets; null when it meets
    /// none.</summary>
    public OvsFlow? Last => ((_exit?.Step ?? _doubt)?.FlowsMet() ?? Met.Reverse()).FirstOrDefault();

    /// <summary>The flow that gives the packet another VLAN or a tunnel key; null when none does.</summary>
    public OvsFlow? Rewriter => (_exit?.Step.FlowsMet() ?? []).FirstOrDefault(flow =>
        FlowRoles.TunnelKeySet(flow) is not null || FlowRoles.VlanSet(flow) is not null || FlowRoles.StripsVlan(flow));

    /// <summary>The VLAN that it leaves with; 0 for none, null when that is not known.</summary>
    public int? Vlan => _exit is not { Packet: { } packet } || packet.IsUnknown(PacketFields.VlanTci) ? null
        : packet.HasVlan ? (int)(packet[PacketFields.VlanTci] & 0xfff) : 0;

    /// <summary>The tunnel key that it leaves with; null when that is not known.</summary>
    public long? TunnelKey => _exit is not { Packet: { } packet } || packet.IsUnknown(PacketFields.TunnelId) ? null
        : (long)packet[PacketFields.TunnelId];

    private IEnumerable<OvsFlow> Met => Trace.Steps.Where(step => step.Flow is not null).Select(step => step.Flow!);

    /// <summary>Sends a leg's packet through.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="direction">Which of its packets.</param>
    /// <param name="crossing">Where it comes in, and where it must leave.</param>
    /// <param name="before">The way of the packet before it, which taught the bridge; null for the first.</param>
    public static BridgePass Of(
        DhcpLeg leg, DhcpDirection direction, BridgeCrossing crossing, PacketTrace? before)
    {
        SwitchNode alone = CollectedBridges.Alone(crossing.Node, crossing.Bridge);
        SwitchBridge bridge = alone.Bridge(crossing.Bridge)!;
        Packet packet = DhcpPackets.Tagged(DhcpPackets.Of(direction, leg), crossing.Vlan);
        if (crossing.Key > 0)
            packet = DhcpPackets.FromTunnel(packet, crossing.Key);
        CollectedBridges.EnterBy(bridge, crossing.From!, packet);
        PacketTrace trace = Translation.Run(alone, bridge, packet, TraceOptions.After(before is null ? [] : [before]));
        return new BridgePass(bridge, trace, crossing.To!.Device);
    }
}
