using System.Buffers;
using System.Globalization;
using System.Text;
using QuantumNet.Parsing.Capture;

namespace QuantumNet.Snapshots.Captures;

/// <summary>What one tcpdump of a trace prints, as it comes and as a snapshot keeps it: its own text, and between it
/// lines that begin with <c>#</c> and tell when something was, in seconds since the trace began (text2pcap(1) passes
/// over them). <c># listening 0.412</c>, <c># at 1.5</c> before each message, <c># ended 60.301 it had 10 packets</c>,
/// <c># failed 0.2 tcpdump: …</c>, <c># lost 20.5 the connection ended</c>.</summary>
/// <param name="snapLength">Bytes of a packet that are captured.</param>
/// <param name="isKept">Whether the text is kept, to be saved.</param>
internal sealed class TapLog(int snapLength, bool isKept)
{
    private const string Listening = "listening", At = "at", Ended = "ended", Failed = "failed", Lost = "lost";
    private const int MaximumErrorLength = 65536;

    private readonly List<TappedPacket> _packets = [];
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly StringBuilder _errors = new();
    private TcpdumpTextReader? _reader;
    private TapCapture _state = new();
    private double _arrival;

    /// <summary>Hears of each message.</summary>
    public Action<TappedPacket> Found { get; init; } = _ => { };

    /// <summary>Whether tcpdump has begun to listen.</summary>
    public bool IsListening => _state.IsListening;

    /// <summary>Whether it does not listen, or no longer because its node is lost.</summary>
    public bool HasFailed => _state.Obstacle.Length > 0;

    /// <summary>When it began to listen.</summary>
    public double From => _state.From;

    /// <summary>The last thing that tcpdump said and that is not statistics.</summary>
    public string Said => Reader.Said;

    /// <summary>Everything it printed; empty where it is not kept.</summary>
    public ReadOnlyMemory<byte> Text => _text.WrittenMemory;

    /// <summary>Standard error, the first 64 Ki characters of it.</summary>
    public string Errors => _errors.ToString();

    /// <summary>What was seen so far, and when.</summary>
    public TapCapture Capture => _state with { Packets = [.. _packets] };

    private TcpdumpTextReader Reader => _reader ??= new(snapLength, Give);

    /// <summary>Takes a line of standard output.</summary>
    public void Output(ReadOnlySpan<char> line, double at)
    {
        bool begins = line.Length > 0 && !char.IsWhiteSpace(line[0]);
        if (begins)
            Note(At, at, "");
        Keep(line);
        Reader.Output(line);        // gives out the message before, which came at another moment
        if (begins)
            _arrival = at;
    }

    /// <summary>Takes a line of standard error.</summary>
    public void Error(ReadOnlySpan<char> line, double at)
    {
        if (_errors.Length < MaximumErrorLength)
            _errors.Append(line).Append('\n');
        Reader.Error(line);
        if (Reader.IsListening && !IsListening)
            Listen(at);
    }

    /// <summary>Tells that nothing has come for a moment.</summary>
    public void Pause() => Reader.Pause();

    /// <summary>Gives out the message that waits for more.</summary>
    public void Flush() => Reader.Flush();

    /// <summary>It ended by itself.</summary>
    /// <param name="at">When.</param>
    /// <param name="reason">Why, where it was before its time; else empty.</param>
    public void End(double at, string reason)
    {
        Flush();
        if (_state.Until is not null)
            return;
        _state = _state with { Until = at, EndReason = reason };
        Note(Ended, at, reason);
    }

    /// <summary>It does not listen.</summary>
    public void Fail(double at, string reason)
    {
        if (HasFailed)
            return;
        _state = _state with { From = IsListening ? From : at, Obstacle = reason };
        Note(Failed, at, reason);
    }

    /// <summary>Its node was lost while it listened.</summary>
    public void Lose(double at, string reason)
    {
        if (HasFailed)
            return;
        _state = _state with { Until = _state.Until ?? at, EndReason = _state.Until is null ? reason : _state.EndReason,
            Obstacle = reason };
        Note(Lost, at, reason);
    }

    /// <summary>Reads what was kept.</summary>
    /// <param name="text">The text.</param>
    /// <param name="errors">Standard error: it tells what frames begin with.</param>
    /// <param name="source">Hears of lines that are not understood.</param>
    public static TapCapture Read(string text, string errors, TextSource source)
    {
        var log = new TapLog(CaptureReader.MaximumFrameLength, isKept: false);
        foreach (ReadOnlySpan<char> line in errors.AsSpan().EnumerateLines())
            log.Reader.Error(line);
        double at = 0;
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (!line.StartsWith("#"))
                log.Output(line, at);
            else if (!log.TryTake(line, ref at))
                source.Report(number, 1, "Not a line of a trace", line.ToString());
        }
        log.Flush();
        return log.Capture;
    }

    private bool TryTake(ReadOnlySpan<char> line, ref double at)
    {
        ReadOnlySpan<char> rest = line[1..].Trim();
        string word = Cut(ref rest), moment = Cut(ref rest), reason = rest.ToString();
        if (!double.TryParse(moment, NumberStyles.Float, CultureInfo.InvariantCulture, out at))
            return false;
        switch (word)
        {
            case At:
                return true;
            case Listening:
                Listen(at);
                return true;
            case Ended:
                End(at, reason);
                return true;
            case Failed:
                Fail(at, reason);
                return true;
            case Lost:
                Lose(at, reason);
                return true;
            default:
                return false;
        }
    }

    private static string Cut(ref ReadOnlySpan<char> rest)
    {
        int blank = rest.IndexOf(' ');
        string word = (blank < 0 ? rest : rest[..blank]).ToString();
        rest = blank < 0 ? "" : rest[(blank + 1)..];
        return word;
    }

    private void Listen(double at)
    {
        _state = _state with { IsListening = true, From = at };
        Note(Listening, at, "");
    }

    private void Give(DhcpPacket packet)
    {
        var seen = new TappedPacket(_arrival, packet);
        _packets.Add(seen);
        Found(seen);
    }

    private void Note(string what, double at, string reason) => Keep(string.Create(CultureInfo.InvariantCulture,
        $"# {what} {at:0.######}{(reason.Length > 0 ? " " : "")}{reason.ReplaceLineEndings(" ")}"));

    private void Keep(ReadOnlySpan<char> line)
    {
        if (!isKept)
            return;
        Encoding.UTF8.GetBytes(line, _text);
        _text.Write("\n"u8);
    }
}
