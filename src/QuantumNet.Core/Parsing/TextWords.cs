namespace QuantumNet.Parsing;

/// <summary>The words of a line: runs of characters between spaces and tabs.</summary>
internal ref struct TextWords(ReadOnlySpan<char> line)
{
    private readonly ReadOnlySpan<char> _line = line;
    private int _position;

    /// <summary>The word read last; empty before the first and after the last.</summary>
    public ReadOnlySpan<char> Word { get; private set; }

    /// <summary>Its column, from 1.</summary>
    public int Column { get; private set; } = 1;

    /// <summary>What follows the word read last, without spaces around it.</summary>
    public readonly ReadOnlySpan<char> Rest => _line[_position..].Trim();

    /// <summary>Steps to the next word; false at the end of the line.</summary>
    public bool Next()
    {
        while (_position < _line.Length && _line[_position] is ' ' or '\t')
            _position++;

        int start = _position;
        while (_position < _line.Length && _line[_position] is not (' ' or '\t'))
            _position++;

        Word = _line[start.._position];
        Column = start + 1;
        return _position > start;
    }

    /// <summary>Steps past a number of words; false when the line ends before.</summary>
    public bool Skip(int count)
    {
        while (count-- > 0)
        {
            if (!Next())
                return false;
        }
        return true;
    }
}
