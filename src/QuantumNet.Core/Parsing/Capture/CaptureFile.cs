namespace QuantumNet.Parsing.Capture;

/// <summary>Reads the DHCP messages of a capture, one at a time: neither file nor answer is ever
/// held as a whole.</summary>
public static class CaptureFile
{
    /// <summary>The DHCP messages of a pcap or pcapng stream. What is damaged is reported to the source;
    /// frame numbers stand for lines.</summary>
    public static IEnumerable<DhcpPacket> ReadDhcp(Stream stream, TextSource source)
    {
        foreach (object packet in Read(stream, source, withArp: false))
            yield return (DhcpPacket)packet;
    }

    /// <summary>The DHCP and ARP messages (<see cref="DhcpPacket"/>, <see cref="ArpPacket"/>) of a pcap or pcapng
    /// stream, as they come.</summary>
    public static IEnumerable<object> ReadDhcpAndArp(Stream stream, TextSource source) =>
        Read(stream, source, withArp: true);

    private static IEnumerable<object> Read(Stream stream, TextSource source, bool withArp)
    {
        if (CaptureReader.Open(stream, source) is not { } reader)
            yield break;
        var decoder = new DhcpPacketDecoder { Path = source.Path };
        var faults = new FrameFaults(source);
        while (TryNext(reader, decoder, faults, withArp, out object? packet))
        {
            if (packet is not null)
                yield return packet;
        }
    }

    private static bool TryNext(
        CaptureReader reader, DhcpPacketDecoder decoder, FrameFaults faults, bool withArp, out object? packet)
    {
        packet = null;
        while (reader.TryRead(out CapturedFrame frame))
        {
            FrameLayers layers = FrameDecoder.Decode(frame.Data, frame.LinkType, frame.OriginalLength);
            if (decoder.TryDecode(frame, layers, out DhcpPacket? dhcp))
            {
                foreach (string issue in dhcp.Issues)
                    faults.Add(frame.Number, issue);
                packet = dhcp;
                return true;
            }
            if (withArp && decoder.TryDecodeArp(frame, layers, out ArpPacket? arp))
            {
                packet = arp;
                return true;
            }
            if (layers.Issue is { } wrong)
                faults.Add(frame.Number, wrong);
        }
        return false;
    }

    /// <summary>Malformed packets, reported up to a number: a hostile capture may hold millions.</summary>
    private sealed class FrameFaults(TextSource source)
    {
        private const int Maximum = 1000;
        private int _count;

        public void Add(long frame, string what)
        {
            if (++_count <= Maximum)
                source.Report((int)Math.Min(frame, int.MaxValue), 1, CaptureIssue.MalformedPacket, what);
            else if (_count == Maximum + 1)
                source.Report((int)Math.Min(frame, int.MaxValue), 1, CaptureIssue.MalformedPacket,
                    "and more, which are not listed");
        }
    }
}
