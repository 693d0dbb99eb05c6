namespace QuantumNet.Snapshots;

/// <summary>A name as PowerShell users write it: <c>*</c>, <c>?</c>, <c>[a-f]</c>, <c>`</c> before a literal one; any
/// case. PowerShell's own WildcardPattern does nothing outside PowerShell, and refuses a bracket that nobody closes:
/// here it is itself.</summary>
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
        // PowerShell takes it for nothing, where it stands alone
        ReadOnlySpan<char> pattern = _pattern is "`" ? "" : _pattern;
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
            '[' when EndOfSet(pattern, next) is > 0 and var end => TakeSet(pattern, ref next, end, c),
            '`' when next + 1 < pattern.Length => Same(pattern[++next], c),
            char literal => Same(literal, c),
        };
        next = fits ? next + 1 : start;
        return fits;
    }

    /// <summary>Where the bracket closes; -1 where it does not. The first character and escaped ones
    /// belong to the set.</summary>
    private static int EndOfSet(ReadOnlySpan<char> pattern, int start)
    {
        for (int i = start + 1; i < pattern.Length; i++)
        {
            if (pattern[i] == ']' && i > start + 1)
                return i;
            if (pattern[i] == '`')
                i++;
        }
        return -1;
    }

    /// <summary>Reads <c>[abc]</c> or <c>[a-c]</c>; stands on the closing bracket afterwards.</summary>
    private static bool TakeSet(ReadOnlySpan<char> pattern, ref int next, int end, char c)
    {
        bool fits = false;
        for (int i = next + 1; i < end;)
        {
            char first = Member(pattern, ref i), last = first;
            if (i + 1 < end && pattern[i] == '-')
            {
                i++;
                last = Member(pattern, ref i);
            }
            fits |= IsIn(c, first, last) || IsIn(char.ToLowerInvariant(c), first, last)
                || IsIn(char.ToUpperInvariant(c), first, last);
        }
        next = end;
        return fits;
    }

    private static char Member(ReadOnlySpan<char> pattern, ref int i)
    {
        if (pattern[i] == '`')
            i++;
        return pattern[i++];
    }

    private static bool IsIn(char c, char first, char last) => c >= first && c <= last;

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
