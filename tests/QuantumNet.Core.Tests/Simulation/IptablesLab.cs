using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using QuantumNet.Core.Tests.Capture;
using QuantumNet.Parsing;
using QuantumNet.Parsing.Iptables;
using QuantumNet.Simulation;
using QuantumNet.Simulation.Iptables;

namespace QuantumNet.Core.Tests.Simulation;

/// <summary>A host with two routed devices and a bridge of two ports, in a namespace;
/// the frames come from another.</summary>
internal sealed class IptablesLab : IDisposable
{
    private readonly string _host = $"qni{Environment.ProcessId}-h", _peer = $"qni{Environment.ProcessId}-p";
    private readonly Socket _routed;
    private readonly Socket _bridged;
    private readonly byte[] _mac;
    private readonly string _tables;

    /// <summary>Brings it up.</summary>
    /// <param name="isSix">Whether it is for packets of IPv6, and ip6tables.</param>
    public IptablesLab(bool isSix = false)
    {
        _tables = isSix ? "ip6tables" : "iptables";
        Assert.Equal(0, Tool.Status("sh", "-ec", $"""
            ip netns add {_host}; ip netns add {_peer}
            H="ip -n {_host}" P="ip -n {_peer}"
            for d in in0 out0 tap0 qvb0; do
              $H link add $d type veth peer name $d netns {_peer}; $P link set $d up
              ip netns exec {_peer} ethtool -K $d tx off >/dev/null 2>&1 || true
            done
            ip netns exec {_host} sysctl -qw net.ipv6.conf.all.disable_ipv6={(isSix ? 0 : 1)} net.ipv4.ip_forward=1 \
              net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 net.ipv4.icmp_ratelimit=0
            ip netns exec {_peer} sysctl -qw net.ipv6.conf.all.disable_ipv6=1
            $H link add br0 type bridge mcast_snooping 0; $H link set tap0 master br0; $H link set qvb0 master br0
            for d in lo in0 out0 tap0 qvb0 br0; do $H link set $d up; done
            for d in in0 out0 br0; do ip netns exec {_host} sysctl -qw net.ipv4.conf.$d.rp_filter=0; done
            ip netns exec {_host} sysctl -qw net.bridge.bridge-nf-call-iptables=1
            $H addr add 10.1.0.1/24 brd + dev in0; $H addr add 10.2.0.1/24 brd + dev out0
            for n in $(seq 2 254); do echo "neigh replace 10.2.0.$n lladdr 02:00:00:00:00:02 dev out0 nud permanent"
              echo "neigh replace 10.1.0.$n lladdr 02:00:00:00:00:01 dev in0 nud permanent"; done | $H -batch -
            {(isSix ? SixHost(_host) : "")}
            ip netns exec {_host} bridge fdb replace 02:00:00:00:00:99 dev qvb0 master static
            # The kernel brings carriers and bridge ports up in its own time, and loses what is sent before.
            for n in $(seq 400); do
              [ "$(bridge -n {_host} link | grep -c 'state forwarding')" != 2 ] ||
                [ "$($H -o link | grep -c 'state UP')" != 5 ] || exit 0
              sleep 0.05
            done
            exit 1
            """));
        _mac = HexMac(Tool.Run("ip", "netns", "exec", _host, "cat", "/sys/class/net/in0/address").Trim());
        if (Tool.IsThere("ipset"))
        {
            Feed("ipset restore", IptablesCase.Sets(isSix));
            Sets = AddressSet.ByName(IpSetParser.ParseAll(Tool.Run("ip", "netns", "exec", _host, "ipset", "save"),
                new TextSource("host", "ipset save", [])));
        }
        _routed = NamespaceThread.OpenFrames(_peer, "in0");
        _bridged = NamespaceThread.OpenFrames(_peer, "tap0");
    }

    /// <summary>The sets that its rules may name; null where ipset is not installed.</summary>
    public Dictionary<string, AddressSet>? Sets { get; }

    // The host itself says nothing: it has no addresses of the links, and knows its neighbours.
    private static string SixHost(string host) => $"""
        for d in in0 out0 br0 tap0 qvb0; do
          ip -n {host} addr flush dev $d scope link
        done
        ip netns exec {host} sysctl -qw net.ipv6.conf.all.forwarding=1 net.bridge.bridge-nf-call-ip6tables=1
        $H addr add fd10:1::1/64 dev in0 nodad; $H addr add fd10:2::1/64 dev out0 nodad
        for n in $(seq 2 254); do echo "neigh replace fd10:2::$n lladdr 02:00:00:00:00:02 dev out0 nud permanent"
          echo "neigh replace fd10:1::$n lladdr 02:00:00:00:00:01 dev in0 nud permanent"; done | $H -batch -
        """;

    public void Restore(string rules) => Feed($"{_tables}-restore", rules);

    private void Feed(string program, string rules)
    {
        var start = new ProcessStartInfo("ip", ["netns", "exec", _host, .. program.Split(' ')])
        {
            RedirectStandardInput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(rules);
        process.StandardInput.Close();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{errors}\n{rules}");
    }

    public IptablesSave SaveAll()
    {
        var issues = new List<ParseIssue>();
        IptablesSave save = IptablesSaveParser.ParseAll(Tool.Run("ip", "netns", "exec", _host, $"{_tables}-save", "-c"),
            new TextSource("host", $"{_tables}-save -c", issues));
        Assert.Empty(issues);
        return save;
    }

    public List<IptablesRule> Save() => SaveAll().Rules;

    /// <summary>A rule by its place and its text, its counters left out.</summary>
    public static string NameOf(IptablesRule rule) =>
        $"{rule.Table} {rule.Chain} {rule.RuleNumber}: {rule.RawText[(rule.RawText.IndexOf(']') + 1)..].Trim()}";

    /// <summary>The rules whose counters rose, each as often as they did.</summary>
    public static List<string> Counted(List<IptablesRule> before, List<IptablesRule> after)
    {
        List<string> counted = [];
        for (int i = 0; i < after.Count; i++)
        {
            for (long n = before[i].PacketCount ?? 0; n < after[i].PacketCount; n++)
                counted.Add(NameOf(after[i]));
        }
        return counted;
    }

    public void Send(FilteredPacket packet, string way)
    {
        byte[] source = packet.Source!.Value.ToIPAddress().GetAddressBytes(),
            destination = packet.Destination!.Value.ToIPAddress().GetAddressBytes();
        byte[] payload = packet.Protocol switch
        {
            17 => FrameWriter.Udp(source, destination, packet.SourcePort!.Value, packet.DestinationPort!.Value,
                new byte[20], UdpChecksum.Good),
            6 => Tcp(packet, source, destination),
            _ => Echo(packet, source, destination),
        };
        byte[] to = way switch { "bridged" => [2, 0, 0, 0, 0, 0x99], "host" or "routed" => _mac,
            _ => packet.IsSix ? [0x33, 0x33, .. destination[12..]] : [255, 255, 255, 255, 255, 255] };
        byte[] frame = packet.IsSix
            ? FrameWriter.Ethernet(HexMac(packet.SourceMac!), to, 0x86dd,
                FrameWriter.IPv6(source, destination, packet.Protocol, payload))
            : FrameWriter.Ethernet(HexMac(packet.SourceMac!), to, 0x0800,
                FrameWriter.IPv4(source, destination, packet.Protocol, payload));
        (packet.IsBridged ? _bridged : _routed).Send(frame);
    }

    public void Dispose()
    {
        _routed.Dispose();
        _bridged.Dispose();
        Tool.Status("ip", "netns", "del", _host);
        Tool.Status("ip", "netns", "del", _peer);
    }

    private static byte[] HexMac(string mac) => Convert.FromHexString(mac.Replace(":", "", StringComparison.Ordinal));

    private static byte[] Tcp(FilteredPacket packet, byte[] source, byte[] destination)
    {
        byte[] segment =
        [
            .. FrameWriter.UInt16(packet.SourcePort!.Value),
            .. FrameWriter.UInt16(packet.DestinationPort!.Value), 0, 0, 0, 1, 0, 0, 0, 0,
            0x50, (byte)packet.TcpFlags!.Value, 0x10, 0, 0, 0, 0, 0,
        ];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16),
            Checksum([.. source, .. destination, 0, 6, 0, 20, .. segment]));
        return segment;
    }

    private static byte[] Echo(FilteredPacket packet, byte[] source, byte[] destination)
    {
        byte[] echo = [(byte)packet.Icmp!.Value.Type, 0, 0, 0, 0x12, (byte)Random.Shared.Next(256), 0, 1, 1, 2, 3, 4];
        // ICMPv6's covers the addresses, too.
        BinaryPrimitives.WriteUInt16BigEndian(echo.AsSpan(2), Checksum(
            packet.IsSix ? [.. source, .. destination, 0, 58, 0, (byte)echo.Length, .. echo] : echo));
        return echo;
    }

    private static ushort Checksum(byte[] bytes)
    {
        uint sum = 0;
        for (int i = 0; i + 1 < bytes.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(i));
        while (sum >> 16 != 0)
            sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }
}
