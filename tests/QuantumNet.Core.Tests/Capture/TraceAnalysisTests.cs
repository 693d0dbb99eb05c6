using QuantumNet.Core.Tests.Counters;
using QuantumNet.Diagnosis;
using QuantumNet.Observations.Captures;

namespace QuantumNet.Core.Tests.Capture;

/// <summary>Recorded captures of every hop of a lease, judged as a live trace judges them:
/// whole, and with hops that saw less.</summary>
public sealed class TraceAnalysisTests
{
    private static readonly string[] s_variants = ["hybrid+gre", "hybrid+vxlan", "ovsfw+vxlan"];

    public static TheoryData<string> Variants => [.. s_variants];

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_recorded_lease_is_seen_at_every_hop(string variant)
    {
        DhcpTraceResult result = Judge(variant, (_, _) => true);

        Assert.Equal(DhcpPathStatus.Ok, result.Status);
        Assert.Null(result.Cause);
        Assert.Empty(result.Findings);
        DhcpTraceTransaction lease = Assert.Single(result.Transactions);
        Assert.True(lease.IsComplete);
        Assert.Equal(result.Points.Count(point => point.IsCaptured) * 4, lease.Hops.Length);
        Assert.True(lease.Hops.Select(hop => hop.Time).SequenceEqual(lease.Hops.Select(hop => hop.Time).Order()));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_request_that_does_not_arrive_on_the_other_nic_was_lost_on_the_wire(string variant)
    {
        DhcpTraceResult result = Judge(variant, (hop, packet) =>
            packet.Type == DhcpMessageType.Discover && hop.StartsWith("compute1/", StringComparison.Ordinal));

        Assert.Equal((DhcpPathStatus.Broken, "QN5020"), (result.Status, result.Cause));
        Assert.Equal(("compute1/eth0", "netnode/eth0"), (result.LastSeen, result.FirstMissing));
        Assert.Equal(DhcpDirection.Request, result.Direction);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_reply_that_does_not_arrive_on_the_other_nic_was_lost_on_the_wire(string variant)
    {
        DhcpTraceResult result = Judge(variant, (hop, packet) => packet.Type == DhcpMessageType.Discover
            || (packet.Type == DhcpMessageType.Offer && hop.StartsWith("netnode/", StringComparison.Ordinal)));

        Assert.Equal((DhcpPathStatus.Broken, "QN5020"), (result.Status, result.Cause));
        Assert.Equal(("netnode/eth0", "compute1/eth0"), (result.LastSeen, result.FirstMissing));
        Assert.Equal(DhcpDirection.Reply, result.Direction);
    }

    [Fact]
    public void A_reply_lost_between_healthy_bridges_is_open_vswitchs()
    {
        DhcpTraceResult result = Judge("hybrid+gre", (hop, packet) => packet.Type == DhcpMessageType.Discover
            || (packet.Type == DhcpMessageType.Offer
                && (hop.StartsWith("netnode/", StringComparison.Ordinal) || hop == "compute1/eth0")));

        Assert.Equal(("compute1/eth0", true),
            (result.LastSeen, result.FirstMissing?.StartsWith("compute1/qvo", StringComparison.Ordinal)));
        Assert.Contains(result.Cause, (string?[])["QN5023", "QN9007", null]);
        Assert.Equal(DhcpPathStatus.Broken, result.Status);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Nothing_at_the_tap_is_unknown_not_broken(string variant)
    {
        DhcpTraceResult result = Judge(variant, (_, _) => false);

        Assert.Equal(DhcpPathStatus.Unknown, result.Status);
        Assert.Null(result.Cause);
        Assert.Contains(result.Findings, finding => finding is { Code: "QN7001", Status: FindingStatus.Unknown });
    }

    [Fact]
    public void A_wrong_tunnel_key_is_named_with_its_sender()
    {
        DhcpTraceResult result = Judge("hybrid+gre", (hop, packet) => packet.Type == DhcpMessageType.Discover
            && (hop.StartsWith("compute1/", StringComparison.Ordinal) || hop == "netnode/eth0"),
            packet => packet with { TunnelKey = packet.TunnelKey + 1 });

        Finding key = Assert.Single(result.Findings, finding => finding.Code == "QN5008");
        Assert.Equal("compute1", key.ComputerName);
        Assert.Equal(DhcpPathStatus.Broken, result.Status);
    }

    [Fact]
    public void A_server_that_is_none_of_the_networks_is_named()
    {
        DhcpTraceResult result = Judge("hybrid+vxlan", (_, _) => true,
            packet => packet.Type == DhcpMessageType.Offer ? packet with { ServerId = "10.66.6.6" } : packet);

        Assert.Contains(result.Findings,
            finding => finding.Code == "QN3005" && finding.Message.Contains("10.66.6.6", StringComparison.Ordinal));
        Assert.Equal(["10.66.6.6", "10.10.0.2"], Assert.Single(result.Transactions).Servers);
    }

    [Theory]
    [InlineData(UdpChecksum.Bad, false, "QN6020")]
    [InlineData(UdpChecksum.Good, true, "QN6021")]
    [InlineData(UdpChecksum.Good, false, "QN7003")]
    public void An_offer_that_reaches_the_tap_and_is_not_taken(UdpChecksum checksum, bool wantsBroadcast, string code)
    {
        DhcpTraceResult result = Judge("hybrid+gre",
            (_, packet) => packet.Type is DhcpMessageType.Discover or DhcpMessageType.Offer,
            packet => packet with { Checksum = packet.Type == DhcpMessageType.Offer ? checksum : packet.Checksum,
                IsBroadcast = wantsBroadcast }, repeats: true);

        Assert.Equal((DhcpPathStatus.Broken, code), (result.Status, result.Cause));
    }

    [Fact]
    public void A_second_servers_refusal_is_told_from_the_first_ones()
    {
        DhcpTraceResult result = Judge("hybrid+gre", (_, _) => true,
            packet => packet.Type == DhcpMessageType.Ack
                ? packet with { Type = DhcpMessageType.Nak, ServerId = "10.10.0.3" } : packet);

        Assert.Contains(result.Findings, finding => finding is { Code: "QN6012", Status: FindingStatus.Fail });
        Assert.True(Assert.Single(result.Transactions).HasNak);
    }

    [Fact]
    public void A_guest_that_asks_as_another_is_named()
    {
        DhcpTraceResult result = Judge("hybrid+gre", (hop, packet) => packet.Type == DhcpMessageType.Discover
                && (hop.Contains("/tap", StringComparison.Ordinal) || hop.Contains("/qbr", StringComparison.Ordinal))
                && hop.StartsWith("compute1", StringComparison.Ordinal),
            packet => packet with { Mac = "52:54:00:12:34:56" });

        Assert.Equal((DhcpPathStatus.Broken, "QN1014"), (result.Status, result.Cause));
    }

    [Fact]
    public void The_clocks_difference_is_found_by_the_packets_and_taken_out()
    {
        const long Ahead = 7_000_000_000;
        DhcpTraceResult result = Judge("hybrid+vxlan",
            (_, _) => true, shift: hop => hop.StartsWith("netnode/", StringComparison.Ordinal) ? Ahead : 0);

        DhcpTraceClock clock = Assert.Single(result.Clocks);
        Assert.Equal(7, clock.OffsetSeconds, 0.01);
        Assert.Equal(DhcpPathStatus.Ok, result.Status);
        Assert.Equal(DhcpMessageType.Discover, result.Transactions[0].Hops[0].Type);
        Assert.Equal(DhcpMessageType.Ack, result.Transactions[0].Hops[^1].Type);
        Assert.StartsWith("compute1/tap", result.Transactions[0].Hops[^1].Hop);
    }

    /// <summary>Plays a variant's captures as a trace: each hop sees the packets that
    /// <paramref name="sees"/> lets it.</summary>
    private static DhcpTraceResult Judge(
        string variant, Func<string, DhcpPacket, bool> sees, Func<DhcpPacket, DhcpPacket>? change = null,
        Func<string, long>? shift = null, bool repeats = false)
    {
        Cloud cloud = RenewalSamples.After(variant);
        QuantumPort port = RenewalSamples.InstancePort(cloud);
        var plan = TracePlan.For(cloud, port, new DhcpPathTester(cloud).Test(port));
        List<DhcpTracePoint> points = [];
        List<DhcpPacketObservation> observations = [];
        foreach (TracePoint point in plan.Points)
        {
            string? file = FileOf(variant, point);
            points.Add(new DhcpTracePoint { ComputerName = point.ComputerName, Device = point.Device, Hop = point.Hop,
                Component = point.Component, IsCaptured = file is not null, Reason = point.Obstacle });
            if (file is null)
                continue;
            foreach (DhcpPacket packet in Captures.Read(file, out _).Where(packet => sees(point.Hop, packet)))
            {
                DhcpPacket changed = change?.Invoke(packet) ?? packet;
                observations.Add(TraceAnalysis.Observe(plan, point, Later(changed, shift?.Invoke(point.Hop) ?? 0)));
                if (repeats && packet.Type == DhcpMessageType.Discover)
                    observations.Add(TraceAnalysis.Observe(plan, point, Later(changed, 3_000_000_000)));
            }
        }
        return TraceAnalysis.Judge(plan, points, observations, cloud.CollectedAt, 60);
    }

    private static DhcpPacket Later(DhcpPacket packet, long nanoseconds) =>
        packet with { TimeNanoseconds = packet.TimeNanoseconds + nanoseconds,
            Time = packet.Time.AddTicks(nanoseconds / 100) };

    private static string? FileOf(string variant, TracePoint point) => Directory
        .GetFiles(Path.Combine(Samples.Folder, "neutron-zed", variant, "pcap"),
            $"*-{point.ComputerName}-*{point.Device}.pcap").FirstOrDefault();
}
