namespace QuantumNet.Access.Gathering;

/// <summary>One pattern of the allow-list.</summary>
internal sealed class CommandPattern
{
    private enum Count
    {
        One,
        Optional,
        Any,
    }

    private sealed record Word(string[] Alternatives, Count Count);

    private readonly Word[] _words;

    private CommandPattern(Word[] words) => _words = words;

    /// <summary>Reads a pattern.</summary>
    public static CommandPattern Parse(string text) => new(
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word != "?").Select(ParseWord)]);

    /// <summary>Whether a command fits.</summary>
    public bool Matches(IReadOnlyList<string> argv) => Matches(argv, 0, 0);

    private static Word ParseWord(string word) => word[^1] switch
    {
        '?' => new(word[..^1].Split('|'), Count.Optional),
        '*' => new(word[..^1].Split('|'), Count.Any),
        _ => new(word.Split('|'), Count.One),
    };

    private bool Matches(IReadOnlyList<string> argv, int at, int word)
    {
        if (word == _words.Length)
            return at == argv.Count;
        Word here = _words[word];
        if (here.Count != Count.One && Matches(argv, at, word + 1))
            return true;
        foreach (string alternative in here.Alternatives)
        {
            int taken = Take(alternative, argv, at);
            if (taken > 0 && Matches(argv, at + taken, here.Count == Count.Any ? word : word + 1))
                return true;
        }
        return false;
    }

    /// <summary>How many arguments an alternative takes: none, one, or an option with its value.</summary>
    private static int Take(string alternative, IReadOnlyList<string> argv, int at)
    {
        if (at >= argv.Count)
            return 0;
        if (alternative.EndsWith(':'))
            return argv[at] == alternative[..^1] && at + 1 < argv.Count && ArgumentSort.Fits("<word>", argv[at + 1]) ? 2
                : 0;
        int slot = alternative.IndexOf('<');
        if (slot < 0)
            return argv[at] == alternative ? 1 : 0;
        return argv[at].StartsWith(alternative[..slot], StringComparison.Ordinal)
            && ArgumentSort.Fits(alternative[slot..], argv[at][slot..]) ? 1 : 0;
    }
}
