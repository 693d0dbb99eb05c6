using System.Globalization;

namespace QuantumNet.Parsing.Capture;

/// <summary>Takes packets out of <c>tcpdump -l -n -tt -e -xx</c>, line by line, as they come (tcpdump(1)):
/// <c>1700000000.123456 fa:16:… &gt; ff:ff:…, ethertype IPv4 (0x0800), length 342: …</c>, then the bytes,
/// <c>0x0000:  ffff ffff ffff …</c>. Text instead of a binary stream, so that many captures fit into one connection
/// and any tcpdump will do.</summary>
internal sealed class TcpdumpTextReader(int snapLength, Action<DhcpPacket> found)
{
    // A busy node may stop in the middle of a packet: one whose length is known is waited for this many pauses long.
    private const int PatientPauses = 25;

    private readonly DhcpPacketDecoder _decoder = new();
    private readonly byte[] _bytes = new byte[snapLength];
    private int _count;
    private long _time;
    private int _length;
    private int _pauses;
    private bool _isOpen;
    private long _number;

    /// <summary>What the frames begin with, as tcpdump says when it starts to listen.</summary>
    public int LinkType { get; private set; } = Capture.LinkType.Ethernet;

    /// <summary>Whether tcpdump has begun to listen.</summary>
    public bool IsListening { get; private set; }

    /// <summary>The last thing tcpdump said on standard error that is not statistics.</summary>
    public string Said { get; private set; } = "";

    /// <summary>Whether a packet waits for lines that may not come.</summary>
    public bool HasPending => _isOpen;

    /// <summary>Takes a line of standard output.</summary>
    public void Output(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> text = line.TrimStart(" \t");
        if (text.StartsWith("0x") && text.Length < line.Length)
            Bytes(text);
        else if (TryTime(line, out long time))
            Begin(time, LengthOf(line));
        if (_isOpen && _count >= Math.Min(_length, snapLength))
            Flush();
    }

    /// <summary>Takes a line of standard error.</summary>
    public void Error(ReadOnlySpan<char> line)
    {
        const string Type = "link-type ";
        int at = line.IndexOf(Type);
        if (at >= 0)
        {
            IsListening = true;
            ReadOnlySpan<char> rest = line[(at + Type.Length)..];
            int end = rest.IndexOfAny(' ', ',');
            LinkType = TypeOf(end < 0 ? rest : rest[..end]);
            Said = "";
        }
        else if (!IsStatistics(line))
            Said = line.Trim().ToString();
    }

    /// <summary>Tells that nothing has come for a moment. A packet that may be whole is given out;
    /// one that lacks bytes is waited for.</summary>
    public void Pause()
    {
        if (_isOpen && (_length == int.MaxValue || ++_pauses >= PatientPauses))
            Flush();
    }

    /// <summary>Gives out the packet that waits: its last line has come, or nothing has come for a while.</summary>
    public void Flush()
    {
        if (!_isOpen)
            return;
        _isOpen = false;
        var frame = new CapturedFrame
        {
            Data = _bytes.AsSpan(0, _count),
            Number = ++_number,
            TimeNanoseconds = _time,
            OriginalLength = Math.Max(_length, _count),
            LinkType = LinkType,
            Interface = "",
        };
        if (_decoder.TryDecode(frame, out DhcpPacket? packet))
            found(packet);
    }

    private void Begin(long time, int length)
    {
        Flush();
        _time = time;
        _length = length;
        _count = 0;
        _pauses = 0;
        _isOpen = true;
    }

    private void Bytes(ReadOnlySpan<char> line)
    {
        int colon = line.IndexOf(':');
        if (!_isOpen || colon < 0)
            return;
        _pauses = 0;
        ReadOnlySpan<char> hex = line[(colon + 1)..];
        for (int i = 0; i + 1 < hex.Length && _count < _bytes.Length;)
        {
            if (!char.IsAsciiHexDigit(hex[i]) || !char.IsAsciiHexDigit(hex[i + 1]))
            {
                i++;
                continue;
            }
            _bytes[_count++] = (byte)((Digit(hex[i]) << 4) | Digit(hex[i + 1]));
            i += 2;
        }
    }

    private static int Digit(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    /// <summary>Seconds since 1970 with six or nine decimals.</summary>
    private static bool TryTime(ReadOnlySpan<char> line, out long nanoseconds)
    {
        nanoseconds = 0;
        int dot = line.IndexOf('.');
        if (dot is < 1 or > 10
            || !long.TryParse(line[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
            return false;
        long fraction = 0, unit = 1_000_000_000;
        for (int i = dot + 1; i < line.Length && char.IsAsciiDigit(line[i]) && unit > 1; i++)
        {
            unit /= 10;
            fraction += (line[i] - '0') * unit;
        }
        nanoseconds = (seconds * 1_000_000_000) + fraction;
        return true;
    }

    private static int LengthOf(ReadOnlySpan<char> line)
    {
        const string Label = "length ";
        int at = line.IndexOf(Label);
        if (at < 0)
            return int.MaxValue;
        ReadOnlySpan<char> rest = line[(at + Label.Length)..];
        int digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
            digits++;
        return int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out int length) ? length
            : int.MaxValue;
    }

    private static bool IsStatistics(ReadOnlySpan<char> line) =>
        line.Contains("packet", StringComparison.Ordinal) && (line.Contains("captured", StringComparison.Ordinal)
            || line.Contains("received by filter", StringComparison.Ordinal)
            || line.Contains("dropped by", StringComparison.Ordinal))
        || line.Contains("verbose output suppressed", StringComparison.Ordinal) || line.IsWhiteSpace();

    private static int TypeOf(ReadOnlySpan<char> name) => name switch
    {
        "LINUX_SLL" => Capture.LinkType.LinuxCooked,
        "LINUX_SLL2" => Capture.LinkType.LinuxCooked2,
        "RAW" => Capture.LinkType.Raw,
        "NULL" => Capture.LinkType.Null,
        _ => Capture.LinkType.Ethernet,
    };
}
