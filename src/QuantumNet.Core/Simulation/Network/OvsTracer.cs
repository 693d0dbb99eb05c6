using QuantumNet.Paths;
using QuantumNet.Simulation.OpenFlow;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Network;

/// <summary>Traces packets through the Open vSwitch bridges of a cloud.</summary>
internal sealed class OvsTracer(Cloud cloud)
{
    private readonly CloudView _cloud = new(cloud);

    /// <summary>The way of a port's DHCP packets to and from each of its network's DHCP servers.</summary>
    /// <param name="port">The port.</param>
    /// <param name="direction">The direction; null for the request, then the reply.</param>
    /// <param name="problem">Why there is none, of a leg that has none; empty where there is one for each.</param>
    public IReadOnlyList<OvsTraceStep> Dhcp(QuantumPort port, DhcpDirection? direction, out string problem)
    {
        var steps = new List<OvsTraceStep>();
        problem = "";
        IReadOnlyList<DhcpLeg> legs = new LegFinder(_cloud).Find(port);
        if (legs.Count == 0)
            return steps;
        // The request goes to all servers: it is the same for each.
        IReadOnlyList<NodeTrace> request =
            Send(legs[0], legs[0].ComputeEnd, DhcpDirection.Request, [], ref problem);
        if (direction != DhcpDirection.Reply)
            Add(steps, request, DhcpDirection.Request);
        foreach (DhcpLeg leg in legs)
        {
            if (direction != DhcpDirection.Request && leg.ServerEnd is { } server)
                Add(steps, Send(leg, server, DhcpDirection.Reply, request, ref problem), DhcpDirection.Reply);
        }
        return steps;
    }

    /// <summary>The way of any packet that comes in by a port of a bridge.</summary>
    /// <param name="node">The node.</param>
    /// <param name="bridge">The bridge.</param>
    /// <param name="packet">The packet, in the words of <c>ofproto/trace</c>; its <c>in_port</c> is a number or a
    /// name.</param>
    /// <param name="problem">Why there is none; empty where there is one.</param>
    public IReadOnlyList<OvsTraceStep> Any(NodeState node, string bridge, string packet, out string problem)
    {
        NodeView view = _cloud.Node(node.ComputerName)!;
        Bridge.SwitchBridge known = Bridge.CollectedBridges.Joined(view).Bridge(bridge)!;
        Packet? read = PacketText.Read(packet, known.NumberOf, out string field);
        OvsPort? port = read is null || known.Port(read.InPort) is not { } entry ? null
            : view.PortsOf(bridge).FirstOrDefault(one => one.Device == entry.Name);
        problem = read is null ? $"{field} is no field of a packet that is known here"
            : port is null ? $"in_port names no port of {bridge} on {view.Name}" : "";
        var steps = new List<OvsTraceStep>();
        if (port is not null)
            Add(steps, NetworkTrace.Run(_cloud, view, port, read!), null);
        return steps;
    }

    private static IReadOnlyList<NodeTrace> Send(
        DhcpLeg leg, LegEnd end, DhcpDirection direction, IReadOnlyList<NodeTrace> before, ref string problem)
    {
        if (end is { Node: { } node, Port: { } port })
            return NetworkTrace.Run(leg.Cloud, node, port, DhcpPackets.Of(direction, leg), leg, before);
        problem = end.Node is null
            ? $"nothing was collected from {(end.NodeName.Length > 0 ? end.NodeName : "its node")}"
            : $"Open vSwitch on {end.NodeName} has no port {end.Device}";
        return [];
    }

    private static void Add(List<OvsTraceStep> steps, IReadOnlyList<NodeTrace> traces, DhcpDirection? direction)
    {
        foreach (OvsTraceStep step in TraceSteps.Of(traces))
            steps.Add(step with { Sequence = steps.Count + 1, Direction = direction });
    }
}
