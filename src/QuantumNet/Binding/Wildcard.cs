namespace QuantumNet.Binding;

/// <summary>A name as PowerShell users write it: <c>*</c>, <c>?</c>, <c>[a-f]</c>, <c>`</c> before a literal one; any case.
/// PowerShell's own WildcardPattern does nothing outside PowerShell.</summary>
internal readonly struct Wildcard(string pattern)
{
    private readonly string _pattern = pattern;

    /// <summary>Whether a text holds a wildcard.</summary>
    public static bool IsPattern(string text) => text.AsSpan().IndexOfAny('*', '?', '[') >= 0;

    public static bool AnyMatches(Wildcard[] wildcards, string text)
    {
        foreach (Wildcard wildcard in wildcards)
        {
            if (wildcard.Matches(text))
                return true;
        }
        return false;
    }

    /// <summary>Whether the whole text fits.</summary>
    public bool Matches(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> pattern = _pattern;
        int at = 0, next = 0, star = -1, mark = 0;
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                star = ++next;          // try the empty text first, come back for more
                mark = at;
            }
            else if (TakeOne(pattern, ref next, text[at]))
            {
                at++;
            }
            else if (star >= 0)
            {
                next = star;
                at = ++mark;
            }
            else
            {
                return false;
            }
        }
        return pattern[next..].Trim('*').IsEmpty;
    }

    /// <summary>Takes one element of the pattern if it fits the character; leaves it where it is otherwise.</summary>
    private static bool TakeOne(ReadOnlySpan<char> pattern, ref int next, char c)
    {
        if (next >= pattern.Length)
            return false;
        int start = next;
        bool fits = pattern[next] switch
        {
            '?' => true,
            '[' when pattern[next..].IndexOf(']') > 1 => TakeSet(pattern, ref next, c),
            '`' when next + 1 < pattern.Length => Same(pattern[++next], c),
            char literal => Same(literal, c),
        };
        next = fits ? next + 1 : start;
        return fits;
    }

    /// <summary>Reads <c>[abc]</c> or <c>[a-c]</c>; stands on the closing bracket afterwards.</summary>
    private static bool TakeSet(ReadOnlySpan<char> pattern, ref int next, char c)
    {
        int end = next + pattern[next..].IndexOf(']');
        bool fits = false;
        char lower = char.ToLowerInvariant(c);
        for (int i = next + 1; i < end; i++)
        {
            char first = char.ToLowerInvariant(pattern[i]);
            char last = i + 2 < end && pattern[i + 1] == '-' ? char.ToLowerInvariant(pattern[i += 2]) : first;
            fits |= lower >= first && lower <= last;
        }
        next = end;
        return fits;
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
