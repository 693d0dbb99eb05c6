using QuantumNet.Paths;
using QuantumNet.Simulation.Client;
using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Simulation;

/// <summary>DHCP's packets between the ends of a leg, as switches see them (RFC 2131).
/// What nothing tells of them is marked as not known.</summary>
internal static class DhcpPackets
{
    private const ulong ServerPort = 67;
    private const ulong ClientPort = 68;
    private const ulong Hops = 64;
    private const ulong Broadcast = 0xffff_ffff_ffff;

    /// <summary>The packet of a direction: the DISCOVER, or the OFFER to it.</summary>
    public static Packet Of(DhcpDirection direction, DhcpLeg leg) =>
        direction == DhcpDirection.Request ? Discover(leg.Port.Mac) : Offer(leg);

    /// <summary>A client's DISCOVER, from no address to all.</summary>
    public static Packet Discover(string mac)
    {
        Packet packet = Udp(ClientPort, ServerPort);
        FieldText.Put(packet, PacketFields.EthernetSource, mac);
        packet[PacketFields.EthernetDestination] = Broadcast;
        packet[PacketFields.Ipv4Destination] = uint.MaxValue;
        return packet;
    }

    /// <summary>The OFFER, which dnsmasq sends to the client's own MAC and the address that it offers.</summary>
    public static Packet Offer(DhcpLeg leg)
    {
        Packet packet = Udp(ServerPort, ClientPort);
        FieldText.Put(packet, PacketFields.EthernetSource, leg.ServerEnd?.Mac ?? "");
        FieldText.Put(packet, PacketFields.EthernetDestination, leg.Port.Mac);
        FieldText.Put(packet, PacketFields.Ipv4Source, leg.ServerAddress);
        FieldText.Put(packet, PacketFields.Ipv4Destination, OfferedAddress(leg));
        return packet;
    }

    /// <summary>The address that the server offers: the one that its dnsmasq decides on, where that can be told, else
    /// the port's own.</summary>
    public static string OfferedAddress(DhcpLeg leg) =>
        LeaseDecision.Of(leg) is { IsLeased: true } decision ? decision.IpAddress : leg.Port.IpAddress;

    /// <summary>Puts a tag on a packet that has none; 0 puts none on.</summary>
    public static Packet Tagged(Packet packet, int vlan)
    {
        const ulong tpid = 0x8100, present = 0x1000;
        if (vlan != 0)
            packet.Vlans = (tpid << 48) | ((present | (ulong)(uint)vlan) << 32);
        return packet;
    }

    /// <summary>As a tunnel port gives it to its bridge, with the key it came with.</summary>
    public static Packet FromTunnel(Packet packet, long key)
    {
        packet[PacketFields.TunnelId] = (ulong)key;
        foreach (PacketField field in (PacketField[])[PacketFields.TunnelSource, PacketFields.TunnelDestination,
            PacketFields.TunnelTtl, PacketFields.TunnelTos])
            packet.Forget(field);
        return packet;
    }

    private static Packet Udp(ulong from, ulong to)
    {
        var packet = new Packet();
        packet[PacketFields.EthernetType] = EtherTypes.Ipv4;
        packet[PacketFields.Protocol] = IpProtocols.Udp;
        packet[PacketFields.SourcePort] = from;
        packet[PacketFields.DestinationPort] = to;
        packet[PacketFields.Ttl] = Hops;
        packet.Forget(PacketFields.Tos);     // clients differ: dhclient asks for low delay, others for nothing
        return packet;
    }
}
