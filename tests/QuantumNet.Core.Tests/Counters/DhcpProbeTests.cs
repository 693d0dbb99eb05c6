using QuantumNet.Observations.Counters;
using QuantumNet.Parsing.Capture;

namespace QuantumNet.Core.Tests.Counters;

public sealed class DhcpProbeTests
{
    private const int EthernetLink = 1;

    [Theory]
    // No hop saw it: the counters' word
    [InlineData("", "", "", "", DhcpProbeStatus.RequestLost, DhcpProbeStatus.RequestLost)]
    // Other traffic was counted
    [InlineData("n/tap", "", "k/tap", "", DhcpProbeStatus.RequestLost, DhcpProbeStatus.Answered)]
    [InlineData("k/eth0", "n/eth0", "", "", DhcpProbeStatus.Answered, DhcpProbeStatus.RequestLost)]
    [InlineData("n/tap", "", "n/eth0", "k/eth0", DhcpProbeStatus.Unknown, DhcpProbeStatus.ReplyLost)]
    // A server that did not hear it says nothing, too
    [InlineData("n/tap", "", "", "n/tap", DhcpProbeStatus.RequestLost, DhcpProbeStatus.RequestLost)]
    [InlineData("n/tap", "", "", "n/tap", DhcpProbeStatus.Answered, DhcpProbeStatus.ReplyLost)]
    public void What_was_captured_of_a_probe_outweighs_what_was_counted(
        string request, string requestMissing, string reply, string replyMissing, DhcpProbeStatus counted,
        DhcpProbeStatus expected)
    {
        DhcpTraceTransaction? seen = request.Length == 0 ? null : new()
        {
            RequestLastSeen = request,
            RequestFirstMissing = requestMissing,
            ReplyLastSeen = reply,
            ReplyFirstMissing = replyMissing,
        };
        Assert.Equal(expected, new ProbeCapture(seen, []).Weigh(counted));
    }

    [Fact]
    public void A_probe_is_found_among_other_transactions_by_its_id_and_port()
    {
        DhcpTraceTransaction other = new() { TransactionId = "0x00000001", IsOfPort = true },
            foreign = new() { TransactionId = "0x00000002" };
        DhcpTraceTransaction own = foreign with { IsOfPort = true };
        Assert.Same(own,
            ProbeCapture.Of(new DhcpTraceResult { Transactions = [other, foreign, own] }, "0x00000002").Transaction);
        Assert.Null(ProbeCapture.Of(new DhcpTraceResult { Transactions = [other, foreign] }, "0x00000002").Transaction);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_frame_reads_as_a_discover_with_good_checksums(bool broadcast)
    {
        byte[] frame = DhcpDiscoverFrame.Build([0xfa, 0x16, 0x3e, 0xb8, 0x28, 0x2a], 0xed2f1d2d, broadcast);
        DhcpPacket packet = Decode(frame);

        Assert.Equal((DhcpMessageType.Discover, "0xed2f1d2d", "fa:16:3e:b8:28:2a", broadcast),
            (packet.Type, packet.TransactionId, packet.Mac, packet.IsBroadcast));
        Assert.Equal(("0.0.0.0", 68, "255.255.255.255", 67),
            (packet.SourceAddress, packet.SourcePort, packet.DestinationAddress, packet.DestinationPort));
        Assert.Equal(("fa:16:3e:b8:28:2a", "ff:ff:ff:ff:ff:ff"), (packet.SourceMac, packet.DestinationMac));
        Assert.Equal(UdpChecksum.Good, packet.Checksum);
        Assert.Equal([53, 55], packet.Options.Select(option => option.Code).Where(code => code is not (0 or 255)));
        Assert.Equal(0xffff, IpSum(frame));     // RFC 1071: over a right header, its checksum included
    }

    [Fact]
    public void Checksums_are_good_for_any_mac_and_transaction()
    {
        var random = new Random(7);
        byte[] mac = new byte[6];
        for (int i = 0; i < 2000; i++)
        {
            random.NextBytes(mac);
            byte[] frame = DhcpDiscoverFrame.Build(mac, (uint)random.NextInt64(1L << 32), i % 2 == 0);
            Assert.Equal(UdpChecksum.Good, Decode(frame).Checksum);
            Assert.Equal(0xffff, IpSum(frame));
        }
    }

    [Theory]
    [InlineData("fa:16:3e:b8:28")]
    [InlineData("fa:16:3e:b8:28:2g")]
    [InlineData("")]
    public void What_is_no_mac_is_refused(string text) => Assert.False(DhcpDiscoverFrame.TryReadMac(text, new byte[6]));

    [Theory]
    [InlineData("hybrid+gre", "qvo43fefa8a-80", "3")]
    [InlineData("ovsfw+vxlan", "tap2c9e9f9e-2a", null)]
    public void It_enters_at_the_ports_device_on_br_int(string variant, string device, string? number)
    {
        Cloud cloud = RenewalSamples.Before(variant);
        DhcpProbe probe = DhcpProbe.Plan(cloud, RenewalSamples.InstancePort(cloud), 1, false, out string reason)!;
        Assert.Equal("", reason);
        Assert.Equal(("compute1", "br-int", device), (probe.ComputerName, probe.Bridge, probe.Device));
        Assert.Equal(["ovs-ofctl", "packet-out", "br-int"], probe.Argv[..3]);
        Assert.StartsWith($"in_port={number}", probe.Argv[3], StringComparison.Ordinal);
        Assert.EndsWith(" actions=resubmit(,0)", probe.Argv[3], StringComparison.Ordinal);
        Assert.Equal(device.StartsWith("qvo", StringComparison.Ordinal),
            probe.NotExercised.Any(part => part.Contains("iptables", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("1.4.6", false, null)]
    [InlineData("1.11.0", true, 6)]
    [InlineData("2.5.9", true, 6)]
    [InlineData("2.7.0", true, 4)]
    [InlineData("3.7.1", true, 4)]
    public void The_command_is_what_that_open_vswitch_takes(string version, bool possible, int? words)
    {
        Cloud cloud = RenewalSamples.Before("hybrid+gre");
        List<OvsBridge> bridges = cloud.Nodes["compute1"].OvsBridges;
        for (int i = 0; i < bridges.Count; i++)
            bridges[i] = bridges[i] with { OvsVersion = version };
        DhcpProbe? probe = DhcpProbe.Plan(cloud, RenewalSamples.InstancePort(cloud), 1, false, out string reason);
        Assert.Equal((possible, words), (reason.Length == 0, probe?.Argv.Length));
    }

    [Fact]
    public void An_answer_that_left_to_the_tap_is_an_answer()
    {
        Cloud before = RenewalSamples.Before("hybrid+gre"), after = RenewalSamples.After("hybrid+gre");
        DhcpProbe probe = DhcpProbe.Plan(before, RenewalSamples.InstancePort(before), 0xabc, false, out _)!;
        DhcpProbeResult result = probe.Judge(before, after, ProbeCapture.None, DateTime.UnixEpoch);
        Assert.Equal((DhcpProbeStatus.Answered, "0x00000abc"), (result.Status, result.TransactionId));
        Assert.DoesNotContain(result.Counters,
            change => change is { Direction: DhcpDirection.Request, Component: HopComponent.Tap });
    }

    [Theory]
    [InlineData("netnode", DhcpProbeStatus.RequestLost)]
    [InlineData("compute1", DhcpProbeStatus.ReplyLost)]
    public void Where_it_was_lost_is_said(string silentNode, DhcpProbeStatus status)
    {
        Cloud before = RenewalSamples.Before("ovsfw+vxlan"), after = RenewalSamples.After("ovsfw+vxlan",
            (node, command) => node == silentNode && command != "requests");
        DhcpProbe probe = DhcpProbe.Plan(before, RenewalSamples.InstancePort(before), 1, false, out _)!;
        DhcpProbeResult result = probe.Judge(before, after, ProbeCapture.None, DateTime.UnixEpoch);
        Assert.Equal(status, result.Status);
        Assert.Contains($"{silentNode} br-tun", result.Summary, StringComparison.Ordinal);
    }

    private static DhcpPacket Decode(byte[] frame)
    {
        var captured = new CapturedFrame { LinkType = EthernetLink, OriginalLength = frame.Length,
            Data = frame, Interface = "" };
        Assert.True(new DhcpPacketDecoder().TryDecode(captured, out DhcpPacket? packet));
        return packet;
    }

    private static int IpSum(byte[] frame)
    {
        int sum = 0;
        for (int i = 14; i < 34; i += 2)
            sum += (frame[i] << 8) | frame[i + 1];
        return (sum & 0xffff) + (sum >> 16);
    }
}
