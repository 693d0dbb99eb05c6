using System.Collections.Concurrent;
using QuantumNet.Simulation.OpenFlow;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Bridge;

/// <summary>A node's bridges as what was collected of it shows them, ready to send packets through.</summary>
internal static class CollectedBridges
{
    // OpenFlow 1.0 numbers no port as high: such a number is not a flow's.
    private const int FirstUntold = 0x1_0000;

    private static readonly NodeMemo<ConcurrentDictionary<string, SwitchNode>> s_alone = new(_ => new());
    private static readonly NodeMemo<SwitchNode> s_joined = new(node => new SwitchNode(
        node.OvsPorts.Select(port => port.Bridge).Distinct().Select(bridge => Build(node, bridge, isJoined: true))));

    /// <summary>One bridge by itself: what it sends to a patch port has left it.</summary>
    public static SwitchNode Alone(NodeView node, string bridge) =>
        s_alone.Of(node).GetOrAdd(bridge, name => new SwitchNode([Build(node, name, isJoined: false)]));

    /// <summary>All bridges of a node, joined by their patch ports.</summary>
    public static SwitchNode Joined(NodeView node) => s_joined.Of(node);

    /// <summary>Lets a packet come in by a port. One whose number nothing tells may be any that a flow asks for by
    /// number.</summary>
    public static void EnterBy(SwitchBridge bridge, OvsPort port, Packet packet)
    {
        int number = bridge.Find(port.Device)?.Number ?? PortNames.None;
        bool isUntold = number >= FirstUntold && bridge.AsksForNumbers;
        packet.Set(new FieldPart(PacketFields.InPort), (uint)number,
            isUntold ? PacketFields.InPort.Full : UInt128.Zero);
    }

    /// <summary>What becomes of packets on a bridge whose dump holds no flow. In secure mode they are dropped.
    /// In standalone mode Open vSwitch installs an entry for NORMAL itself, which the dump then shows;
    /// only the entry for a controller that is not connected is hidden (ofproto/fail-open.c).</summary>
    public static EmptyBridge WithoutFlows(NodeView node, string bridge) => node.Bridge(bridge) switch
    {
        _ when !node.State.Has("OvsFlow", bridge) => EmptyBridge.NotCollected,
        null => EmptyBridge.Unknown,
        { FailMode: "secure" } => EmptyBridge.Drops,
        { Controllers.Length: 0 } => EmptyBridge.Drops,
        { IsConnected: true } => EmptyBridge.Drops,
        { IsConnected: false } => EmptyBridge.Normal,
        _ => EmptyBridge.Unknown,
    };

    private static SwitchBridge Build(NodeView node, string bridge, bool isJoined)
    {
        Dictionary<string, OpenFlowPort> shown = new(StringComparer.Ordinal);
        foreach (OpenFlowPort port in node.State.OpenFlowPorts.Where(port => port.Bridge == bridge))
            shown.TryAdd(port.Device, port);
        int untold = FirstUntold;
        SwitchPort[] ports =
        [
            .. node.PortsOf(bridge).Select(port => SwitchPort.Of(port, NumberOf(port) ?? untold++,
                shown.GetValueOrDefault(port.Device))).Select(port => isJoined ? port : port with { Peer = "" }),
        ];
        var built = new SwitchBridge(bridge, ports, node.FlowsIn(bridge))
        {
            HasUnnumberedPorts = untold > FirstUntold,
            AsksForNumbers = node.FlowsIn(bridge).Any(flow =>
                flow.Find("in_port") is { } port && FlowRoles.Number(port.Value) is not null),
            WithoutFlows = WithoutFlows(node, bridge),
            Groups = !node.State.Has("OvsGroup", bridge) ? null
                : FlowGroup.ByNumber(node.State.OvsGroups.Where(group => group.Bridge == bridge)),
        };
        return node.State.Has("OvsFdb", bridge)
            ? built.WithMacs(node.State.OvsFdbEntries.Where(entry => entry.Bridge == bridge)) : built;
    }

    private static int? NumberOf(OvsPort port) =>
        port.Device == port.Bridge ? PortNames.Local : port.OfPort is >= 0 ? port.OfPort : null;
}
