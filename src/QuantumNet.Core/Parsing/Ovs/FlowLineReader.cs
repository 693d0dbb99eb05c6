using System.Text;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Walks once over the statistics and the match of one flow's line.</summary>
internal ref struct FlowLineReader(ReadOnlySpan<byte> line, int number, TextSource source)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private int _at;
    private int _matchEnd;

    public int Table;
    public string TableName = "";
    public int Priority = 32768;
    public ulong Cookie;
    public double Duration;
    public long PacketCount;
    public long ByteCount;
    public long? IdleAge;
    public int IdleTimeout;
    public int HardTimeout;
    public int MatchStart = -1;
    public int ActionsStart;

    /// <summary>Length of the match from its first field to its last.</summary>
    public readonly int MatchLength => MatchStart < 0 ? 0 : _matchEnd - MatchStart;

    /// <summary>Reads up to the actions; false when the line has none.</summary>
    public bool Read()
    {
        while (_at < _line.Length)
        {
            if (_line[_at] is (byte)' ' or (byte)',' or (byte)'\t')
            {
                _at++;
                continue;
            }
            int start = _at;
            ReadOnlySpan<byte> word = ReadWord();
            FlowWord meaning = OvsVocabulary.Match.Find(word);
            if (meaning == FlowWord.Actions && _at < _line.Length && _line[_at] == (byte)'=')
            {
                ActionsStart = _at + 1;
                MatchStart = MatchStart < 0 ? 0 : MatchStart;
                return true;
            }
            ReadOnlySpan<byte> value = ReadValue();
            Take(meaning, word, value, start);
        }
        return false;
    }

    private ReadOnlySpan<byte> ReadWord()
    {
        int start = _at;
        while (_at < _line.Length && _line[_at] is not ((byte)'=' or (byte)',' or (byte)' ' or (byte)'\t'))
            _at++;
        return _line[start.._at];
    }

    private ReadOnlySpan<byte> ReadValue()
    {
        if (_at == _line.Length || _line[_at] != (byte)'=')
            return default;
        int start = ++_at;
        while (_at < _line.Length && _line[_at] is not ((byte)',' or (byte)' '))
        {
            _at = _line[_at] switch
            {
                (byte)'"' => FlowText.AfterQuoted(_line, _at),
                (byte)'(' => FlowText.AfterBracketed(_line, _at),
                _ => _at + 1,
            };
        }
        return _line[start.._at];
    }

    private void Take(FlowWord meaning, ReadOnlySpan<byte> word, ReadOnlySpan<byte> value, int start)
    {
        bool fine = true;
        switch (meaning)
        {
            case FlowWord.MatchField:
                TakeField(start);
                break;
            case FlowWord.Cookie:
                fine = FlowText.TryUnsigned(value, out Cookie);
                break;
            case FlowWord.Duration:
                fine = FlowText.TrySeconds(value, out Duration);
                break;
            case FlowWord.PacketCount:
                fine = FlowText.TryCount(value, out PacketCount);
                break;
            case FlowWord.ByteCount:
                fine = FlowText.TryCount(value, out ByteCount);
                break;
            case FlowWord.Ignored:
                break;
            case FlowWord.Unknown:
                TakeField(start);
                Report(start, "Unknown field", _line[start.._at]);
                break;
            default:
                fine = TakeNumber(meaning, value);
                break;
        }
        if (!fine)
            Report(start + word.Length + 1, "Not a number", value);
    }

    private bool TakeNumber(FlowWord meaning, ReadOnlySpan<byte> value)
    {
        bool fine = FlowText.TryInt(value, out int number);
        switch (meaning)
        {
            case FlowWord.Table:
                // With --names a table may have a name instead of its number, which nothing in the dump tells then.
                Table = fine ? number : -1;
                TableName = fine ? "" : OvsNames.Unquoted(Encoding.UTF8.GetString(value));
                break;
            case FlowWord.Priority when fine:
                Priority = number;
                break;
            case FlowWord.IdleTimeout:
                IdleTimeout = number;
                break;
            case FlowWord.HardTimeout:
                HardTimeout = number;
                break;
            case FlowWord.IdleAge when fine:
                IdleAge = number;
                break;
        }
        return fine;
    }

    private void TakeField(int start)
    {
        if (MatchStart < 0)
            MatchStart = start;
        _matchEnd = _at;
    }

    private readonly void Report(int at, string reason, ReadOnlySpan<byte> text) => source.Report(
        number, Encoding.UTF8.GetCharCount(_line[..Math.Min(at, _line.Length)]) + 1, reason,
        Encoding.UTF8.GetString(text));
}
