namespace QuantumNet.Parsing.Ovs;

/// <summary>Walks over comma-separated items, minding quotes and brackets.</summary>
internal ref struct ItemReader(ReadOnlySpan<char> text, bool endsAtSpace = false)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>The next item; false at the end.</summary>
    public bool TryNext(out ReadOnlySpan<char> item)
    {
        _rest = _rest.TrimStart(" ,");
        int end = 0;
        int depth = 0;
        while (end < _rest.Length && (depth > 0 || !IsEnd(_rest[end])))
        {
            if (_rest[end] == '"')
                end = AfterQuoted(_rest, end) - 1;
            else if (_rest[end] == '(')
                depth++;
            else if (_rest[end] == ')' && depth > 0)
                depth--;
            end++;
        }
        item = _rest[..end].TrimEnd(' ');
        _rest = _rest[end..];
        return !item.IsEmpty;
    }

    private readonly bool IsEnd(char letter) => letter == ',' || (letter == ' ' && endsAtSpace);

    private static int AfterQuoted(ReadOnlySpan<char> text, int at)
    {
        for (int i = at + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                return i + 1;
        }
        return text.Length;
    }
}
