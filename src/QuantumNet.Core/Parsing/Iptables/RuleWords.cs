using System.Text;

namespace QuantumNet.Parsing.Iptables;

/// <summary>The words of a rule. A word in double quotes may hold spaces; <c>\</c> escapes inside them, as
/// xtables_save_string() of iptables writes it: <c>--comment "a \"b\""</c>.</summary>
internal ref struct RuleWords(ReadOnlySpan<char> line, int start)
{
    private readonly ReadOnlySpan<char> _line = line;
    private int _position = start;

    /// <summary>The word read last, its quotes taken off.</summary>
    public ReadOnlySpan<char> Word { get; private set; }

    /// <summary>Where it begins in the line, from 1.</summary>
    public int Column { get; private set; } = start + 1;

    /// <summary>Whether it stood in quotes.</summary>
    public bool IsQuoted { get; private set; }

    /// <summary>Whether its closing quote is missing.</summary>
    public bool IsUnterminated { get; private set; }

    /// <summary>Whether it is an option: <c>-s</c>, <c>--dport</c>; a quoted word,
    /// <c>-</c> and <c>-1</c> are none.</summary>
    public readonly bool IsOption =>
        !IsQuoted && Word.Length > 1 && Word[0] == '-' && (Word[1] == '-' || char.IsAsciiLetter(Word[1]));

    /// <summary>Whether it is the sign of negation.</summary>
    public readonly bool IsNegation => !IsQuoted && Word is "!";

    /// <summary>What follows the word read last, verbatim.</summary>
    public readonly ReadOnlySpan<char> Rest => _line[_position..].Trim();

    /// <summary>Steps to the next word; false at the end of the line.</summary>
    public bool Next()
    {
        while (_position < _line.Length && _line[_position] is ' ' or '\t')
            _position++;

        Column = _position + 1;
        IsQuoted = _position < _line.Length && _line[_position] == '"';
        if (_position == _line.Length)
            Word = default;
        else
            Word = IsQuoted ? Quoted() : Plain();
        return Column <= _line.Length;
    }

    private ReadOnlySpan<char> Plain()
    {
        int start = _position;
        int length = _line[start..].IndexOfAny(' ', '\t');
        _position = length < 0 ? _line.Length : start + length;
        return _line[start.._position];
    }

    private ReadOnlySpan<char> Quoted()
    {
        int start = ++_position;
        int length = _line[start..].IndexOfAny('"', '\\');
        if (length < 0)
        {
            IsUnterminated = true;
            _position = _line.Length;
            return _line[start..];
        }
        if (_line[start + length] == '\\')
            return Escaped();

        _position = start + length + 1;
        return _line.Slice(start, length);
    }

    private ReadOnlySpan<char> Escaped()
    {
        var text = new StringBuilder();
        while (_position < _line.Length && _line[_position] != '"')
        {
            if (_line[_position] == '\\' && _position + 1 < _line.Length)
                _position++;
            text.Append(_line[_position++]);
        }
        IsUnterminated = _position == _line.Length;
        if (!IsUnterminated)
            _position++;
        return text.ToString();
    }
}
