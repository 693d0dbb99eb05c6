using System.Buffers;
using QuantumNet.Parsing;

namespace QuantumNet.Snapshots;

/// <summary>Finds values by the names before them, in every form in which services, clients and shells write a name and
/// its value: <c>name = value</c>, <c>name: value</c>, JSON, YAML, Python's dictionaries and tuples, a client's table,
/// an option of a command, a sentence of a log. Each character is looked at a bounded number of times.</summary>
internal ref struct SecretSettings(ReadOnlySpan<char> line, SecretSpans spans)
{
    private const int LongestScheme = 10, LongestVerb = 7;

    private static readonly string[] s_states = ["required", "expired", "invalid", "incorrect", "wrong", "missing",
        "not ", "empty", "needed", "unknown", "too ", "used", "being ", "stored", "rejected", "refused", "valid",
        "unchanged"];
    private static readonly SearchValues<char> s_wordEnds = SearchValues.Create(" \t\r\n,;\"'&)]}");

    private readonly ReadOnlySpan<char> _line = line.TrimEnd();
    private bool _isFirst = true;

    /// <summary>Whether the last value goes on in the lines below: it is empty, or a YAML block's mark.</summary>
    public bool GoesOn { get; private set; }

    /// <summary>Finds them all.</summary>
    public void Find()
    {
        int at = 0;
        while (at < _line.Length)
        {
            if (!IsOfName(_line[at]))
            {
                _isFirst &= _line[at] is '#' or ';' || IsBlank(_line[at]);
                at++;
                continue;
            }
            int end = at;
            while (end < _line.Length && IsOfName(_line[end]))
                end++;
            int stem = SecretNames.EndOfStem(_line[at..end]);
            int next = stem < 0 ? end : Value(at, end, at + stem);
            _isFirst &= IsNoName(_line[at..end]);
            at = Math.Max(next, end);
        }
    }

    private static bool IsOfName(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '.' or ':' or '-';

    /// <summary>What may stand before the name of a setting that has the whole line.</summary>
    private static bool IsNoName(ReadOnlySpan<char> word) => word is "export" or "-" or "set" or "setenv";

    /// <summary>Masks the value of a name; where looking goes on.</summary>
    private int Value(int start, int end, int stem)
    {
        int colon = _line[stem..end].IndexOf(':');
        if (colon >= 0)
            return Masked(stem + colon + 1);
        int at = end;
        bool isQuoted = TakeQuote(ref at);
        int sign = Blanks(at);
        if (sign == _line.Length)
            return sign;
        switch (_line[sign])
        {
            case '=':
                return Masked(sign + (_line[(sign + 1)..] is ['>', ..] ? 2 : 1));
            case ':':
                return Masked(sign + 1);
            case ',' when isQuoted && OpensTuple(start) && StartsText(Blanks(sign + 1)):
                return Masked(sign + 1);
            case '|' when Before(start) == '|':
                return Cell(sign + 1);
            default:
                return sign == at ? end : Behind(sign, start);
        }
    }

    /// <summary>A value that only a blank parts from its name: an option's, or a sentence's.</summary>
    private int Behind(int at, int start)
    {
        if (_line[start] == '-' && _line[at] is not ('-' or '*') && (start == 0 || IsBlank(_line[start - 1])))
            return StartsQuote(at) ? Masked(at) : Word(at);
        if (StartsQuote(at))
            return Masked(at);
        int said = Verbs(at);
        return said == at || IsState(said) ? at : StartsQuote(said) ? Masked(said) : Word(said);
    }

    /// <summary>What sentences say of a password instead of the password: <c>a password is required</c> (sudo).
    /// </summary>
    private readonly bool IsState(int at)
    {
        ReadOnlySpan<char> rest = _line[at..];
        foreach (string state in s_states)
        {
            if (rest.StartsWith(state, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    /// <summary>Behind <c>is</c>, <c>was set to</c> and their like.</summary>
    private readonly int Verbs(int at)
    {
        int end;
        while ((end = _line[at..Math.Min(_line.Length, at + LongestVerb + 1)].IndexOf(' ')) > 0
            && _line[at..(at + end)] is "is" or "was" or "has" or "been" or "set" or "changed" or "to" or "now")
            at = Blanks(at + end);
        return at;
    }

    /// <summary>Masks what stands behind the sign.</summary>
    private int Masked(int at)
    {
        at = Blanks(at);
        if (at == _line.Length || IsBlockMark(_line[at..]))
        {
            GoesOn = _isFirst;
            return _line.Length;
        }
        if (_line[at] == '[')
            return List(at);
        if (_line[at] == '{')
            return at + 1;
        if (_isFirst)
        {
            GoesOn = _line[^1] == '\\';
            spans.Add(at, _line.Length);
            return _line.Length;
        }
        if (StartsText(at))
            return Quoted(_line[at] is 'u' or 'b' ? at + 1 : at);
        return Word(AfterScheme(at));
    }

    /// <summary>To the closing quote, or the line's end where there is none.</summary>
    private int Quoted(int at)
    {
        bool isEscaped = _line[at] == '\\';
        char quote = _line[isEscaped ? at + 1 : at];
        int start = at + (isEscaped ? 2 : 1), end = start;
        while (end < _line.Length && _line[end] is not ('\r' or '\n'))
        {
            if (isEscaped && _line[end] == '\\' && end + 1 < _line.Length && _line[end + 1] == quote)
                break;
            if (!isEscaped && _line[end] == quote)
                break;
            end += _line[end] == '\\' && end + 1 < _line.Length ? 2 : 1;
        }
        end = Math.Min(end, _line.Length);
        spans.Add(start, end);
        return end;
    }

    /// <summary>Each text of a list, so that JSON stays JSON; a list without quotes as a whole.</summary>
    private int List(int at)
    {
        int end = at + 1;
        while (end < _line.Length && _line[end] is not ']')
        {
            if (StartsText(end))
                end = Quoted(_line[end] is 'u' or 'b' ? end + 1 : end) + 1;
            else if (IsBlank(_line[end]) || _line[end] is ',' or '[' or '{')
                end++;
            else
                end = Math.Max(Word(end), end + 1);
        }
        return Math.Min(end, _line.Length);
    }

    private int Cell(int at)
    {
        int bar = _line[at..].IndexOf('|');
        int end = bar < 0 ? _line.Length : at + bar;
        ReadOnlySpan<char> cell = _line[at..end];
        int start = at + cell.Length - cell.TrimStart().Length;
        spans.Add(start, Math.Max(start, at + cell.TrimEnd().Length));
        return end;
    }

    private int Word(int at)
    {
        int length = _line[at..].IndexOfAny(s_wordEnds);
        int end = length < 0 ? _line.Length : at + length;
        spans.Add(at, end);
        return end;
    }

    /// <summary>Behind <c>Basic</c>, <c>Bearer</c> and their like, of an Authorization header.</summary>
    private readonly int AfterScheme(int at)
    {
        ReadOnlySpan<char> rest = _line[at..Math.Min(_line.Length, at + LongestScheme + 1)];
        int blank = rest.IndexOf(' ');
        return blank > 0 && rest[..blank].ToString().ToLowerInvariant()
            is "basic" or "bearer" or "digest" or "negotiate" or "token" ? Blanks(at + blank) : at;
    }

    /// <summary>Whether a quoted word is the first of a Python tuple, as <c>('password', 'x')</c>.</summary>
    private readonly bool OpensTuple(int start)
    {
        int quote = start - 1;
        return quote > 0 && (_line[quote - 1] == '('
            || (quote > 1 && _line[quote - 1] is 'u' && _line[quote - 2] == '('));
    }

    private readonly char Before(int at)
    {
        ReadOnlySpan<char> before = _line[..at].TrimEnd();
        return before.IsEmpty ? '\0' : before[^1];
    }

    private readonly bool TakeQuote(ref int at)
    {
        if (!StartsQuote(at))
            return false;
        at += _line[at] == '\\' ? 2 : 1;
        return true;
    }

    /// <summary>Whether a quoted text begins, also as Python writes it: <c>u'x'</c>, <c>b'x'</c>.</summary>
    private readonly bool StartsText(int at) =>
        StartsQuote(at) || (at < _line.Length && _line[at] is 'u' or 'b' && StartsQuote(at + 1));

    private readonly bool StartsQuote(int at) => at < _line.Length
        && (_line[at] is '"' or '\'' || (_line[at] == '\\' && at + 1 < _line.Length && _line[at + 1] is '"' or '\''));

    private readonly int Blanks(int at)
    {
        while (at < _line.Length && IsBlank(_line[at]))
            at++;
        return at;
    }

    private static bool IsBlank(char letter) => letter is ' ' or '\t' or '\r' or '\n' or '\v' or '\f';

    /// <summary>YAML's <c>|</c>, <c>&gt;-</c> and so on (YAML 1.2, 8.1): the value is the lines below.</summary>
    private static bool IsBlockMark(ReadOnlySpan<char> rest) =>
        rest is [('|' or '>')] or [('|' or '>'), ('-' or '+') or (>= '0' and <= '9')];
}
