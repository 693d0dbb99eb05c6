using QuantumNet.Paths;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Simulation.OpenFlow;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Reach;

/// <summary>A question from a DHCP server's device to an instance, and the answer to it, as switches and filters see
/// them.</summary>
/// <param name="Kind">The question.</param>
/// <param name="TcpPort">The port, for TCP.</param>
internal sealed record ReachPacket(ReachabilityKind Kind, int TcpPort)
{
    private const ulong Broadcast = 0xffff_ffff_ffff, Hops = 64, ArpRequest = 1, ArpReply = 2;
    private const int Icmp = 1, Tcp = 6, EchoRequest = 8, Syn = 2, Ack = 16;

    // ip_local_port_range, as the kernel has it by default (ip-sysctl).
    private static readonly (int First, int Last) s_local = (32768, 60999);

    /// <summary>The packet as it comes into br-int.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="isAnswer">Whether it is the answer.</param>
    public Packet Switched(DhcpLeg leg, bool isAnswer)
    {
        var packet = new Packet();
        (string from, string to) = Ends(leg, isAnswer);
        FieldText.Put(packet, PacketFields.EthernetSource, isAnswer ? leg.Port.Mac : leg.ServerEnd!.Mac);
        FieldText.Put(packet, PacketFields.EthernetDestination, isAnswer ? leg.ServerEnd!.Mac : leg.Port.Mac);
        FieldText.Put(packet, PacketFields.Ipv4Source, from);
        FieldText.Put(packet, PacketFields.Ipv4Destination, to);
        if (Kind == ReachabilityKind.Arp)
            return Asking(packet, isAnswer);
        packet[PacketFields.EthernetType] = EtherTypes.Ipv4;
        packet[PacketFields.Ttl] = Hops;
        packet[PacketFields.Protocol] = (ulong)(Kind == ReachabilityKind.Ping ? Icmp : Tcp);
        if (Kind == ReachabilityKind.Ping)
        {
            packet[PacketFields.SourcePort] = isAnswer ? 0 : (ulong)EchoRequest;     // the type; the code is 0
            return packet;
        }
        PacketField own = isAnswer ? PacketFields.SourcePort : PacketFields.DestinationPort;
        packet[own] = (ulong)TcpPort;
        packet.Forget(isAnswer ? PacketFields.DestinationPort : PacketFields.SourcePort);
        packet[PacketFields.TcpFlags] = (ulong)(isAnswer ? Syn | Ack : Syn);
        return packet;
    }

    /// <summary>The packet as it crosses the Linux bridge of a hybrid plug; null for ARP, which iptables does not
    /// meet.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="isAnswer">Whether it is the answer.</param>
    public FilteredPacket? Bridged(DhcpLeg leg, bool isAnswer)
    {
        (string from, string to) = Ends(leg, isAnswer);
        string inner = DeviceNames.VethBridgeEnd(leg.Port.PortId);
        bool isTcp = Kind == ReachabilityKind.Tcp;
        return Kind == ReachabilityKind.Arp ? null : new FilteredPacket
        {
            Protocol = isTcp ? Tcp : Icmp,
            Icmp = isTcp ? null : (isAnswer ? 0 : EchoRequest, 0),
            TcpFlags = !isTcp ? null : isAnswer ? Syn | Ack : Syn,
            SourcePort = isTcp && isAnswer ? TcpPort : null,
            SourcePorts = isTcp && !isAnswer ? s_local : null,
            DestinationPort = isTcp && !isAnswer ? TcpPort : null,
            Source = HostAddress.Parse(from),
            Destination = HostAddress.Parse(to),
            SourceMac = isAnswer ? leg.Port.Mac : leg.ServerEnd!.Mac,
            FrameKind = "unicast",
            State = isAnswer ? ConntrackState.Established : ConntrackState.New,
            IsBridged = true,
            InDevice = leg.LinuxBridge,
            OutDevice = leg.LinuxBridge,
            PhysicalIn = isAnswer ? leg.Tap : inner,
            PhysicalOut = isAnswer ? inner : leg.Tap,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        ReachabilityKind.Arp => "ARP",
        ReachabilityKind.Ping => "ping",
        _ => $"TCP {TcpPort}",
    };

    private static (string From, string To) Ends(DhcpLeg leg, bool isAnswer) =>
        isAnswer ? (leg.Port.IpAddress, leg.ServerAddress) : (leg.ServerAddress, leg.Port.IpAddress);

    private static Packet Asking(Packet packet, bool isAnswer)
    {
        packet[PacketFields.EthernetType] = EtherTypes.Arp;
        packet[PacketFields.ArpOperation] = isAnswer ? ArpReply : ArpRequest;
        packet[PacketFields.ArpSourceMac] = packet[PacketFields.EthernetSource];
        if (isAnswer)
            packet[PacketFields.ArpTargetMac] = packet[PacketFields.EthernetDestination];
        else
            packet[PacketFields.EthernetDestination] = Broadcast;
        return packet;
    }
}
