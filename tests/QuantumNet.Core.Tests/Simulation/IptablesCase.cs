using System.Text.RegularExpressions;
using QuantumNet.Simulation;
using QuantumNet.Simulation.Iptables;

namespace QuantumNet.Core.Tests.Simulation;

/// <summary>Rules drawn by a seed, of the kinds that Neutron, firewalld and ufw write,
/// and packets to meet them.</summary>
internal sealed partial class IptablesCase
{
    public const string GuestMac = "fa:16:3e:00:00:01", PeerMac = "fa:16:3e:00:00:02";
    private const int Chains = 6;
    private static readonly string[] s_guards =
    [
        "-s 10.1.0.0/24", "! -s 10.1.0.7/32", "-d 10.2.0.0/24", "-d 10.2.0.9/32", "! -d 10.2.0.0/255.255.255.128",
        "-p udp", "-p udp -m udp --sport 68 --dport 67", "-p udp -m udp --dport 1000:2000", "! -p tcp",
        "-p tcp -m tcp ! --dport 22", "-p udp -m multiport --dports 53,67:69",
        "-p udp -m multiport --ports 67,30000:65000", "-p tcp -m tcp --dport 22",
        "-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN", "-p icmp -m icmp --icmp-type 8", "-p icmp",
        "-p udp -m multiport ! --dports 53", "-m state --state RELATED,ESTABLISHED", "-m conntrack --ctstate NEW",
        "-m conntrack --ctstate INVALID", "-m conntrack ! --ctstate NEW,UNTRACKED",
        "-m comment --comment \"Allow what is \\\"known\\\".\"", "-m mark --mark 0x1/0xff",
        "-m mark ! --mark 0x1/0x1", "-m connmark --mark 0x5", "-m addrtype --dst-type LOCAL",
        "-m addrtype --dst-type BROADCAST", "-m addrtype ! --src-type UNICAST", "-m pkttype --pkt-type broadcast",
        "-m pkttype ! --pkt-type unicast", "-m iprange --src-range 10.1.0.5-10.1.0.9",
        "-m physdev --physdev-in tap0 --physdev-is-bridged", "-m physdev --physdev-in tap0",
        "-m physdev ! --physdev-in tap0", "-m physdev --physdev-is-in", "-m physdev --physdev-in ta+",
    ];
    // Where the device by which a packet leaves, or its hardware address, is known.
    private static readonly string[] s_filterGuards =
    [
        "-i in0", "! -i in0", "-i in+", "-i br0", "-o out0", "-o br0", $"-m mac --mac-source {GuestMac}",
        $"-m mac ! --mac-source {GuestMac}", "-m physdev --physdev-out qvb0 --physdev-is-bridged",
        "-m physdev ! --physdev-is-bridged", "-m physdev --physdev-out tap0 --physdev-is-bridged",
    ];
    private static readonly string[] s_setGuards =
    [
        "-m set --match-set nets src", "-m set ! --match-set nets src", "-m set --match-set nets dst",
        "-m set --match-set hosts src", "-m set --match-set hosts dst", "-m set ! --match-set halves src,src",
        "-m set --match-set empty src", "-m set --match-set listed src",
    ];
    private readonly Random _random;
    private readonly bool _isSix;
    private readonly bool _hasSets;
    // No connection is another's of before.
    private int _port;

    public IptablesCase(int seed, bool isSix = false, bool hasSets = false)
    {
        _random = new Random(seed);
        _isSix = isSix;
        _hasSets = hasSets;
        _port = 20000 + (seed % 1000 * 40);
        // The host's own answers end before they count.
        List<string> lines = ["*raw", ":PREROUTING ACCEPT [0:0]", ":OUTPUT DROP [0:0]"];
        Add(lines, _random.Next(0, 3), () =>
            $"-A PREROUTING {Guards(1, false)} -j {Pick("CT --notrack", "CT --zone 4097", "DROP", "ACCEPT", "TRACE")}");
        lines.AddRange(["COMMIT", "*mangle", ":PREROUTING ACCEPT [0:0]", ":INPUT ACCEPT [0:0]", ":FORWARD ACCEPT [0:0]",
            ":POSTROUTING ACCEPT [0:0]"]);
        Add(lines, _random.Next(0, 5),
            () => $"-A {Pick("PREROUTING", "PREROUTING", "FORWARD", "INPUT", "POSTROUTING")} "
                + $"{Guards(1, false)} -j {Changer()}");
        lines.AddRange(["COMMIT", "*nat", ":PREROUTING ACCEPT [0:0]", ":INPUT ACCEPT [0:0]",
            ":POSTROUTING ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]"]);
        Add(lines, _random.Next(0, 3),
            () => Pick("-A PREROUTING -p udp -m udp --dport 53 -j DNAT --to-destination 10.2.0.9:67",
                "-A POSTROUTING -s 10.1.0.0/24 -o out0 -j MASQUERADE", $"-A PREROUTING {Guards(1, false)} -j RETURN",
                $"-A POSTROUTING {Guards(1, false)} -j ACCEPT"));
        lines.AddRange(["COMMIT", "*filter"]);
        lines.AddRange(((string[])["INPUT", "FORWARD", "OUTPUT"])
            .Select(chain => $":{chain} {(Chance(25) ? "DROP" : "ACCEPT")} [0:0]"));
        lines.AddRange(Enumerable.Range(0, Chains).Select(i => $":{ChainName(i)} - [0:0]"));
        foreach (string chain in (string[])["INPUT", "FORWARD"])
            Add(lines, _random.Next(1, 6), () => FilterRule(chain, -1));
        for (int i = 0; i < Chains; i++)
        {
            int own = i;
            Add(lines, _random.Next(0, 6), () => FilterRule(ChainName(own), own));
        }
        lines.Add("COMMIT");
        Text = string.Join('\n', isSix ? lines.Select(Six) : lines) + "\n";
    }

    /// <summary>The rules, for iptables-restore.</summary>
    public string Text { get; }

    /// <summary>The sets that its rules may name, for <c>ipset restore</c>: what Neutron writes, and other kinds.
    /// </summary>
    public static string Sets(bool isSix)
    {
        string sets = """
            create nets hash:net family inet
            add nets 10.1.0.0/29
            add nets 10.1.0.6 nomatch
            add nets 10.2.0.128/25
            create hosts hash:ip family inet timeout 86400 comment
            add hosts 10.1.0.9 comment "a nomatch in words"
            add hosts 10.2.0.9
            create halves hash:ip family inet netmask 29
            add halves 10.1.0.8
            create empty hash:net family inet
            create listed bitmap:ip range 10.1.0.0/24
            add listed 10.1.0.7

            """;
        return !isSix ? sets : Six(sets.Replace("bitmap:ip range 10.1.0.0/24", "hash:ip family inet",
            StringComparison.Ordinal))
            .Replace("family inet", "family inet6", StringComparison.Ordinal)
            .Replace("/29", "/125", StringComparison.Ordinal).Replace("netmask 29", "netmask 125",
                StringComparison.Ordinal).Replace("/25", "/121", StringComparison.Ordinal);
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private string Pick(params string[] from) => from[_random.Next(from.Length)];

    private static void Add(List<string> lines, int count, Func<string> line)
    {
        for (; count > 0; count--)
            lines.Add(line());
    }

    private static string ChainName(int i) =>
        ((string[])["neutron-openvswi-FORWARD", "neutron-openvswi-sg-chain", "neutron-openvswi-o1408934f-9",
            "neutron-openvswi-s1408934f-9", "FWDI_public_allow", "ufw-user-forward"])[i];

    private string Guards(int most, bool isFilter)
    {
        List<string> guards = [];
        for (int i = _random.Next(0, most + 1); i > 0; i--)
        {
            string guard = isFilter && Chance(35) ? Pick(s_filterGuards)
                : _hasSets && Chance(15) ? Pick(s_setGuards) : Pick(s_guards);
            // One protocol for a rule, and each option once.
            if (!guards.Exists(other => First(other) == First(guard)))
                guards.Add(guard);
        }
        return string.Join(' ', guards.OrderBy(guard => guard.Contains("-p ", StringComparison.Ordinal) ? 0 : 1));
    }

    private static string First(string guard)
    {
        string[] words = guard.TrimStart('!', ' ').Split(' ');
        return words[0] == "-m" ? words[1] is "state" or "conntrack" ? "state" : words[1] : words[0];
    }

    private string FilterRule(string chain, int own)
    {
        string target = own + 1 < Chains && Chance(45)
            ? (Chance(15) ? "-g " : "-j ") + ChainName(_random.Next(own + 1, Chains))
            : "-j " + Pick("ACCEPT", "DROP", "RETURN", "RETURN",
                "REJECT --reject-with icmp-port-unreachable", "LOG", "ACCEPT");
        string guards = Guards(3, isFilter: true);
        if (chain == "INPUT")
            guards = guards.Contains("-o ", StringComparison.Ordinal) ? "" : guards;
        return $"-A {chain} {guards} {(Chance(5) ? "" : target)}";
    }

    private string Changer() => Pick("MARK --set-xmark 0x1/0xffffffff", "MARK --set-xmark 0x1/0xff",
        "MARK --or-mark 0x100", "MARK --and-mark 0xfe", "CONNMARK --set-xmark 0x5/0xffffffff",
        "CONNMARK --save-mark --nfmask 0xff --ctmask 0xff",
        "CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff",
        "CHECKSUM --checksum-fill", "ACCEPT", "RETURN");

    /// <summary>A packet, and how it goes: over the bridge, through the host, or to it.</summary>
    public (FilteredPacket Packet, string Way) Packet()
    {
        string way = Pick("bridged", "bridged", "routed", "routed", "host", "flooded");
        FilteredPacket packet = new()
        {
            Protocol = 17, Source = Address("10.1.0." + _random.Next(5, 12)),
            SourceMac = Chance(70) ? GuestMac : PeerMac, State = ConntrackState.New,
            SourcePort = _port++, DestinationPort = _random.Next(6) switch { 0 => 53, 1 => 67, 2 => 68,
                3 => 1500, 4 => 22, _ => 40000 },
            Destination = Address(Pick("10.2.0.9", "10.2.0.10", "10.2.0.200")), FrameKind = "unicast",
            InDevice = "in0", OutDevice = "out0",
            LocalAddresses = new HashSet<HostAddress>
                { Address("10.1.0.1"), Address("10.2.0.1"), Address("127.0.0.1") },
            BroadcastAddresses = new HashSet<HostAddress> { Address("10.1.0.255"), Address("10.2.0.255") },
        };
        int kind = _random.Next(10);
        if (kind < 2)
            packet = packet with { Protocol = 6, TcpFlags = 2 };
        else if (kind == 2)
            packet = packet with { Protocol = 1, Icmp = (8, 0), SourcePort = null, DestinationPort = null };
        // Where nat takes a bridged packet off its bridge it is routed, which is not told.
        if (way == "bridged" && packet.DestinationPort == 53 && Text.Contains("DNAT", StringComparison.Ordinal))
            packet = packet with { DestinationPort = 68 };
        packet = Routed(packet, way);
        return (_isSix ? Six(packet) : packet, way);
    }

    // The same rule for IPv6: 10.1.0.7/32 is fd10:1::7/128.
    private static string Six(string line) => Addresses().Replace(line, "fd10:$1::$2")
        .Replace("/24", "/64", StringComparison.Ordinal).Replace("/32", "/128", StringComparison.Ordinal)
        .Replace("/255.255.255.128", "/121", StringComparison.Ordinal)
        .Replace("fd10:2::9:67", "[fd10:2::9]:67", StringComparison.Ordinal)
        .Replace("-p icmp -m icmp --icmp-type 8", "-p ipv6-icmp -m icmp6 --icmpv6-type 128", StringComparison.Ordinal)
        .Replace("-p icmp", "-p ipv6-icmp", StringComparison.Ordinal)
        .Replace("icmp-port-", "icmp6-port-", StringComparison.Ordinal)
        .Replace("BROADCAST", "MULTICAST", StringComparison.Ordinal)
        .Replace("broadcast", "multicast", StringComparison.Ordinal);

    private static FilteredPacket Six(FilteredPacket packet) => packet with
    {
        Source = Six(packet.Source!.Value), Destination = Six(packet.Destination!.Value),
        Protocol = packet.Protocol == 1 ? 58 : packet.Protocol, Icmp = packet.Icmp is null ? null : (128, 0),
        FrameKind = packet.FrameKind == "broadcast" ? "multicast" : packet.FrameKind,
        LocalAddresses = packet.LocalAddresses!.Select(Six).ToHashSet(),
        BroadcastAddresses = new HashSet<HostAddress>(),
    };

    // What goes to all goes to all nodes of the link, and who has no address has one of the link.
    private static HostAddress Six(HostAddress address) => address.Value == 0 ? Address("fe80::5")
        : address.Value == uint.MaxValue ? Address("ff02::1")
        : Address(Addresses().Replace(address.ToString(), "fd10:$1::$2").Replace("127.0.0.1", "::1",
            StringComparison.Ordinal));

    [GeneratedRegex(@"10\.(\d)\.0\.(\d+)")]
    private static partial Regex Addresses();

    private FilteredPacket Routed(FilteredPacket packet, string way) => way switch
    {
        "host" => packet with { Destination = Address("10.1.0.1"), OutDevice = "" },
        "bridged" => packet with { IsBridged = true, InDevice = "br0", OutDevice = "br0",
            PhysicalIn = "tap0", PhysicalOut = "qvb0" },
        "flooded" => packet with
        {
            IsBridged = true, InDevice = "br0", OutDevice = "br0", PhysicalIn = "tap0",
            PhysicalOut = "qvb0", FrameKind = "broadcast",
            Protocol = 17, TcpFlags = null, Icmp = null, Source = Chance(60) ? HostAddress.Of(0) : packet.Source,
            Destination = HostAddress.Of(uint.MaxValue),
            DestinationPort = 67, SourcePort = packet.SourcePort ?? _port++,
        },
        _ => packet,
    };

    private static HostAddress Address(string text) => HostAddress.Parse(text)!.Value;
}
