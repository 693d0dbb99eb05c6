using QuantumNet.Paths;
using QuantumNet.Simulation.OpenFlow;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Network;

/// <summary>Traces packets through the Open vSwitch bridges of a cloud, and DHCP packets of a hybrid plug from its
/// tap and to it.</summary>
internal sealed class OvsTracer(Cloud cloud)
{
    private readonly CloudView _cloud = new(cloud);

    /// <summary>The way of a port's DHCP packets to and from each of its network's DHCP servers.</summary>
    /// <param name="port">The port.</param>
    /// <param name="direction">The direction; null for the request, then the reply.</param>
    public OvsTrace Dhcp(QuantumPort port, DhcpDirection? direction)
    {
        var trace = new OvsTrace();
        IReadOnlyList<DhcpLeg> legs = new LegFinder(_cloud).Find(port);
        if (legs.Count == 0)
            return trace;
        // The request goes to all servers: it is the same for each.
        PacketWay? request = Send(legs[0], legs[0].ComputeEnd, DhcpDirection.Request, null, trace);
        if (direction != DhcpDirection.Reply)
            trace.Add(request, DhcpDirection.Request);
        foreach (DhcpLeg leg in legs)
        {
            if (direction != DhcpDirection.Request && leg.ServerEnd is { } server)
                trace.Add(Send(leg, server, DhcpDirection.Reply, request, trace), DhcpDirection.Reply);
        }
        return trace;
    }

    /// <summary>The way of any packet that comes in by a port of a bridge.</summary>
    /// <param name="node">The node.</param>
    /// <param name="bridge">The bridge.</param>
    /// <param name="packet">The packet, in the words of <c>ofproto/trace</c>; its <c>in_port</c> is a number or a
    /// name.</param>
    public OvsTrace Any(string node, string bridge, string packet)
    {
        NodeView view = _cloud.Node(node)!;
        Bridge.SwitchBridge known = Bridge.CollectedBridges.Joined(view).Bridge(bridge)!;
        Packet? read = PacketText.Read(packet, known.NumberOf, out string field);
        OvsPort? port = read is null || known.Port(read.InPort) is not { } entry ? null
            : view.PortsOf(bridge).FirstOrDefault(one => one.Device == entry.Name);
        var trace = new OvsTrace();
        trace.Problem = read is null ? $"{field} is not a field of a packet that is known here"
            : port is null ? $"in_port names no port of {bridge} on {view.Name}" : "";
        if (port is not null)
            trace.Add(PacketWay.Of(view, read!, NetworkTrace.Run(_cloud, view, port, read!)), null);
        return trace;
    }

    private static PacketWay? Send(
        DhcpLeg leg, LegEnd end, DhcpDirection direction, PacketWay? request, OvsTrace trace)
    {
        if (end is { Node: not null, Port: not null })
            return NetworkTrace.Dhcp(leg, end, direction, request);
        trace.Problem = end.WhyUnplugged;
        return null;
    }
}
