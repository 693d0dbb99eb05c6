using System.Buffers.Binary;

namespace QuantumNet.Parsing.Capture;

/// <summary>Reads pcapng files (draft-ietf-opsawg-pcapng): sections in either byte order, several interfaces each with
/// its own clock; enhanced, simple and the obsolete packet blocks; all other blocks are passed over.</summary>
internal sealed class PcapngReader : CaptureReader
{
    /// <summary>Type of a section header block: the same in either byte order.</summary>
    public const uint SectionHeader = 0x0a0d0d0a;

    private const uint InterfaceDescription = 1;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;
    private const uint ByteOrderMagic = 0x1a2b3c4d;
    private const int Frame = 12;                       // type, length, and the length again at the end
    private const int MaximumBlockLength = 1 << 24;     // libpcap's own limit for a block
    private const int MaximumInterfaces = 65536;

    private readonly List<PcapngInterface> _interfaces = [];
    private bool _isBigEndian;

    public PcapngReader(ByteWindow window, TextSource source)
        : base(window, source)
    {
    }

    /// <inheritdoc/>
    public override bool TryRead(out CapturedFrame frame)
    {
        frame = default;
        while (TryBlock(out uint type, out int length))
        {
            ReadOnlySpan<byte> body = Window.Bytes[8..(length - 4)];
            bool isFrame = false;
            switch (type)
            {
                case SectionHeader:
                    _interfaces.Clear();
                    break;
                case InterfaceDescription:
                    AddInterface(body);
                    break;
                case EnhancedPacket or ObsoletePacket:
                    isFrame = TryPacket(type, body, out frame);
                    break;
                case SimplePacket:
                    isFrame = TrySimplePacket(body, out frame);
                    break;
            }
            Window.Pass(length);
            if (isFrame)
                return true;
        }
        return false;
    }

    /// <summary>Has the next block in the window, whole; false at the end and where no block can be made out.</summary>
    private bool TryBlock(out uint type, out int length)
    {
        type = 0;
        length = 0;
        if (!Window.TryHave(Frame))
        {
            if (Window.Bytes.Length > 0)
                ReportTruncated("a block header", Frame);
            return false;
        }
        type = UInt32At(Window.Bytes, 0);
        if (type == SectionHeader && !TryByteOrder())
            return false;
        uint total = UInt32At(Window.Bytes, 4);
        if (total < Frame || total % 4 != 0 || total > MaximumBlockLength)
        {
            Report("Not a block", $"a block of {total} bytes");
            return false;
        }
        length = (int)total;
        return HasWhole(length);
    }

    private bool HasWhole(int length)
    {
        if (!Window.TryHave(length))
        {
            ReportTruncated("a block", length);
            return false;
        }
        if (UInt32At(Window.Bytes, length - 4) == length)
            return true;
        Report("Not a block", $"its two lengths differ: {length} and {UInt32At(Window.Bytes, length - 4)}");
        return false;
    }

    private bool TryByteOrder()
    {
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(Window.Bytes[8..]);
        if (magic is not ByteOrderMagic && BinaryPrimitives.ReverseEndianness(magic) is not ByteOrderMagic)
        {
            Report("Not a section", $"byte order mark 0x{magic:x8}");
            return false;
        }
        _isBigEndian = magic != ByteOrderMagic;
        return true;
    }

    private void AddInterface(ReadOnlySpan<byte> body)
    {
        if (body.Length < 8 || _interfaces.Count >= MaximumInterfaces)
        {
            Report("Not an interface", $"{body.Length} bytes, after {_interfaces.Count} others");
            return;
        }
        var added = PcapngInterface.Read(body, _isBigEndian);
        if (!LinkType.IsKnown(added.LinkType))
            Report(CaptureIssue.UnknownLinkType, $"{added.LinkType}");
        _interfaces.Add(added);
    }

    /// <summary>An enhanced packet block; the obsolete one differs in its first four bytes only.</summary>
    private bool TryPacket(uint type, ReadOnlySpan<byte> body, out CapturedFrame frame)
    {
        frame = default;
        const int Header = 20;
        if (body.Length < Header)
        {
            Report("Not a frame", $"a packet block of {body.Length} bytes");
            return false;
        }
        uint at = type == EnhancedPacket ? UInt32At(body, 0) : UInt16At(body, 0);
        uint captured = UInt32At(body, 12);
        if (at >= _interfaces.Count || captured > body.Length - Header || captured > MaximumFrameLength)
        {
            Report("Not a frame",
                $"{captured} bytes on interface {at} of {_interfaces.Count}, in a block of {body.Length}");
            return false;
        }
        PcapngInterface device = _interfaces[(int)at];
        ulong ticks = ((ulong)UInt32At(body, 4) << 32) | UInt32At(body, 8);
        frame = NewFrame(body.Slice(Header, (int)captured), UInt32At(body, 16), device);
        frame.TimeNanoseconds = device.Nanoseconds(ticks);
        return true;
    }

    private bool TrySimplePacket(ReadOnlySpan<byte> body, out CapturedFrame frame)
    {
        frame = default;
        if (body.Length < 4 || _interfaces.Count == 0)
        {
            Report("Not a frame", $"a simple packet block of {body.Length} bytes, {_interfaces.Count} interfaces");
            return false;
        }
        PcapngInterface device = _interfaces[0];
        uint original = UInt32At(body, 0);
        uint captured = Math.Min(original, (uint)Math.Min(body.Length - 4, MaximumFrameLength));
        if (device.SnapLength > 0)
            captured = Math.Min(captured, device.SnapLength);
        frame = NewFrame(body.Slice(4, (int)captured), original, device);
        return true;
    }

    private CapturedFrame NewFrame(ReadOnlySpan<byte> data, uint original, PcapngInterface device) => new()
    {
        Data = data,
        Number = ++FrameCount,
        OriginalLength = (int)Math.Min(original, int.MaxValue),
        LinkType = device.LinkType,
        Interface = device.Name,
    };

    private uint UInt32At(ReadOnlySpan<byte> bytes, int offset) => _isBigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private uint UInt16At(ReadOnlySpan<byte> bytes, int offset) => _isBigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);
}
