using QuantumNet.Simulation.OpenFlow;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Network;

/// <summary>What a tunnel, or the wire, makes of a packet between two nodes' bridges (ovs-vswitchd.conf.db(5),
/// options of tunnels).</summary>
internal static class TunnelCrossing
{
    private const ulong Hops = 64;

    /// <summary>The address that a tunnel port sends to: its own setting, or what the flow set; empty when neither
    /// tells.</summary>
    public static string RemoteAddress(OvsPort tunnel, Packet packet)
    {
        if (tunnel.RemoteIp != "flow")
            return tunnel.RemoteIp;
        ulong address = packet[PacketFields.TunnelDestination];
        return address == 0 || packet.IsUnknown(PacketFields.TunnelDestination) ? "" : PacketText.Ipv4(address);
    }

    /// <summary>The tunnel port of a node that takes what another node's tunnel port sends; null when it has none.
    /// One that names the sender goes before one that takes any.</summary>
    public static OvsPort? Entry(NodeView from, OvsPort tunnel, NodeView to)
    {
        string type = TunnelTypes.OnTheWire(tunnel.Type);
        OvsPort[] same = [.. to.Tunnels.Where(port => TunnelTypes.OnTheWire(port.Type) == type)];
        return Array.Find(same, port => from.Addresses.Contains(port.RemoteIp)
                && (tunnel.LocalIp.Length == 0 || tunnel.LocalIp == port.RemoteIp))
            ?? Array.Find(same, port => port.RemoteIp is "flow" or "");
    }

    /// <summary>The packet as the tunnel port gives it to its bridge; null when it takes another key.</summary>
    public static Packet? Arriving(OvsPort sent, OvsPort taken, Packet packet)
    {
        ulong? fixedOut = Key(sent, "out_key"), fixedIn = Key(taken, "in_key");
        ulong key = fixedOut ?? packet[PacketFields.TunnelId];
        if (fixedIn is ulong own && own != key)
            return null;
        Packet arriving = OnTheWire(packet);
        if (fixedIn is null && fixedOut is null && packet.IsUnknown(PacketFields.TunnelId))
            arriving.Forget(PacketFields.TunnelId);
        else
            arriving[PacketFields.TunnelId] = fixedIn is null ? key : 0;
        FieldText.Put(arriving, PacketFields.TunnelSource,
            taken.RemoteIp is "flow" or "" ? sent.LocalIp : taken.RemoteIp);
        FieldText.Put(arriving, PacketFields.TunnelDestination,
            taken.LocalIp.Length > 0 ? taken.LocalIp : sent.RemoteIp);
        arriving[PacketFields.TunnelTtl] = Hops;
        arriving.Forget(PacketFields.TunnelTos);
        return arriving;
    }

    /// <summary>What of a packet is on the wire: its headers; registers, marks and conntrack stay behind.</summary>
    public static Packet OnTheWire(Packet packet)
    {
        Packet wire = packet.Clone();
        wire.LeavePipeline();
        wire[PacketFields.PacketMark] = 0;
        return wire;
    }

    // A tunnel without a key takes and sends key 0.
    private static ulong? Key(OvsPort port, string name) =>
        port.TunnelKey(name) is not { } text ? 0
        : text != "flow" && FieldText.TryNumber(text, out UInt128 key) ? (ulong)key : null;
}
