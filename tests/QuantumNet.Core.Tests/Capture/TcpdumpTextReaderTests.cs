using QuantumNet.Diagnosis;
using QuantumNet.Observations.Captures;
using QuantumNet.Parsing.Capture;

namespace QuantumNet.Core.Tests.Capture;

/// <summary>What tcpdump prints of a capture, read back to packets.</summary>
public sealed class TcpdumpTextReaderTests
{
    public static TheoryData<string> Files => Captures.Recorded();

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Its_text_gives_the_same_packets_as_the_capture(string file)
    {
        string path = Path.Combine(Samples.Folder, file);
        List<DhcpPacket> read = Read(Tool.Run("tcpdump", "-l", "-n", "-tt", "-e", "-xx", "-r", path));

        Assert.Equal(Captures.Read(path, out _).Select(Line), read.Select(Line));
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void The_filter_lets_through_dhcp_and_nothing_else(string file)
    {
        string path = Path.Combine(Samples.Folder, file);
        string filter = file.Contains("eth0", StringComparison.Ordinal)
            ? TraceFilter.Tunnelled(file.Contains("gre", StringComparison.Ordinal) ? "gre" : "vxlan")
            : TraceFilter.Plain;
        string through = Tool.Run("tcpdump", "-n", "-tt", "-r", path, filter);

        Assert.Equal(Captures.Read(path, out _).Count,
            through.Split('\n').Count(line => line.AsSpan().TrimStart("0123456789").StartsWith(".")));
    }

    [SkippableTheory]
    [InlineData("gre")]
    [InlineData("vxlan")]
    [InlineData("geneve")]
    [InlineData("")]
    public void The_filter_finds_dhcp_in_tunnels_however_they_are_written(string type)
    {
        var random = new Random(21);
        List<GeneratedPacket> drawn = [.. Enumerable.Range(0, 300).Select(_ => GeneratedPacket.Draw(random))];
        // What the filters leave out, said in their documentation: IP options inside, and two VLANs.
        List<GeneratedPacket> wanted = drawn.FindAll(
            one => (type.Length == 0 ? one.Expected.Encapsulation.Length > 0 : one.Expected.Encapsulation == type)
                && one.Expected.OuterVlans.Length < 2 && one.Expected.Vlans.Length < 2 && !HasOptions(one));
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, PcapWriter.Write(wanted.Select(one => one.Frame)));
            string through = Tool.Run("tcpdump", "-n", "-tt", "-e", "-xx", "-r", file,
                TraceFilter.Marked(TraceFilter.Tunnelled(type), 0x7fffffff));
            Assert.Contains(wanted, one => one.Expected.OuterSource.Contains(':'));
            Assert.Contains(wanted, one => one.Expected.OuterSource.Contains('.'));
            Assert.Equal(wanted.Select(one => one.Expected.TransactionId),
                Read(through).Select(one => one.TransactionId));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_packet_without_a_length_waits_for_the_next_or_for_a_pause()
    {
        List<DhcpPacket> found = [];
        var reader = new TcpdumpTextReader(1600, found.Add);
        reader.Output("1700000000.123456 something that tells no size");
        reader.Output("\t0x0000:  ffff ffff ffff fa16 3e00 0001 0800 4500");

        Assert.True(reader.HasPending);
        reader.Pause();
        Assert.False(reader.HasPending);
        Assert.Empty(found);
    }

    [Fact]
    public void Packet_that_lacks_bytes_outlasts_a_pause_of_a_busy_node()
    {
        var reader = new TcpdumpTextReader(1600, _ => { });
        reader.Output("1700000000.123456 fa:16:3e:00:00:01 > ff:ff:ff:ff:ff:ff, ethertype IPv4 (0x0800), length 342: "
            + "0.0.0.0.68 > 255.255.255.255.67");
        reader.Output("\t0x0000:  ffff ffff ffff fa16 3e00 0001 0800 4500");
        for (int pause = 0; pause < 5; pause++)
            reader.Pause();
        Assert.True(reader.HasPending);
        for (int pause = 0; pause < 100; pause++)
            reader.Pause();
        Assert.False(reader.HasPending);
    }

    [Theory]
    [InlineData("listening on eth0, link-type EN10MB (Ethernet), snapshot length 1600 bytes",
        true, LinkType.Ethernet, "")]
    [InlineData("listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes", true,
        LinkType.LinuxCooked2, "")]
    [InlineData("tcpdump: tap0: No such device exists", false, LinkType.Ethernet,
        "tcpdump: tap0: No such device exists")]
    [InlineData("12 packets captured", false, LinkType.Ethernet, "")]
    public void What_it_says_tells_whether_it_listens(string line, bool isListening, int linkType, string said)
    {
        var reader = new TcpdumpTextReader(1600, _ => { });
        reader.Error(line);

        Assert.Equal((isListening, linkType, said), (reader.IsListening, reader.LinkType, reader.Said));
    }

    internal static bool HasOptions(GeneratedPacket one)
    {
        FrameLayers layers = FrameDecoder.Decode(one.Frame, LinkType.Ethernet, one.Frame.Length);
        return one.Frame[layers.Ip] != 0x45;
    }

    private static List<DhcpPacket> Read(string text)
    {
        List<DhcpPacket> found = [];
        var reader = new TcpdumpTextReader(262144, found.Add);
        foreach (string line in text.Split('\n'))
            reader.Output(line);
        reader.Flush();
        return found;
    }

    private static string Line(DhcpPacket packet) =>
        $"{packet.TimeNanoseconds / 1000} {packet} {packet.Checksum} {packet.Length} {packet.TunnelKey} "
        + $"{string.Join(',', packet.Options.Select(option => option.ToString()))}";
}
