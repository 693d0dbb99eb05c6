using System.Globalization;

namespace QuantumNet.Parsing.Links;

/// <summary>Counters of <c>ip -s link</c>: a line of column names, whose spelling and number changed over the years,
/// and a line of numbers: <c>RX: bytes packets errors dropped missed mcast</c>.</summary>
internal sealed class LinkCounterColumns(TextSource source)
{
    private readonly List<string> _names = [];
    private bool _receives;
    private bool _ignores;
    private int _headerLine;

    /// <summary>Takes the column names that follow <c>RX:</c> or <c>TX:</c>.</summary>
    public void Begin(TextWords words, int number)
    {
        End();
        _names.Clear();
        _receives = words.Word is "RX:";
        _headerLine = number;
        while (words.Next())
            _names.Add(words.Word.ToString());
    }

    /// <summary>The next line holds numbers that no record wants.</summary>
    public void BeginIgnored()
    {
        End();
        _ignores = true;
    }

    /// <summary>Reports column names that no numbers followed.</summary>
    public void End()
    {
        if (_headerLine > 0)
            source.Report(_headerLine, 1, "Truncated: counters missing", _receives ? "RX:" : "TX:");
        _headerLine = 0;
        _ignores = false;
    }

    /// <summary>Reads the numbers; false when no column names stand before this line.</summary>
    public bool ReadNumbers(ReadOnlySpan<char> line, int number, LinkDraft draft)
    {
        if (_headerLine == 0 && !_ignores)
            return false;
        if (!char.IsAsciiDigit(line.TrimStart()[0]))
        {
            End();
            return false;
        }
        if (!_ignores)
            Keep(line, number, draft);
        _headerLine = 0;
        _ignores = false;
        return true;
    }

    private void Keep(ReadOnlySpan<char> line, int number, LinkDraft draft)
    {
        var words = new TextWords(line);
        LinkCounters counters = default;
        foreach (string name in _names)
        {
            if (!words.Next()
                || !long.TryParse(words.Word, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            {
                source.Report(number, words.Column, "Not a number", words.Word);
                break;
            }
            counters = name switch
            {
                "bytes" => counters with { Bytes = value },
                "packets" => counters with { Packets = value },
                "errors" => counters with { Errors = value },
                "dropped" => counters with { Dropped = value },
                _ => counters,
            };
        }
        draft.HasCounters = true;
        if (_receives)
            draft.Rx = counters;
        else
            draft.Tx = counters;
    }
}
