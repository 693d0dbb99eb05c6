using System.Globalization;
using System.Text;

namespace QuantumNet.Diagnosis;

/// <summary>Filters for tcpdump (pcap-filter(7)) that let through DHCP and nothing else: plain, in a VLAN, or in a tunnel.
/// Everything is decided in the kernel, so that a busy underlay costs nothing.</summary>
internal static class TraceFilter
{
    private const string Ports = "(udp port 67 or udp port 68)";

    /// <summary>DHCP, in a VLAN or not. <c>vlan</c> moves the offsets of all that stands behind it, so it comes last.</summary>
    public const string Plain = $"{Ports} or (vlan and {Ports})";

    // Where the inner Ethernet frame's parts lie, counted from its start: type, IP protocol, UDP ports behind an IP header without options.
    private const int EtherType = 12, Protocol = 14 + 9, SourcePort = 14 + 20, DestinationPort = 14 + 20 + 2;
    private const int OuterIp = 20, OuterUdp = 8, VlanTag = 4;

    /// <summary>DHCP inside tunnels, whoever they lead to: a packet that leaves for a wrong address must be seen, too.</summary>
    public static string Tunnelled(string type)
    {
        string inside = type switch
        {
            "gre" => Gre(),
            "vxlan" => Vxlan(),
            "geneve" => Geneve(),
            _ => $"({Gre()} or {Vxlan()} or {Geneve()})",
        };
        return $"{inside} or (vlan and {inside})";
    }

    /// <summary>GRE's header is 4 bytes, and 4 more for each of checksum, key and sequence number.
    /// Open vSwitch sends a key; neutron's tunnel_csum adds the checksum.</summary>
    private static string Gre()
    {
        var text = new StringBuilder("(ip proto 47 and ip[22:2] = 0x6558 and (");
        (int Flags, int Length)[] headers = [(0x2000, 8), (0xa000, 12), (0x3000, 12), (0xb000, 16), (0, 4)];
        for (int i = 0; i < headers.Length; i++)
        {
            text.Append(i > 0 ? " or " : "").Append(CultureInfo.InvariantCulture, $"(ip[20:2] = 0x{headers[i].Flags:x} and ")
                .Append(Dhcp("ip", OuterIp + headers[i].Length, "")).Append(')');
        }
        return text.Append("))").ToString();
    }

    private static string Vxlan() => $"((udp dst port 4789 or udp dst port 8472) and {Dhcp("udp", OuterUdp + 8, "")})";

    private static string Geneve() => $"(udp dst port 6081 and {Dhcp("udp", OuterUdp + 8, " + ((udp[8] & 0x3f) << 2)")})";

    /// <summary>DHCP in the inner frame, which keeps its local VLAN where the sender does not strip it (Grizzly's flows do not).</summary>
    private static string Dhcp(string header, int frame, string more)
    {
        string type = At(header, frame + EtherType, more, 2), inner = At(header, frame + EtherType + VlanTag, more, 2);
        return $"(({type} = 0x800 and {Datagram(header, frame, more)}) or ({type} = 0x8100 and {inner} = 0x800 and {Datagram(header, frame + VlanTag, more)}))";
    }

    private static string Datagram(string header, int frame, string more)
    {
        string source = At(header, frame + SourcePort, more, 2), destination = At(header, frame + DestinationPort, more, 2);
        return $"{At(header, frame + Protocol, more, 1)} = 17 and ({source} = 67 or {source} = 68 or {destination} = 67 or {destination} = 68)";
    }

    private static string At(string header, int offset, string more, int size) =>
        string.Create(CultureInfo.InvariantCulture, $"{header}[{offset}{more}{(size == 1 ? "" : ":" + size.ToString(CultureInfo.InvariantCulture))}]");
}
