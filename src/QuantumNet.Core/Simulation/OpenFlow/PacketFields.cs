using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Simulation.OpenFlow;

/// <summary>The fields of a packet by name: those of ovs-fields(7), with the NXM and OXM names of actions. Words that
/// overlap do so as in Open vSwitch: <c>xreg0</c> is <c>reg0</c> and <c>reg1</c>, an ICMP type lies
/// in the source port.</summary>
internal static class PacketFields
{
    /// <summary>How many words a packet has.</summary>
    public const int WordCount = 47;

    /// <summary>Registers that Open vSwitch has since 3.5; before, it had 16.</summary>
    public const int RegisterCount = 32;
    private const int FirstRegisterWord = 14;

    private static readonly WordTable<PacketField> s_byName = new();

    public static readonly PacketField InPort = Add(new("in_port", 32, 0, 32, Form: FieldForm.Port),
        "in_port_oxm OXM_OF_IN_PORT");
    public static readonly PacketField ConjunctionId = Add(new("conj_id", 32, 0, 0) { IsWritable = false },
        "NXM_NX_CONJ_ID");
    public static readonly PacketField Metadata = Add(new("metadata", 64, 1, 0), "OXM_OF_METADATA");
    public static readonly PacketField PacketMark = Add(new("pkt_mark", 32, 2, 32), "NXM_NX_PKT_MARK skb_mark");
    public static readonly PacketField RecirculationId = Add(new("recirc_id", 32, 2, 0) { IsWritable = false },
        "NXM_NX_RECIRC_ID");
    public static readonly PacketField ConntrackState =
        Add(new("ct_state", 32, 3, 32, Form: FieldForm.ConntrackState) { IsWritable = false }, "NXM_NX_CT_STATE");
    public static readonly PacketField ConntrackMark = Add(new("ct_mark", 32, 3, 0), "NXM_NX_CT_MARK");
    public static readonly PacketField ConntrackLabel = Add(new("ct_label", 128, 4, 0), "NXM_NX_CT_LABEL");
    public static readonly PacketField ConntrackZone = Add(new("ct_zone", 16, 6, 48) { IsWritable = false },
        "NXM_NX_CT_ZONE");
    public static readonly PacketField TunnelId = Add(new("tun_id", 64, 7, 0),
        "tunnel_id NXM_NX_TUN_ID OXM_OF_TUNNEL_ID");
    public static readonly PacketField TunnelSource =
        Add(new("tun_src", 32, 8, 32, Form: FieldForm.Ipv4), "NXM_NX_TUN_IPV4_SRC");
    public static readonly PacketField TunnelDestination =
        Add(new("tun_dst", 32, 8, 0, Form: FieldForm.Ipv4), "NXM_NX_TUN_IPV4_DST");
    public static readonly PacketField TunnelSource6 =
        Add(new("tun_ipv6_src", 128, 9, 0, Form: FieldForm.Ipv6), "NXM_NX_TUN_IPV6_SRC");
    public static readonly PacketField TunnelDestination6 =
        Add(new("tun_ipv6_dst", 128, 11, 0, Form: FieldForm.Ipv6), "NXM_NX_TUN_IPV6_DST");
    public static readonly PacketField TunnelTtl = Add(new("tun_ttl", 8, 13, 0));
    public static readonly PacketField TunnelTos = Add(new("tun_tos", 8, 13, 8));
    public static readonly PacketField EthernetSource =
        Add(new("eth_src", 48, 30, 16, Form: FieldForm.Mac), "dl_src NXM_OF_ETH_SRC OXM_OF_ETH_SRC");
    public static readonly PacketField EthernetType =
        Add(new("eth_type", 16, 30, 0) { IsWritable = false }, "dl_type NXM_OF_ETH_TYPE OXM_OF_ETH_TYPE");
    public static readonly PacketField EthernetDestination =
        Add(new("eth_dst", 48, 31, 16, Form: FieldForm.Mac), "dl_dst NXM_OF_ETH_DST OXM_OF_ETH_DST");
    public static readonly PacketField VlanType = new("vlan_tpid", 16, 32, 48);
    public static readonly PacketField VlanTci = Add(new("vlan_tci", 16, 32, 32), "NXM_OF_VLAN_TCI");
    public static readonly PacketField InnerVlanType = new("vlan_tpid1", 16, 32, 16);
    public static readonly PacketField InnerVlanTci = Add(new("vlan_tci1", 16, 32, 0) { IsWritable = false });
    public static readonly PacketField VlanId = Add(new("vlan_vid", 13, 32, 32), "OXM_OF_VLAN_VID");
    public static readonly PacketField VlanPriority = Add(new("vlan_pcp", 3, 32, 45, FieldNeeds.Vlan),
        "OXM_OF_VLAN_PCP");
    public static readonly PacketField Ipv4Source =
        Add(new("ip_src", 32, 33, 32, FieldNeeds.Ipv4, FieldForm.Ipv4), "nw_src NXM_OF_IP_SRC OXM_OF_IPV4_SRC");
    public static readonly PacketField Ipv4Destination =
        Add(new("ip_dst", 32, 33, 0, FieldNeeds.Ipv4, FieldForm.Ipv4), "nw_dst NXM_OF_IP_DST OXM_OF_IPV4_DST");
    public static readonly PacketField Ipv6Source =
        Add(new("ipv6_src", 128, 34, 0, FieldNeeds.Ipv6, FieldForm.Ipv6), "NXM_NX_IPV6_SRC OXM_OF_IPV6_SRC");
    public static readonly PacketField Ipv6Destination =
        Add(new("ipv6_dst", 128, 36, 0, FieldNeeds.Ipv6, FieldForm.Ipv6), "NXM_NX_IPV6_DST OXM_OF_IPV6_DST");
    public static readonly PacketField Protocol =
        Add(new("ip_proto", 8, 38, 56, FieldNeeds.Ip) { IsWritable = false },
            "nw_proto NXM_OF_IP_PROTO OXM_OF_IP_PROTO");
    public static readonly PacketField Tos = Add(new("nw_tos", 8, 38, 48, FieldNeeds.Ip), "NXM_OF_IP_TOS");
    public static readonly PacketField Dscp = Add(new("ip_dscp", 6, 38, 50, FieldNeeds.Ip), "OXM_OF_IP_DSCP");
    public static readonly PacketField Ecn = Add(new("ip_ecn", 2, 38, 48, FieldNeeds.Ip),
        "nw_ecn NXM_NX_IP_ECN OXM_OF_IP_ECN");
    public static readonly PacketField Ttl = Add(new("nw_ttl", 8, 38, 40, FieldNeeds.Ip), "NXM_NX_IP_TTL");
    public static readonly PacketField Fragment =
        Add(new("ip_frag", 8, 38, 32, FieldNeeds.Ip, FieldForm.Fragment) { IsWritable = false },
            "nw_frag frag NXM_NX_IP_FRAG");
    public static readonly PacketField SourcePort = Add(new("tp_src", 16, 38, 16, FieldNeeds.Ip));
    public static readonly PacketField DestinationPort = Add(new("tp_dst", 16, 38, 0, FieldNeeds.Ip));
    public static readonly PacketField ArpOperation = Add(new("arp_op", 8, 38, 56, FieldNeeds.Arp),
        "NXM_OF_ARP_OP OXM_OF_ARP_OP");
    public static readonly PacketField ArpSourceMac =
        Add(new("arp_sha", 48, 39, 16, FieldNeeds.Arp, FieldForm.Mac), "NXM_NX_ARP_SHA OXM_OF_ARP_SHA");
    public static readonly PacketField TcpFlags =
        Add(new("tcp_flags", 12, 39, 0, FieldNeeds.Tcp, FieldForm.TcpFlags) { IsWritable = false },
            "NXM_NX_TCP_FLAGS OXM_OF_TCP_FLAGS");
    public static readonly PacketField ArpTargetMac =
        Add(new("arp_tha", 48, 40, 16, FieldNeeds.Arp, FieldForm.Mac), "NXM_NX_ARP_THA OXM_OF_ARP_THA");
    public static readonly PacketField NeighbourTarget = Add(
        new("nd_target", 128, 41, 0, FieldNeeds.NeighbourDiscovery, FieldForm.Ipv6),
        "NXM_NX_ND_TARGET OXM_OF_IPV6_ND_TARGET");

    static PacketFields()
    {
        Add(new("ipv6_label", 20, 43, 0, FieldNeeds.Ipv6), "NXM_NX_IPV6_LABEL OXM_OF_IPV6_FLABEL");
        Add(new("arp_spa", 32, 33, 32, FieldNeeds.Arp, FieldForm.Ipv4), "NXM_OF_ARP_SPA OXM_OF_ARP_SPA");
        Add(new("arp_tpa", 32, 33, 0, FieldNeeds.Arp, FieldForm.Ipv4), "NXM_OF_ARP_TPA OXM_OF_ARP_TPA");
        Add(new("nd_sll", 48, 39, 16, FieldNeeds.Solicitation, FieldForm.Mac), "NXM_NX_ND_SLL OXM_OF_IPV6_ND_SLL");
        Add(new("nd_tll", 48, 40, 16, FieldNeeds.Advertisement, FieldForm.Mac), "NXM_NX_ND_TLL OXM_OF_IPV6_ND_TLL");
        AddPorts("tcp", FieldNeeds.Tcp, " NXM_OF_TCP_SRC", " NXM_OF_TCP_DST");
        AddPorts("udp", FieldNeeds.Udp, " NXM_OF_UDP_SRC", " NXM_OF_UDP_DST");
        AddPorts("sctp", FieldNeeds.Sctp, "", "");
        Add(new("icmp_type", 8, 38, 16, FieldNeeds.Icmp), "NXM_OF_ICMP_TYPE OXM_OF_ICMPV4_TYPE");
        Add(new("icmp_code", 8, 38, 0, FieldNeeds.Icmp), "NXM_OF_ICMP_CODE OXM_OF_ICMPV4_CODE");
        Add(new("icmpv6_type", 8, 38, 16, FieldNeeds.Icmpv6), "NXM_NX_ICMPV6_TYPE OXM_OF_ICMPV6_TYPE");
        Add(new("icmpv6_code", 8, 38, 0, FieldNeeds.Icmpv6), "NXM_NX_ICMPV6_CODE OXM_OF_ICMPV6_CODE");
        Add(new("NXM_OF_IN_PORT", 16, 0, 32, Form: FieldForm.Port));
        AddRegisters();
    }

    /// <summary>The field of a name; null when it is not known here.</summary>
    public static PacketField? Find(ReadOnlySpan<char> name) => s_byName.Find(name);

    /// <summary>A register.</summary>
    public static PacketField Register(int number) => Find($"reg{number}")!;

    private static void AddRegisters()
    {
        for (int i = 0; i < RegisterCount; i++)
            Add(new($"reg{i}", 32, FirstRegisterWord + (i / 2), i % 2 == 0 ? 32 : 0), $"NXM_NX_REG{i}");
        for (int i = 0; i < RegisterCount / 2; i++)
            Add(new($"xreg{i}", 64, FirstRegisterWord + i, 0), $"OXM_OF_PKT_REG{i}");
        for (int i = 0; i < RegisterCount / 4; i++)
            Add(new($"xxreg{i}", 128, FirstRegisterWord + (2 * i), 0), $"NXM_NX_XXREG{i}");
    }

    private static void AddPorts(string protocol, FieldNeeds needs, string source, string destination)
    {
        string upper = protocol.ToUpperInvariant();
        Add(new($"{protocol}_src", 16, 38, 16, needs), $"OXM_OF_{upper}_SRC{source}");
        Add(new($"{protocol}_dst", 16, 38, 0, needs), $"OXM_OF_{upper}_DST{destination}");
    }

    private static PacketField Add(PacketField field, string otherNames = "")
    {
        s_byName.Add(field, field.Name).Add(field, otherNames);
        return field;
    }
}
