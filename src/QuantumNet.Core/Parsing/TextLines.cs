namespace QuantumNet.Parsing;

/// <summary>The lines of a text with their numbers; a line ends at <c>\n</c> or <c>\r\n</c>.</summary>
internal ref struct TextLines(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>The line read last, without its end.</summary>
    public ReadOnlySpan<char> Line { get; private set; }

    /// <summary>Its number, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Steps to the next line; false at the end of the text.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;

        int end = _rest.IndexOf('\n');
        Line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        if (Line.Length > 0 && Line[^1] == '\r')
            Line = Line[..^1];
        Number++;
        return true;
    }
}
