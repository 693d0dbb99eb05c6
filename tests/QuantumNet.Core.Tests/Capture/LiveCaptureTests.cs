namespace QuantumNet.Core.Tests.Capture;

/// <summary>Captures made here: a real udhcpc asks a real dnsmasq over real devices, and tcpdump writes what
/// passes below them.</summary>
public sealed class LiveCaptureTests
{
    private const string Script = """
        set -e
        a=qnc$$-a b=qnc$$-b
        d=$1 file=$2
        clean() { r=$?; set +e; kill $(ip netns pids $a) $(ip netns pids $b) 2>/dev/null; ip netns del $a; ip netns del $b; rm -f $file.leases $file.said; exit $r; }
        trap clean EXIT
        ip netns add $a; ip netns add $b
        ip link add wire netns $a type veth peer name wire netns $b
        A="ip -n $a" B="ip -n $b"
        $A addr add 192.0.2.1/24 dev wire; $B addr add 192.0.2.2/24 dev wire; $A link set wire up; $B link set wire up
        case $d in
        plain) ia=wire ib=wire;;
        vlan) ia=inner ib=inner; for n in "$A" "$B"; do $n link add link wire name inner type vlan id 77 || exit 77; done;;
        gretap) ia=inner ib=inner; $A link add inner type gretap local 192.0.2.1 remote 192.0.2.2 key 4711 || exit 77
          $B link add inner type gretap local 192.0.2.2 remote 192.0.2.1 key 4711;;
        geneve) ia=inner ib=inner; $A link add inner type geneve id 4711 remote 192.0.2.2 || exit 77; $B link add inner type geneve id 4711 remote 192.0.2.1;;
        *) ia=inner ib=inner; $A link add inner type vxlan id 4711 local 192.0.2.1 remote 192.0.2.2 dstport ${d#vxlan} || exit 77
          $B link add inner type vxlan id 4711 local 192.0.2.2 remote 192.0.2.1 dstport ${d#vxlan};;
        esac
        $A link set $ia up; $B link set $ib up; $B addr add 10.9.0.1/24 dev $ib
        ip netns exec $b dnsmasq --no-daemon --conf-file=/dev/null --port=0 --interface=$ib --bind-interfaces --dhcp-leasefile=$file.leases \
          --dhcp-range=10.9.0.10,10.9.0.20,2m --dhcp-option=option:classless-static-route,169.254.169.254/32,10.9.0.1 --dhcp-option=option:domain-search,example.org,lab.example.org \
          --dhcp-option=option:mtu,1400 --dhcp-option=252,http://wpad/ --dhcp-option=249,10.0.0.0/8,10.9.0.1 --dhcp-option=150,10.9.0.1 2>/dev/null &
        ip netns exec $b tcpdump -Z root -U -n -s 0 -i wire -w $file udp or proto gre or vlan 2>$file.said & t=$!
        until grep -q listening $file.said; do kill -0 $t; sleep 0.1; done
        ip netns exec $a udhcpc -f -i $ia -n -q -t 20 -T 1 -O 121 -O 119 -O 26 -O 252 -O 249 -O 150 -x hostname:guest -F guest.example.org -s /bin/true >/dev/null 2>&1
        # The ACK (option 53: 5) is the last to be written.
        for i in $(seq 100); do LC_ALL=C grep -qaP '\x35\x01\x05' $file && break; sleep 0.1; done
        kill $t; wait $t 2>/dev/null || true
        """;

    [SkippableTheory]
    [InlineData("plain", "", null)]
    [InlineData("vlan", "", null)]
    [InlineData("vxlan4789", "vxlan", 4711)]
    [InlineData("vxlan8472", "vxlan", 4711)]
    [InlineData("gretap", "gre", 4711)]
    [InlineData("geneve", "geneve", 4711)]
    public void A_lease_over_real_devices_reads_as_tcpdump_and_tshark_read_it(
        string device, string encapsulation, int? key)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "namespaces need root on Linux");
        foreach (string program in (string[])["ip", "dnsmasq", "udhcpc", "tcpdump", "tshark"])
            Skip.IfNot(Tool.IsThere(program), $"{program} is not installed");
        string file = Path.Combine(Path.GetTempPath(), $"quantumnet-live-{Guid.NewGuid():N}.pcap");
        try
        {
            Skip.If(Tool.Status("bash", "-c", Script, "bash", device, file) == 77,
                $"this kernel has no {device} devices");
            List<DhcpPacket> packets = Captures.Read(file, out List<ParseIssue> issues);

            Assert.Empty(issues);
            Assert.Equal([DhcpMessageType.Discover, DhcpMessageType.Offer, DhcpMessageType.Request,
                DhcpMessageType.Ack], packets.Select(packet => packet.Type).Distinct());
            Assert.All(packets,
                packet => Assert.Equal((encapsulation, (long?)key), (packet.Encapsulation, packet.TunnelKey)));
            Assert.All(packets, packet => Assert.Equal(device == "vlan" ? [77] : [], packet.Vlans));
            DhcpPacket ack = packets.Last(packet => packet.Type == DhcpMessageType.Ack);
            Assert.Equal("169.254.169.254/32 10.9.0.1", ValueOf(ack, 121));
            Assert.Equal("example.org,lab.example.org", ValueOf(ack, 119));
            Assert.Equal("http://wpad/", ValueOf(ack, 252));
            Assert.Equal("10.0.0.0/8 10.9.0.1", ValueOf(ack, 249));
            Assert.Equal(("1400", "10.9.0.1"), (ValueOf(ack, 26), ValueOf(ack, 150)));
            Agreement.WithTshark(file, packets);
            if (device != "vxlan8472")          // which tcpdump takes for OTV
                Agreement.WithTcpdump(file, packets);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string ValueOf(DhcpPacket packet, int code) =>
        Assert.Single(packet.Options, option => option.Code == code).Value;
}
