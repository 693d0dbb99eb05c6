using System.Collections.Concurrent;
using QuantumNet.Paths;
using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Simulation.Bridge;

/// <summary>A node's bridges as what was collected of it shows them, ready to send packets through.</summary>
internal static class CollectedBridges
{
    // OpenFlow 1.0 numbers no port as high: such a number is no flow's.
    private const int FirstUntold = 0x1_0000;

    private static readonly NodeMemo<ConcurrentDictionary<string, SwitchBridge>> s_alone = new(_ => new());

    /// <summary>One bridge by itself: what it sends to a patch port has left it.</summary>
    public static SwitchBridge Alone(NodeView node, string bridge) =>
        s_alone.Of(node).GetOrAdd(bridge, name => Build(node, name));

    /// <summary>What becomes of packets on a bridge whose dump holds no flow. In secure mode they are dropped.
    /// In standalone mode Open vSwitch installs an entry for NORMAL itself, which the dump then shows;
    /// only the entry for a controller that is not connected is hidden (ofproto/fail-open.c).</summary>
    public static EmptyBridge WithoutFlows(NodeView node, string bridge) => node.Bridge(bridge) switch
    {
        null => EmptyBridge.Unknown,
        { FailMode: "secure" } => EmptyBridge.Drops,
        { Controllers.Length: 0 } => EmptyBridge.Drops,
        { IsConnected: true } => EmptyBridge.Drops,
        { IsConnected: false } => EmptyBridge.Normal,
        _ => EmptyBridge.Unknown,
    };

    private static SwitchBridge Build(NodeView node, string bridge)
    {
        Dictionary<string, OpenFlowPort> shown = new(StringComparer.Ordinal);
        foreach (OpenFlowPort port in node.State.OpenFlowPorts.Where(port => port.Bridge == bridge))
            shown.TryAdd(port.Device, port);
        int untold = FirstUntold;
        SwitchPort[] ports =
        [
            .. node.PortsOf(bridge).Select(port => SwitchPort.Of(port, NumberOf(port) ?? untold++,
                shown.GetValueOrDefault(port.Device)) with { Peer = "" }),
        ];
        var built = new SwitchBridge(bridge, ports, node.FlowsIn(bridge))
        {
            HasUnnumberedPorts = untold > FirstUntold,
            AsksForNumbers = node.FlowsIn(bridge).Any(flow =>
                flow.Find("in_port") is { } port && FlowRoles.Number(port.Value) is not null),
            WithoutFlows = WithoutFlows(node, bridge),
        };
        return node.State.Has("OvsFdb", bridge)
            ? built.WithMacs(node.State.OvsFdbEntries.Where(entry => entry.Bridge == bridge)) : built;
    }

    private static int? NumberOf(OvsPort port) =>
        port.Device == port.Bridge ? PortNames.Local : port.OfPort is >= 0 ? port.OfPort : null;
}
