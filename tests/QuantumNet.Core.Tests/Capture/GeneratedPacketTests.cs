using FsCheck;
using FsCheck.Fluent;


namespace QuantumNet.Core.Tests.Capture;

/// <summary>Packets drawn at random: found again as they were written, and read as tcpdump
/// and tshark read them.</summary>
public sealed class GeneratedPacketTests
{
    private const int Together = 400;

    [Fact]
    public void What_was_written_is_read() => Prop
        .ForAll(GeneratedPacket.Any, drawn =>
        {
            DhcpPacket read = Assert.Single(Captures.Read(PcapWriter.Write([drawn.Frame]),
                out List<ParseIssue> issues));
            Assert.Empty(issues);
            Assert.Equal(Strip(drawn.Expected), Strip(read));
            Assert.Equal(drawn.Expected.Vlans, read.Vlans);
            Assert.Equal(drawn.Expected.OuterVlans, read.OuterVlans);
            Assert.Equal([53, 54, 50, 51, 12, 55, 121], read.Options.Select(option => option.Code));
            return true;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Cut_anywhere_it_is_truncated_or_gone_and_its_checksum_unknown() => Prop
        .ForAll(GeneratedPacket.Any, drawn =>
        {
            for (int snap = 1; snap < drawn.Frame.Length; snap += 7)
            {
                foreach (DhcpPacket packet in Captures.Read(PcapWriter.Write([drawn.Frame], snapLength: snap), out _))
                {
                    Assert.True(packet.IsTruncated);
                    Assert.True(packet.Checksum is UdpChecksum.Unknown or UdpChecksum.None);
                    _ = packet.Options;
                }
            }
            return true;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Tshark_agrees(int seed) => WithFile(seed, Agreement.WithTshark);

    [SkippableTheory]
    [InlineData(3)]
    [InlineData(4)]
    public void Tcpdump_agrees(int seed) => WithFile(seed, Agreement.WithTcpdump, drawn => !IsOldVxlanPort(drawn));

    /// <summary>tcpdump takes 8472, Linux's first VXLAN port, for OTV.</summary>
    private static bool IsOldVxlanPort(GeneratedPacket drawn) =>
        drawn.Expected.Encapsulation == "vxlan"
        && drawn.Frame.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x21, 0x18]) is >= 0 and < 90;

    private static void WithFile(
        int seed, Action<string, IReadOnlyList<DhcpPacket>> compare, Func<GeneratedPacket, bool>? fits = null)
    {
        var random = new Random(seed);
        byte[] capture = PcapWriter.Write(Enumerable.Range(0, Together).Select(_ => GeneratedPacket.Draw(random))
            .Where(drawn => fits is null || fits(drawn)).Select(drawn => drawn.Frame));
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, capture);
            compare(file, Captures.Read(capture, out _));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Without what compares by identity, and without what the frame does not hold.</summary>
    private static DhcpPacket Strip(DhcpPacket packet) => packet with
    {
        FrameNumber = 0, Time = default, TimeNanoseconds = 0, Vlans = s_none, OuterVlans = s_none, Issues = s_noIssues,
        Options = s_noOptions, Message = default,
    };

    private static readonly int[] s_none = [];
    private static readonly string[] s_noIssues = [];
    private static readonly DhcpOption[] s_noOptions = [];
}
