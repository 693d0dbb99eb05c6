using System.Buffers.Binary;

namespace QuantumNet.Parsing.Capture;

/// <summary>Reads frames from a capture file, whichever of the two formats it has.</summary>
internal abstract class CaptureReader
{
    /// <summary>The longest frame believed: libpcap's MAXIMUM_SNAPLEN. What claims to be longer is damage.</summary>
    public const int MaximumFrameLength = 262144;

    private readonly TextSource _source;

    private protected CaptureReader(ByteWindow window, TextSource source)
    {
        Window = window;
        _source = source;
    }

    /// <summary>Frames read so far.</summary>
    public long FrameCount { get; private protected set; }

    private protected ByteWindow Window { get; }

    /// <summary>Opens a capture; null, with an issue, when it is none.</summary>
    public static CaptureReader? Open(Stream stream, TextSource source)
    {
        var window = new ByteWindow(stream);
        if (!window.TryHave(sizeof(uint)))
        {
            source.Report(0, 1, "Not a capture: too short", $"{window.Bytes.Length} bytes");
            return null;
        }
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(window.Bytes);
        if (magic == PcapngReader.SectionHeader)
            return new PcapngReader(window, source);
        if (PcapReader.TryFormat(magic, out PcapFormat format))
            return PcapReader.Open(window, format, source);
        source.Report(0, 1, "Not a capture: neither pcap nor pcapng", $"0x{magic:x8}");
        return null;
    }

    /// <summary>Reads the next frame; false at the end, or where damage leaves no next frame to be found.</summary>
    public abstract bool TryRead(out CapturedFrame frame);

    /// <summary>Reports what is wrong with the file, where.</summary>
    private protected void Report(string reason, string text) =>
        _source.Report((int)Math.Min(FrameCount + 1, int.MaxValue),
            (int)Math.Min(Window.Position + 1, int.MaxValue), reason, text);

    /// <summary>Reports a file that ends in the midst of something.</summary>
    private protected void ReportTruncated(string inside, int wanted) =>
        Report(CaptureIssue.Truncated, $"the capture ends inside {inside}: {Window.Bytes.Length} of {wanted} bytes");
}
