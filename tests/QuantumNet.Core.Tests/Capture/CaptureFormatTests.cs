using System.Buffers.Binary;
using QuantumNet.Parsing.Capture;

namespace QuantumNet.Core.Tests.Capture;

/// <summary>The same packets out of every file format.</summary>
public sealed class CaptureFormatTests
{
    private static readonly string s_real = Captures.RecordedFiles()[0];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Pcap_of_either_byte_order_and_resolution(bool isBigEndian, bool isNano)
    {
        var random = new Random(11);
        byte[] frame = GeneratedPacket.Draw(random).Frame;

        DhcpPacket packet = Assert.Single(Captures.Read(PcapWriter.Write([frame], isBigEndian, isNano),
            out List<ParseIssue> issues));

        Assert.Empty(issues);
        Assert.Equal(1_700_000_000_123_456_000 + (isNano ? 789 : 0), packet.TimeNanoseconds);
        Assert.Equal(frame.Length, packet.Length);
    }

    [SkippableTheory]
    [InlineData("pcapng")]
    [InlineData("nsecpcap")]
    [InlineData("modpcap")]
    [InlineData("pcap")]
    public void What_editcap_converts_reads_the_same(string format)
    {
        string file = Path.GetTempFileName();
        try
        {
            Tool.Run("editcap", "-F", format, s_real, file);
            List<DhcpPacket> converted = Captures.Read(file, out List<ParseIssue> issues);

            Assert.Empty(issues);
            Assert.Equal(Captures.Read(s_real, out _).Select(Line), converted.Select(Line));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [SkippableFact]
    public void Several_interfaces_of_a_merged_pcapng_are_told_apart()
    {
        string file = Path.GetTempFileName();
        try
        {
            Tool.Run("mergecap", "-F", "pcapng", "-I", "none", "-w", file, s_real, Captures.RecordedFiles()[4]);
            List<DhcpPacket> merged = Captures.Read(file, out List<ParseIssue> issues);

            Assert.Empty(issues);
            Assert.Equal(Captures.Read(s_real, out _).Count + Captures.Read(Captures.RecordedFiles()[4], out _).Count,
                merged.Count);
            Assert.Equal(merged.Count / 2, merged.Count(packet => packet.Encapsulation == "gre"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(false, 9, 1_700_000_000_123_456_789ul)]
    [InlineData(true, 6, 1_700_000_000_123_456ul)]
    [InlineData(false, 0x80 + 10, 1_700_000_000ul << 10)]
    public void A_clock_of_any_resolution_and_offset(bool isBigEndian, int resolution, ulong ticks)
    {
        byte[] frame = GeneratedPacket.Draw(new Random(5)).Frame;

        DhcpPacket packet = Assert.Single(Captures.Read(
            Pcapng(frame, isBigEndian, (byte)resolution, ticks, offset: 3600), out List<ParseIssue> issues));

        Assert.Empty(issues);
        Assert.Equal(1_700_003_600, packet.TimeNanoseconds / 1_000_000_000);
        Assert.Equal("eth0", packet.Interface);
    }

    [Fact]
    public void A_capture_cut_anywhere_gives_what_lies_before_the_cut()
    {
        byte[] whole = File.ReadAllBytes(s_real);
        int all = Captures.Read(whole, out _).Count, before = 0;
        for (int length = 0; length < whole.Length; length++)
        {
            int count = Captures.Read(whole[..length], out List<ParseIssue> issues).Count;
            Assert.InRange(count, before, all);
            Assert.True(issues.Count <= 1);
            before = count;
        }
        Assert.Equal(all, before);
    }

    [Theory]
    [InlineData(LinkType.LinuxCooked, 16)]
    [InlineData(LinkType.LinuxCooked2, 20)]
    [InlineData(LinkType.Raw, 0)]
    [InlineData(LinkType.Null, 4)]
    [InlineData(LinkType.Loop, 4)]
    public void Every_link_layer_leads_to_the_message(int linkType, int header)
    {
        byte[] datagram = FrameWriter.Udp([10, 0, 0, 2], [10, 0, 0, 9], 67, 68,
            [2, 1, 6, 0, 1, 2, 3, 4, .. new byte[300]], UdpChecksum.Good);
        byte[] frame = [.. new byte[header], .. FrameWriter.IPv4([10, 0, 0, 2], [10, 0, 0, 9], 17, datagram)];
        if (linkType == LinkType.LinuxCooked)
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(14), 0x0800);
        if (linkType == LinkType.LinuxCooked2)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame, 0x0800);
            frame[7] = 12;
        }

        DhcpPacket packet = Assert.Single(Captures.Read(PcapWriter.Write([frame], linkType: linkType), out _));

        Assert.Equal("0x01020304", packet.TransactionId);
        Assert.Equal(UdpChecksum.Good, packet.Checksum);
        Assert.Equal(linkType == LinkType.LinuxCooked2 ? "12" : "", packet.Interface);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GIF89a, which is no capture")]
    public void What_is_no_capture_is_said_to_be_none(string text)
    {
        Assert.Empty(Captures.Read(System.Text.Encoding.ASCII.GetBytes(text), out List<ParseIssue> issues));
        Assert.Equal(0, Assert.Single(issues).LineNumber);
    }

    private static string Line(DhcpPacket packet) =>
        $"{packet.FrameNumber} {packet.TimeNanoseconds} {packet} {packet.Checksum} {packet.Length}";

    private static byte[] Pcapng(byte[] frame, bool isBigEndian, byte resolution, ulong ticks, long offset)
    {
        byte[] UInt32(uint value) => isBigEndian ? FrameWriter.UInt32(value) : [.. FrameWriter.UInt32(value).Reverse()];
        byte[] UInt16(int value) => isBigEndian ? FrameWriter.UInt16(value) : [.. FrameWriter.UInt16(value).Reverse()];
        byte[] Block(uint type, byte[] body)
        {
            byte[] padded = [.. body, .. new byte[-body.Length & 3]];
            return [.. UInt32(type), .. UInt32((uint)padded.Length + 12), .. padded,
                .. UInt32((uint)padded.Length + 12)];
        }

        byte[] seconds =
            isBigEndian ? [.. UInt32(0), .. UInt32((uint)offset)] : [.. UInt32((uint)offset), .. UInt32(0)];
        return
        [
            .. Block(0x0a0d0d0a, [.. UInt32(0x1a2b3c4d), .. UInt16(1), .. UInt16(0), .. UInt32(uint.MaxValue),
                .. UInt32(uint.MaxValue)]),
            .. Block(4, [1, 2, 3, 4]),
            .. Block(1, [.. UInt16(1), .. UInt16(0), .. UInt32(0), .. UInt16(2), .. UInt16(4), .. "eth0"u8,
                .. UInt16(9), .. UInt16(1), resolution, 0, 0, 0, .. UInt16(14), .. UInt16(8),
                .. seconds, .. UInt32(0)]),
            .. Block(6, [.. UInt32(0), .. UInt32((uint)(ticks >> 32)), .. UInt32((uint)ticks),
                .. UInt32((uint)frame.Length), .. UInt32((uint)frame.Length), .. frame]),
        ];
    }

    [Fact]
    public void The_first_fragment_of_a_message_is_read_and_said_to_be_one()
    {
        byte[] address = [10, 0, 0, 1], message = [1, 1, 6, 0, 0, 0, 0, 1, .. new byte[228], 0x63, 0x82, 0x53, 0x63, 53,
            1, 1, 255, .. new byte[1000]];
        byte[] datagram = FrameWriter.Udp(address, address, 68, 67, message, UdpChecksum.Good);
        const int Cut = 800;
        byte[] first = Fragment(datagram[..Cut], 0, isLast: false),
            second = Fragment(datagram[Cut..], Cut, isLast: true);
        DhcpPacket packet = Assert.Single(Captures.Read(PcapWriter.Write([first, second]), out _));

        Assert.Equal((DhcpMessageType.Discover, "0x00000001"), (packet.Type, packet.TransactionId));
        Assert.Equal((true, UdpChecksum.Unknown, message.Length, Cut - 8),
            (packet.IsTruncated, packet.Checksum, packet.MessageLength, packet.Message!.Length));
        Assert.Contains(packet.Issues, issue => issue.StartsWith("first fragment", StringComparison.Ordinal));

        byte[] Fragment(byte[] part, int offset, bool isLast)
        {
            byte[] packet = FrameWriter.IPv4(address, address, 17, part);
            int field = (isLast ? 0 : 0x2000) | (offset / 8);
            (packet[6], packet[7]) = ((byte)(field >> 8), (byte)field);
            return FrameWriter.Ethernet([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2], 0x0800, packet);
        }
    }
}
