using System.Globalization;
using System.Text;
using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Simulation.OpenFlow;

/// <summary>A packet in words, as <c>ofproto/trace</c> takes and prints it:
/// <c>udp,in_port=1,dl_src=fa:16:3e:00:00:01,nw_src=0.0.0.0,tp_src=68</c>.</summary>
internal static class PacketText
{
    /// <summary>Reads a packet; null when one of its fields is not known here.</summary>
    public static Packet? Read(string text, Func<string, int?> portNumber) => Read(text, portNumber, out _);

    /// <summary>Reads a packet; null, and which field it is, when one of them is not known here.</summary>
    public static Packet? Read(string text, Func<string, int?> portNumber, out string unknownField)
    {
        FlowMatch match = FlowMatch.Read(text, portNumber);
        unknownField = match.Unmodelled;
        if (unknownField.Length > 0)
            return null;
        Packet packet = match.ToPacket();
        if (!match.LooksAt(PacketFields.InPort))
            packet.InPort = PortNames.None;
        return packet;
    }

    /// <summary>Its fields that are not zero, in the order of <c>ofproto/trace</c>; <c>?</c> for what is not known.
    /// </summary>
    public static string Format(Packet packet)
    {
        var text = new StringBuilder(Protocol(packet));
        AddMetadata(packet, text);
        AddVlans(packet, text);
        Add(text, "dl_src", Known(packet, PacketFields.EthernetSource, Mac(packet[PacketFields.EthernetSource])));
        Add(text, "dl_dst",
            Known(packet, PacketFields.EthernetDestination, Mac(packet[PacketFields.EthernetDestination])));
        if (packet.IsIp)
            AddIp(packet, text);
        else if (packet.Is(FieldNeeds.Arp) == true)
            AddArp(packet, text);
        else
            Add(text, "dl_type", $"0x{packet[PacketFields.EthernetType]:x4}");
        return text.ToString().TrimStart(',');
    }

    /// <summary>A MAC address.</summary>
    public static string Mac(ulong value)
    {
        var text = new StringBuilder();
        for (int shift = 40; shift >= 0; shift -= 8)
            text.Append(((value >> shift) & 0xff).ToString("x2", CultureInfo.InvariantCulture))
                .Append(shift > 0 ? ":" : "");
        return text.ToString();
    }

    /// <summary>An IPv4 address.</summary>
    public static string Ipv4(ulong value) => DottedQuad.Format((uint)value);

    /// <summary>An IPv6 address.</summary>
    public static string Ipv6(UInt128 value) => new HostAddress(value, IsSix: true).ToString();

    private static string Protocol(Packet packet)
    {
        string six = packet.Is(FieldNeeds.Ipv6) == true ? "6" : "";
        if (packet.Is(FieldNeeds.Arp) == true)
            return packet[PacketFields.EthernetType] == EtherTypes.Arp ? "arp" : "rarp";
        if (!packet.IsIp)
            return "";
        return packet[PacketFields.Protocol] switch
        {
            IpProtocols.Tcp => "tcp" + six,
            IpProtocols.Udp => "udp" + six,
            IpProtocols.Sctp => "sctp" + six,
            IpProtocols.Icmp when six.Length == 0 => "icmp",
            IpProtocols.Icmpv6 when six.Length > 0 => "icmp6",
            _ => six.Length > 0 ? "ipv6" : "ip",
        };
    }

    private static void AddMetadata(Packet packet, StringBuilder text)
    {
        if (packet[PacketFields.PacketMark] != 0)
            Add(text, "pkt_mark", $"0x{packet[PacketFields.PacketMark]:x}");
        if (packet[PacketFields.ConntrackState] is var state and not 0)
            Add(text, "ct_state", FieldText.ConntrackFlags(state));
        AddHex(packet, text, PacketFields.ConntrackZone, PacketFields.ConntrackMark, PacketFields.ConntrackLabel);
        for (int i = 0; i < 16; i++)
            AddHex(packet, text, PacketFields.Register(i));
        AddHex(packet, text, PacketFields.Metadata, PacketFields.TunnelId);
        foreach (PacketField field in (PacketField[])[PacketFields.TunnelSource, PacketFields.TunnelDestination])
        {
            if (packet[field] != 0 || packet.IsUnknown(field))
                Add(text, field.Name, Known(packet, field, Ipv4(packet[field])));
        }
        Add(text, "in_port",
            packet.InPort == PortNames.Local ? "LOCAL" : packet.InPort.ToString(CultureInfo.InvariantCulture));
    }

    private static void AddHex(Packet packet, StringBuilder text, params PacketField[] fields)
    {
        foreach (PacketField field in fields)
        {
            UInt128 value = packet.Get(new FieldPart(field));
            if (packet.IsUnknown(field))
                Add(text, field.Name, "?");
            else if (value != UInt128.Zero)
                Add(text, field.Name, $"0x{value:x}");
        }
    }

    private static void AddVlans(Packet packet, StringBuilder text)
    {
        if (packet.IsUnknown(PacketFields.VlanTci))
        {
            Add(text, "vlan_tci", "?");
            return;
        }
        ulong tci = packet[PacketFields.VlanTci];
        ulong inner = packet[PacketFields.InnerVlanTci];
        if (!packet.HasVlan && tci != 0)
            Add(text, "vlan_tci", $"0x{tci:x4}");
        if (!packet.HasVlan)
            return;
        Add(text, "dl_vlan", $"{tci & 0xfff}");
        Add(text, "dl_vlan_pcp", $"{tci >> 13}");
        if (inner != 0)
            Add(text, "vlan_tci1", $"0x{inner:x4}");
    }

    private static void AddIp(Packet packet, StringBuilder text)
    {
        if (packet.Is(FieldNeeds.Ipv4) == true)
        {
            Add(text, "nw_src", Known(packet, PacketFields.Ipv4Source, Ipv4(packet[PacketFields.Ipv4Source])));
            Add(text, "nw_dst",
                Known(packet, PacketFields.Ipv4Destination, Ipv4(packet[PacketFields.Ipv4Destination])));
        }
        else
        {
            Add(text, "ipv6_src", Ipv6(packet.Get(new FieldPart(PacketFields.Ipv6Source))));
            Add(text, "ipv6_dst", Ipv6(packet.Get(new FieldPart(PacketFields.Ipv6Destination))));
        }
        if (Protocol(packet) is "ip" or "ipv6")
            Add(text, "nw_proto", $"{packet[PacketFields.Protocol]}");
        Add(text, "nw_tos", Known(packet, PacketFields.Dscp, $"{packet[PacketFields.Tos] & 0xfc}"));
        Add(text, "nw_ecn", Known(packet, PacketFields.Ecn, $"{packet[PacketFields.Ecn]}"));
        Add(text, "nw_ttl", $"{packet[PacketFields.Ttl]}");
        if (packet[PacketFields.Fragment] is var place and not 0)
            Add(text, "nw_frag", place == 1 ? "first" : "later");
        string protocol = Protocol(packet);
        bool isIcmp = protocol is "icmp" or "icmp6";
        string names = protocol == "icmp6" ? "icmpv6" : "icmp";
        if (protocol is "ip" or "ipv6")
            return;
        Add(text, isIcmp ? $"{names}_type" : "tp_src", $"{packet[PacketFields.SourcePort]}");
        Add(text, isIcmp ? $"{names}_code" : "tp_dst", $"{packet[PacketFields.DestinationPort]}");
    }

    private static void AddArp(Packet packet, StringBuilder text)
    {
        Add(text, "arp_spa", Ipv4(packet[PacketFields.Ipv4Source]));
        Add(text, "arp_tpa", Ipv4(packet[PacketFields.Ipv4Destination]));
        Add(text, "arp_op", $"{packet[PacketFields.ArpOperation]}");
        Add(text, "arp_sha", Mac(packet[PacketFields.ArpSourceMac]));
        Add(text, "arp_tha", Mac(packet[PacketFields.ArpTargetMac]));
    }

    private static string Known(Packet packet, PacketField field, string value) =>
        packet.IsUnknown(field) ? "?" : value;

    private static void Add(StringBuilder text, string name, string value) =>
        text.Append(',').Append(name).Append('=').Append(value);
}
