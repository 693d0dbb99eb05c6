using System.Buffers.Binary;
using System.Text;

namespace QuantumNet.Parsing.Capture;

/// <summary>An interface description block of a pcapng file: link type, snap length, and options if_name (2),
/// if_tsresol (9), if_tsoffset (14).</summary>
internal sealed class PcapngInterface
{
    private const int NameOption = 2;
    private const int ResolutionOption = 9;
    private const int OffsetOption = 14;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const int MaximumDecimals = 18;

    private ulong _ticksPerSecond = 1_000_000;
    private long _offsetSeconds;

    private PcapngInterface()
    {
    }

    public int LinkType { get; private init; }

    public uint SnapLength { get; private init; }

    public string Name { get; private set; } = "";

    /// <summary>Reads the block's body, of at least eight bytes.</summary>
    public static PcapngInterface Read(ReadOnlySpan<byte> body, bool isBigEndian)
    {
        var device = new PcapngInterface
        {
            LinkType = UInt16(body, isBigEndian),
            SnapLength = isBigEndian
                ? BinaryPrimitives.ReadUInt32BigEndian(body[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(body[4..]),
        };
        ReadOnlySpan<byte> options = body[8..];
        while (options.Length >= 4)
        {
            int code = UInt16(options, isBigEndian), length = UInt16(options[2..], isBigEndian);
            if (code == 0 || length > options.Length - 4)
                break;
            device.Set(code, options.Slice(4, length), isBigEndian);
            options = options[Math.Min(4 + ((length + 3) & ~3), options.Length)..];
        }
        return device;
    }

    /// <summary>Nanoseconds since 1970 of a time stamp; 0 when they do not fit.</summary>
    public long Nanoseconds(ulong ticks)
    {
        UInt128 nanoseconds = (UInt128)ticks * NanosecondsPerSecond / _ticksPerSecond;
        Int128 time = (Int128)nanoseconds + (Int128)_offsetSeconds * NanosecondsPerSecond;
        return time < 0 || time > long.MaxValue ? 0 : (long)time;
    }

    private void Set(int code, ReadOnlySpan<byte> value, bool isBigEndian)
    {
        switch (code)
        {
            case NameOption:
                Name = Encoding.UTF8.GetString(value).TrimEnd('\0');
                break;
            case ResolutionOption when value.Length >= 1:
                _ticksPerSecond = TicksPerSecond(value[0]);
                break;
            case OffsetOption when value.Length >= 8:
                _offsetSeconds = isBigEndian
                    ? BinaryPrimitives.ReadInt64BigEndian(value) : BinaryPrimitives.ReadInt64LittleEndian(value);
                break;
        }
    }

    /// <summary>A negative power of two when the highest bit is set, else of ten.
    /// Finer ones than a 64-bit count can hold are cut there.</summary>
    private static ulong TicksPerSecond(byte resolution)
    {
        if ((resolution & 0x80) != 0)
            return 1ul << Math.Min(resolution & 0x7f, 63);
        ulong ticks = 1;
        for (int i = Math.Min((int)resolution, MaximumDecimals); i > 0; i--)
            ticks *= 10;
        return ticks;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
