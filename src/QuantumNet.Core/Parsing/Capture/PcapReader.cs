using System.Buffers.Binary;

namespace QuantumNet.Parsing.Capture;

/// <summary>How a pcap file is written.</summary>
/// <param name="IsBigEndian">Byte order of its headers.</param>
/// <param name="NanosecondsPerTick">What the second half of a time stamp counts.</param>
/// <param name="RecordHeader">Bytes before each frame: 16, or 24 in the "modified" format of old Linux kernels.</param>
internal readonly record struct PcapFormat(bool IsBigEndian, int NanosecondsPerTick, int RecordHeader);

/// <summary>Reads pcap files (pcap-savefile(5)): either byte order, microseconds and nanoseconds.</summary>
internal sealed class PcapReader : CaptureReader
{
    private const int FileHeader = 24;
    // Above it: whether a frame check sequence follows, and its length
    private const int LinkTypeMask = 0x0fffffff;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly PcapFormat _format;
    private readonly int _linkType;

    private PcapReader(ByteWindow window, PcapFormat format, TextSource source)
        : base(window, source)
    {
        _format = format;
        _linkType = (int)(UInt32At(window.Bytes, 20) & LinkTypeMask);
        if (!Capture.LinkType.IsKnown(_linkType))
            Report(CaptureIssue.UnknownLinkType, $"{_linkType}");
        window.Pass(FileHeader);
    }

    /// <summary>What the first four bytes, read as little-endian, say.</summary>
    public static bool TryFormat(uint magic, out PcapFormat format)
    {
        format = magic switch
        {
            0xa1b2c3d4 => new(false, 1000, 16),
            0xd4c3b2a1 => new(true, 1000, 16),
            0xa1b23c4d => new(false, 1, 16),
            0x4d3cb2a1 => new(true, 1, 16),
            0xa1b2cd34 => new(false, 1000, 24),
            0x34cdb2a1 => new(true, 1000, 24),
            _ => default,
        };
        return format.RecordHeader > 0;
    }

    /// <summary>Reads the file header; null, with an issue, when it is cut.</summary>
    public static PcapReader? Open(ByteWindow window, PcapFormat format, TextSource source)
    {
        if (window.TryHave(FileHeader))
            return new PcapReader(window, format, source);
        source.Report(0, 1, CaptureIssue.Truncated,
            $"the capture ends inside the file header: {window.Bytes.Length} of {FileHeader} bytes");
        return null;
    }

    /// <inheritdoc/>
    public override bool TryRead(out CapturedFrame frame)
    {
        frame = default;
        if (!Window.TryHave(_format.RecordHeader))
        {
            if (Window.Bytes.Length > 0)
                ReportTruncated("a record header", _format.RecordHeader);
            return false;
        }
        ReadOnlySpan<byte> header = Window.Bytes;
        uint captured = UInt32At(header, 8);
        if (captured > MaximumFrameLength)
        {
            Report("Not a frame", $"a record of {captured} bytes");
            return false;
        }
        uint seconds = UInt32At(header, 0), ticks = UInt32At(header, 4), original = UInt32At(header, 12);
        return TryReadBody((int)captured, original,
            seconds * NanosecondsPerSecond + ticks * _format.NanosecondsPerTick, out frame);
    }

    private bool TryReadBody(int captured, uint original, long time, out CapturedFrame frame)
    {
        frame = default;
        int length = _format.RecordHeader + captured;
        if (!Window.TryHave(length))
        {
            ReportTruncated("a frame", length);
            return false;
        }
        frame.Data = Window.Bytes[_format.RecordHeader..length];
        frame.Number = ++FrameCount;
        frame.TimeNanoseconds = time;
        frame.OriginalLength = (int)Math.Min(original, int.MaxValue);
        frame.LinkType = _linkType;
        frame.Interface = "";
        Window.Pass(length);
        return true;
    }

    private uint UInt32At(ReadOnlySpan<byte> bytes, int offset) => _format.IsBigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
}
