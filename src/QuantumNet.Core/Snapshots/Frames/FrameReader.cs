using System.Buffers;
using System.Globalization;
using System.Text;

namespace QuantumNet.Snapshots.Frames;

/// <summary>One command's output as it came over the wire.</summary>
internal sealed record Frame
{
    /// <summary>Number of the command in the plan; -1 for a lookup.</summary>
    public int Number { get; init; }
    /// <summary>The script's clock when it started.</summary>
    public double StartedAt { get; init; }
    /// <summary>The script's clock when it ended; null when the connection ended first.</summary>
    public double? EndedAt { get; init; }
    /// <summary>What ran the command, where the node itself did not: <c>docker exec openvswitch_vswitchd</c>;
    /// empty otherwise.</summary>
    public string[] Container { get; init; } = [];
    /// <summary>What it asked about.</summary>
    public string Subject { get; init; } = "";
    /// <summary>Standard output, whole or its first bytes.</summary>
    public byte[] Output { get; init; } = [];
    /// <summary>More came than was kept.</summary>
    public bool IsCut { get; init; }
    /// <summary>Standard error.</summary>
    public string Error { get; init; } = "";
    /// <summary>Exit status; null when the connection ended first.</summary>
    public int? Status { get; init; }
}

/// <summary>Splits what a gathering script prints into frames. A part is the run's nonce, a letter, and content up
/// to the next nonce: <c>B</c> number, clock and what runs the command in a container, <c>S</c> subject, <c>O</c>
/// standard output, <c>E</c> standard error with <c>=status</c> behind a nonce of its own, <c>X</c> clock at the end;
/// <c>Z</c> is the end of the script. A collector's script first says <c>M</c>, what its commands are, and <c>I</c>,
/// the node's name. The nonce is random and known to nobody else, so no output can hold it;
/// what comes before the first one (banners, a profile's noise) is kept apart.</summary>
internal sealed class FrameReader(string nonce, Func<int, long> limitOf, Action<Frame> emit)
{
    private const int MaximumText = 128 * 1024;
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789.");
    private readonly byte[] _nonce = Encoding.ASCII.GetBytes(nonce);
    private readonly ArrayBufferWriter<byte> _part = new();
    private byte[] _rest = [];
    private char _letter;
    private bool _awaitsLetter, _isCut;
    private Frame? _frame;

    /// <summary>Whether the script said that it is done.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The script's clock when it began; null when it did not say.</summary>
    public double? ClockAtBegin { get; private set; }

    /// <summary>When that was: here, or by the node's date where the script told it.</summary>
    public DateTime BeganAt { get; private set; } = DateTime.UtcNow;

    /// <summary>What a collector's script said of its commands.</summary>
    public string Manifest { get; private set; } = "";

    /// <summary>The node's name, as a collector's script said it.</summary>
    public string NodeName { get; private set; } = "";

    /// <summary>What was printed before the first frame.</summary>
    public string Preamble { get; private set; } = "";

    /// <summary>Whether anything of the script was seen.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        byte[] all = new byte[_rest.Length + bytes.Length];
        _rest.CopyTo(all, 0);
        bytes.CopyTo(all.AsSpan(_rest.Length));
        ReadOnlySpan<byte> text = all;
        while (!text.IsEmpty)
        {
            if (_awaitsLetter)
            {
                Begin((char)text[0]);
                text = text[1..];
                continue;
            }
            int at = text.IndexOf(_nonce);
            if (at < 0)
            {
                int keep = PartialNonce(text);
                Append(text[..^keep]);
                text = text[^keep..];
                break;
            }
            Append(text[..at]);
            EndPart();
            _awaitsLetter = true;
            text = text[(at + _nonce.Length)..];
        }
        _rest = text.ToArray();
    }

    /// <summary>The stream ended: what arrived of the current command is emitted.</summary>
    public void Complete()
    {
        if (!_awaitsLetter)
            Append(_rest);
        _rest = [];
        EndPart();
        EmitFrame();
        _awaitsLetter = false;
        _letter = '\0';
    }

    /// <summary>How many bytes at the end may be the beginning of a nonce.</summary>
    private int PartialNonce(ReadOnlySpan<byte> text)
    {
        for (int count = Math.Min(_nonce.Length - 1, text.Length); count > 0; count--)
        {
            if (text[^count..].SequenceEqual(_nonce.AsSpan(0, count)))
                return count;
        }
        return 0;
    }

    private void Begin(char letter)
    {
        HasBegun = true;
        _awaitsLetter = false;
        _letter = letter;
        if (letter == 'B')
        {
            EmitFrame();
            _frame = new();
        }
        IsComplete |= letter == 'Z';
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        long limit = _letter == 'O' && _frame is not null ? limitOf(_frame.Number) : MaximumText;
        int room = (int)Math.Clamp(limit - _part.WrittenCount, 0, bytes.Length);
        _part.Write(bytes[..room]);
        _isCut |= room < bytes.Length;
    }

    private void EndPart()
    {
        if (_letter == '\0')
            Preamble = Text();
        else if (_letter == 'H')
            (ClockAtBegin, BeganAt) = (Number(Text()), DateIn(Text()));
        else if (_letter == 'M')
            Manifest = Text();
        else if (_letter == 'I')
            NodeName = Text().Trim();
        else if (_frame is not null)
            _frame = With(_frame);
        if (_letter == 'X')
            EmitFrame();
        _part.ResetWrittenCount();
        _isCut = false;
    }

    private Frame With(Frame frame) => _letter switch
    {
        'B' => Begun(frame, Text().Trim().Split(' ')),
        'S' => frame with { Subject = Text() },
        'O' => frame with { Output = _part.WrittenSpan.ToArray(), IsCut = _isCut },
        'E' => frame with { Error = frame.Error + Text() },
        '=' => WithStatus(frame, Text()),
        'X' => frame with { EndedAt = Number(Text()) },
        _ => frame,
    };

    private static Frame Begun(Frame frame, string[] words) => words.Length < 2 ? frame with { Number = -1 }
        : frame with { Number = int.TryParse(words[0], out int number) ? number : -1, StartedAt = Number(words[1]),
            Container = words[2..] };

    /// <summary>The status is a line; standard error may go on behind it, since two processes write there.</summary>
    private static Frame WithStatus(Frame frame, string text)
    {
        int end = text.IndexOf('\n');
        string word = end < 0 ? text : text[..end];
        return frame with { Status = int.TryParse(word, out int status) ? status : null,
            Error = frame.Error + (end < 0 ? "" : text[(end + 1)..]) };
    }

    private static double Number(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().Trim();
        int end = digits.IndexOfAnyExcept(s_digits);
        return double.TryParse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture, out double number)
            ? number : 0;
    }

    /// <summary>The seconds since 1970 behind the clock; now where there are none.</summary>
    private static DateTime DateIn(string text)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1
            && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTime.UnixEpoch.AddSeconds(seconds) : DateTime.UtcNow;
    }

    private string Text() => Encoding.UTF8.GetString(_part.WrittenSpan);

    private void EmitFrame()
    {
        if (_frame is { } frame)
            emit(frame);
        _frame = null;
    }
}
