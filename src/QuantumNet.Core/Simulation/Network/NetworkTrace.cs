using QuantumNet.Paths;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Simulation.KernelBridge;
using QuantumNet.Simulation.OpenFlow;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Network;

/// <summary>A packet's way through the bridges of one node, and what led it there.</summary>
/// <param name="Node">The node.</param>
/// <param name="Device">The port that it comes in by.</param>
/// <param name="Trace">Its way.</param>
/// <param name="From">The output of another node that sent it; null for the first.</param>
internal sealed record NodeTrace(NodeView Node, string Device, PacketTrace Trace, TraceOutput? From);

/// <summary>A packet's way from where it begins to where it ends.</summary>
/// <param name="Node">The node where it begins.</param>
/// <param name="Packet">The packet as it begins.</param>
/// <param name="Entry">For a DHCP request of a hybrid plug: the parts between the tap and br-int, up to one that loses
/// it.</param>
/// <param name="Nodes">Its way through the bridges of Open vSwitch; none where it does not come to br-int.</param>
/// <param name="Exits">For a DHCP reply to a hybrid plug: the parts between br-int and the tap, by the output that
/// leads there.</param>
internal sealed record PacketWay(
    NodeView Node, Packet Packet, IReadOnlyList<KernelStep> Entry, IReadOnlyList<NodeTrace> Nodes,
    IReadOnlyDictionary<TraceOutput, IReadOnlyList<KernelStep>> Exits)
{
    /// <summary>The way of a packet that meets no plug.</summary>
    public static PacketWay Of(NodeView node, Packet packet, IReadOnlyList<NodeTrace> nodes) =>
        new(node, packet, [], nodes, new Dictionary<TraceOutput, IReadOnlyList<KernelStep>>());

    /// <summary>The parts of the plug that it meets.</summary>
    public IEnumerable<KernelStep> PlugSteps => Entry.Concat(Exits.Values.SelectMany(steps => steps));
}

/// <summary>Follows a packet through Open vSwitch over nodes: what leaves by a tunnel port comes in by the tunnel port
/// of the node that owns the address; what leaves by the uplink of a physical network comes in by the uplinks of the
/// other nodes' bridges of that network.</summary>
internal sealed class NetworkTrace
{
    // A packet that goes round between nodes would never end: the network drops it by its time to live.
    private const int MaximumNodes = 64;

    private readonly CloudView _cloud;
    private readonly DhcpLeg? _leg;
    private readonly IReadOnlyList<NodeTrace> _before;
    private readonly ConntrackAnswer _conntrack;
    private readonly List<NodeTrace> _traces = [];
    private readonly Queue<(NodeView Node, OvsPort Port, Packet Packet, TraceOutput? From)> _waiting = new();

    private NetworkTrace(
        CloudView cloud, DhcpLeg? leg, IReadOnlyList<NodeTrace> before, ConntrackAnswer conntrack)
    {
        _conntrack = conntrack;
        _cloud = cloud;
        _leg = leg;
        _before = before;
    }

    /// <summary>Sends a packet in by a port of a node's bridge.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="node">The node.</param>
    /// <param name="port">The port.</param>
    /// <param name="packet">The packet as it comes in there.</param>
    /// <param name="leg">The leg it belongs to, which tells its physical network; null for any packet.</param>
    /// <param name="before">Where a packet went before it, of which each node's bridges learned.</param>
    /// <param name="conntrack">What conntrack says of it; a new connection when left out.</param>
    public static IReadOnlyList<NodeTrace> Run(CloudView cloud, NodeView node, OvsPort port, Packet packet,
        DhcpLeg? leg = null, IReadOnlyList<NodeTrace>? before = null, ConntrackAnswer? conntrack = null)
    {
        var run = new NetworkTrace(cloud, leg, before ?? [], conntrack ?? ConntrackAnswer.New);
        run._waiting.Enqueue((node, port, packet, null));
        while (run._waiting.TryDequeue(out var next) && run._traces.Count < MaximumNodes)
            run.Enter(next.Node, next.Port, next.Packet, next.From);
        return run._traces;
    }

    /// <summary>Sends a leg's DHCP packet from one end: the instance's tap, or the server's port of br-int.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="from">The end; its node and port must be known.</param>
    /// <param name="direction">Which packet.</param>
    /// <param name="request">The way of the request before it, of which each node's bridges learned.</param>
    public static PacketWay Dhcp(DhcpLeg leg, LegEnd from, DhcpDirection direction, PacketWay? request = null)
    {
        NodeView? hybrid = leg.Plug == PlugKind.Hybrid ? leg.Compute : null;
        IReadOnlyList<KernelStep> entry = direction == DhcpDirection.Request && hybrid is not null
            ? HybridPlug.Way(leg, hybrid, direction) : [];
        Packet packet = DhcpPackets.Of(direction, leg);
        IReadOnlyList<NodeTrace> nodes = entry.Any(step => step.IsLost) ? []
            : Run(leg.Cloud, from.Node!, from.Port!, packet.Clone(), leg, request?.Nodes);
        Dictionary<TraceOutput, IReadOnlyList<KernelStep>> exits = [];
        if (direction == DhcpDirection.Reply && hybrid is not null)
        {
            foreach (TraceOutput output in nodes.Where(trace => trace.Node == hybrid)
                .SelectMany(trace => trace.Trace.Outputs).Where(output => output.Port == leg.OvsDevice))
                exits[output] = HybridPlug.Way(leg, hybrid, direction);
        }
        return new(from.Node!, packet, entry, nodes, exits);
    }

    private void Enter(NodeView node, OvsPort port, Packet packet, TraceOutput? from)
    {
        SwitchNode switches = CollectedBridges.Joined(node);
        if (switches.Bridge(port.Bridge) is not { } bridge)
            return;
        CollectedBridges.EnterBy(bridge, port, packet);
        PacketTrace[] before = [.. _before.Where(trace => trace.Node == node).Select(trace => trace.Trace)];
        PacketTrace trace = Translation.Run(switches, bridge, packet,
            TraceOptions.After(before) with { Track = (_, _) => _conntrack });
        _traces.Add(new NodeTrace(node, port.Device, trace, from));
        foreach (TraceOutput output in trace.Outputs)
            Leave(node, output);
    }

    private void Leave(NodeView node, TraceOutput output)
    {
        if (node.PortsOf(output.Bridge).FirstOrDefault(port => port.Device == output.Port) is not { } port)
            return;
        if (NodeView.IsTunnel(port))
            LeaveByTunnel(node, port, output);
        else if (PhysicalBridge.VethPeer(node, port) is { } peer)
            _waiting.Enqueue((node, peer, TunnelCrossing.OnTheWire(output.Packet), output));
        else if (node.PhysicalBridges.FirstOrDefault(physical => physical.Name == output.Bridge) is { } bridge
            && bridge.Uplinks(node).Any(uplink => uplink.Device == port.Device))
            LeaveByUplink(node, bridge, output);
    }

    private void LeaveByTunnel(NodeView node, OvsPort tunnel, TraceOutput output)
    {
        if (TunnelCrossing.RemoteAddress(tunnel, output.Packet) is not { Length: > 0 } remote)
        {
            TraceStep step = output.Step.Add(Note(output, $"{tunnel.Device}: the flow sets the other end's address"));
            step.Unknown = "the address of the tunnel's other end is not known";
            return;
        }
        if (_cloud.Node(TunnelEndpoints.Of(_cloud.Cloud).HolderOf(remote)) is not { } peer)
        {
            TraceStep step = output.Step.Add(Note(output, $"tunnel to {remote}"));
            (step.Unknown, step.Stranger) = ($"no collected node has the address {remote}", remote);
            return;
        }
        if (TunnelCrossing.Entry(node, tunnel, peer) is not { } entry)
            output.Step.Add(Note(output, $"{peer.Name} has no {tunnel.Type} tunnel back to {node.Name}: it drops it"));
        else if (TunnelCrossing.Arriving(tunnel, entry, output.Packet) is not { } packet)
            output.Step.Add(Note(output, $"{entry.Device} on {peer.Name} takes another key: {peer.Name} drops it"));
        else
            _waiting.Enqueue((peer, entry, packet, output));
    }

    private void LeaveByUplink(NodeView node, PhysicalBridge bridge, TraceOutput output)
    {
        if (_leg is null || PhysicalBridges.Find(_leg, node)?.Name != bridge.Name)
        {
            output.Step.Add(Note(output, $"leaves by {output.Port}")).Unknown =
                $"what the network behind {output.Port} does with it was not collected";
            return;
        }
        foreach (NodeView peer in _cloud.Nodes.Where(peer => peer != node))
        {
            if (PhysicalBridges.Find(_leg, peer)?.Uplinks(peer).FirstOrDefault() is { } uplink)
                _waiting.Enqueue((peer, uplink, TunnelCrossing.OnTheWire(output.Packet), output));
        }
    }

    private static TraceStep Note(TraceOutput output, string text) => new()
    {
        Bridge = output.Bridge, Kind = "note", Text = text, Before = output.Packet, After = output.Packet,
    };
}
