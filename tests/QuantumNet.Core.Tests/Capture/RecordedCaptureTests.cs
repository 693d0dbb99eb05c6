namespace QuantumNet.Core.Tests.Capture;

/// <summary>Captures of real leases, read as tcpdump and tshark read them.</summary>
public sealed class RecordedCaptureTests
{
    public static TheoryData<string> Files => Captures.Recorded();

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Agrees_with_tcpdump(string file)
    {
        string path = Path.Combine(Samples.Folder, file);
        Agreement.WithTcpdump(path, Captures.Read(path, out _));
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Agrees_with_tshark(string file)
    {
        string path = Path.Combine(Samples.Folder, file);
        Agreement.WithTshark(path, Captures.Read(path, out _));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_hop_saw_the_four_messages_of_a_lease(string file)
    {
        List<DhcpPacket> packets = Captures.Read(Path.Combine(Samples.Folder, file), out List<ParseIssue> issues);

        Assert.Equal([DhcpMessageType.Discover, DhcpMessageType.Offer, DhcpMessageType.Request, DhcpMessageType.Ack],
            packets.Take(4).Select(packet => packet.Type));
        Assert.Single(packets.Take(4).Select(packet => packet.TransactionId).Distinct());
        Assert.All(packets, packet => Assert.Equal(UdpChecksum.Good, packet.Checksum));
        Assert.Empty(issues);
    }

    [Theory]
    [InlineData("hybrid+gre", "gre")]
    [InlineData("hybrid+vxlan", "vxlan")]
    [InlineData("ovsfw+vxlan", "vxlan")]
    public void Between_the_nodes_it_is_wrapped_and_has_a_key(string variant, string encapsulation)
    {
        string folder = Path.Combine(Samples.Folder, "neutron-zed", variant, "pcap");
        foreach (string file in Directory.GetFiles(folder, "*-eth0.pcap"))
        {
            Assert.All(Captures.Read(file, out _), packet =>
            {
                Assert.Equal(encapsulation, packet.Encapsulation);
                Assert.True(packet.TunnelKey > 0);
                Assert.StartsWith("10.0.20.", packet.OuterSource);
                Assert.NotEqual(packet.OuterSource, packet.OuterDestination);
            });
        }
    }

    [Fact]
    public void Options_of_dnsmasq_read_as_they_were_set()
    {
        string file = Path.Combine(Samples.Folder, "neutron-zed/hybrid+gre/pcap/5-compute1-eth0.pcap");
        DhcpPacket ack = Captures.Read(file, out _).First(packet => packet.Type == DhcpMessageType.Ack);
        Dictionary<string, string> options = ack.Options.ToDictionary(option => option.Name, option => option.Value);

        Assert.Equal("openstacklocal", options["domain-name"]);
        Assert.Equal("host-10-10-0-29", options["hostname"]);
        Assert.Equal("1458", options["mtu"]);
        Assert.Equal("10.10.0.1", options["router"]);
        Assert.Equal("10.10.0.53", options["dns-server"]);
        Assert.Equal("Ack", options["message-type"]);
        Assert.Equal("86400", options["lease-time"]);
    }
}
