using System.Globalization;
using System.Text;

namespace QuantumNet.Observations.Captures;

/// <summary>Filters for tcpdump (pcap-filter(7)) that accept DHCP and nothing else: plain, in a VLAN,
/// or in a tunnel. Everything is decided in the kernel, so that a busy underlay costs nothing.</summary>
internal static class TraceFilter
{
    private const string Ports = "(udp port 67 or udp port 68)";

    /// <summary>DHCP, in a VLAN or not. <c>vlan</c> moves the offsets of all that stands behind it,
    /// so it comes last.</summary>
    public const string Plain = $"{Ports} or (vlan and {Ports})";

    // Where the inner Ethernet frame's parts lie, counted from its start: type, IP protocol,
    // UDP ports behind an IP header without options.
    private const int EtherType = 12, Protocol = 14 + 9, SourcePort = 14 + 20, DestinationPort = 14 + 20 + 2;
    private const int VlanTag = 4, UdpHeader = 8, VxlanHeader = 8, GeneveHeader = 8;

    // Around the tunnel. Only a first fragment holds the inner headers; ip6[6] is the next header:
    // tunnels' packets have no extension headers.
    private static readonly Outer[] s_outers =
        [new("ip and ip[6:2] & 0x1fff = 0", "ip", 20, "ip[9] = 47", "ip[9] = 17"),
            new("ip6", "ip6", 40, "ip6[6] = 47", "ip6[6] = 17")];

    /// <summary>DHCP inside tunnels, whoever they lead to: a packet that leaves for a wrong address must be seen, too.
    /// Over IPv4 and over IPv6.</summary>
    public static string Tunnelled(string type)
    {
        string inside = string.Join(" or ", s_outers.Select(outer => $"({outer.Name} and {Inside(type, outer)})"));
        return $"({inside}) or (vlan and ({inside}))";
    }

    /// <summary>A filter that the command line of its tcpdump can be told by, and that accepts the same:
    /// no packet is that long. (<c>len &lt; N</c> would take a register that libpcap needs for <c>vlan</c>.)</summary>
    public static string Marked(string filter, uint mark) => $"({MarkOf(mark)}) and ({filter})";

    /// <summary>What a marked filter holds.</summary>
    public static string MarkOf(uint mark) => string.Create(CultureInfo.InvariantCulture, $"less {mark}");

    private static string Inside(string type, Outer outer) => type switch
    {
        "gre" => Gre(outer),
        "vxlan" => Vxlan(outer),
        "geneve" => Geneve(outer),
        _ => $"({Gre(outer)} or {Vxlan(outer)} or {Geneve(outer)})",
    };

    /// <summary>GRE's header is 4 bytes, and 4 more for each of checksum, key and sequence number.
    /// Open vSwitch sends a key; neutron's tunnel_csum adds the checksum.</summary>
    private static string Gre(Outer outer)
    {
        StringBuilder text = new StringBuilder().Append(CultureInfo.InvariantCulture,
            $"({outer.Gre} and {outer.At(2)} = 0x6558 and (");
        (int Flags, int Length)[] headers = [(0x2000, 8), (0xa000, 12), (0x3000, 12), (0xb000, 16), (0, 4)];
        for (int i = 0; i < headers.Length; i++)
        {
            text.Append(i > 0 ? " or " : "")
                .Append(CultureInfo.InvariantCulture, $"({outer.At(0)} = 0x{headers[i].Flags:x} and ")
                .Append(Dhcp(outer.Header, outer.Length + headers[i].Length, "")).Append(')');
        }
        return text.Append("))").ToString();
    }

    private static string Vxlan(Outer outer) =>
        $"({outer.Udp} and ({outer.At(2)} = 4789 or {outer.At(2)} = 8472) "
        + $"and {Dhcp(outer.Header, outer.Length + UdpHeader + VxlanHeader, "")})";

    private static string Geneve(Outer outer)
    {
        string options = $" + (({outer.Header}[{outer.Length + UdpHeader}] & 0x3f) << 2)";
        return $"({outer.Udp} and {outer.At(2)} = 6081 "
            + $"and {Dhcp(outer.Header, outer.Length + UdpHeader + GeneveHeader, options)})";
    }

    /// <summary>DHCP in the inner frame, which keeps its local VLAN where the sender does not strip it (Grizzly's
    /// flows do not).</summary>
    private static string Dhcp(string header, int frame, string more)
    {
        string type = At(header, frame + EtherType, more, 2), inner = At(header, frame + EtherType + VlanTag, more, 2);
        return $"(({type} = 0x800 and {Datagram(header, frame, more)}) or ({type} = 0x8100 and {inner} = 0x800 "
            + $"and {Datagram(header, frame + VlanTag, more)}))";
    }

    private static string Datagram(string header, int frame, string more)
    {
        string source = At(header, frame + SourcePort, more, 2), destination = At(header,
            frame + DestinationPort, more, 2);
        return $"{At(header, frame + Protocol, more, 1)} = 17 and ({source} = 67 or {source} = 68 or {destination} = "
            + $"67 or {destination} = 68)";
    }

    private static string At(string header, int offset, string more, int size) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{header}[{offset}{more}{(size == 1 ? "" : ":" + size.ToString(CultureInfo.InvariantCulture))}]");

    /// <summary>An IP header around a tunnel.</summary>
    /// <param name="Name">How the filter tells it.</param>
    /// <param name="Header">How the filter reads its bytes.</param>
    /// <param name="Length">Its length: Open vSwitch sends no options.</param>
    /// <param name="Gre">It carries GRE.</param>
    /// <param name="Udp">It carries UDP.</param>
    private sealed record Outer(string Name, string Header, int Length, string Gre, string Udp)
    {
        /// <summary>Two bytes behind it.</summary>
        public string At(int offset) => TraceFilter.At(Header, Length + offset, "", 2);
    }
}
