namespace QuantumNet.Snapshots;

/// <summary>Shell patterns of file names (glob(7)): <c>*</c>, <c>?</c> and <c>[...]</c>,
/// none of which matches a slash.</summary>
internal static class FilePattern
{
    /// <summary>Whether a path matches a pattern.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        int p = 0, t = 0, star = -1, retry = 0;
        while (t < path.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                retry = t;
            }
            else if (p < pattern.Length && MatchesOne(pattern, ref p, path[t]))
            {
                t++;
            }
            else if (star >= 0 && path[retry] != '/')
            {
                p = star + 1;
                t = ++retry;
            }
            else
            {
                return false;
            }
        }
        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, ref int p, char c)
    {
        int close = pattern[p] == '[' ? pattern[p..].IndexOf(']') : -1;
        if (close > 1)
        {
            ReadOnlySpan<char> set = pattern.Slice(p + 1, close - 1);
            p += close + 1;
            return c != '/' && IsInSet(set, c);
        }
        bool matches = pattern[p] == c || (pattern[p] == '?' && c != '/');
        p++;
        return matches;
    }

    private static bool IsInSet(ReadOnlySpan<char> set, char c)
    {
        bool isNegated = set[0] == '!';
        for (int i = isNegated ? 1 : 0; i < set.Length; i++)
        {
            bool isRange = i + 2 < set.Length && set[i + 1] == '-';
            if (isRange ? c >= set[i] && c <= set[i + 2] : c == set[i])
                return !isNegated;
            if (isRange)
                i += 2;
        }
        return isNegated;
    }
}
