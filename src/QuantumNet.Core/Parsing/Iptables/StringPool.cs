namespace QuantumNet.Parsing.Iptables;

/// <summary>Gives the same string for the same characters: rules repeat a few names a hundred thousand times.</summary>
internal sealed class StringPool
{
    private const int MaximumCount = 1 << 16;
    private int[] _buckets = new int[1024];              // index into _strings plus 1
    private string[] _strings = new string[512];
    private int _count;

    /// <summary>The string with these characters.</summary>
    public string Get(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return "";

        int mask = _buckets.Length - 1;
        int slot = string.GetHashCode(text) & mask;
        while (_buckets[slot] != 0)
        {
            string known = _strings[_buckets[slot] - 1];
            if (text.SequenceEqual(known))
                return known;
            slot = (slot + 1) & mask;
        }
        return _count == MaximumCount ? text.ToString() : Add(text.ToString(), slot);
    }

    private string Add(string text, int slot)
    {
        if (_count == _strings.Length)
        {
            Array.Resize(ref _strings, _count * 2);
            Rehash(_buckets.Length * 2);
            slot = FreeSlot(text);
        }
        _strings[_count++] = text;
        _buckets[slot] = _count;
        return text;
    }

    private void Rehash(int size)
    {
        _buckets = new int[size];
        for (int i = 0; i < _count; i++)
            _buckets[FreeSlot(_strings[i])] = i + 1;
    }

    private int FreeSlot(string text)
    {
        int mask = _buckets.Length - 1;
        int slot = string.GetHashCode(text.AsSpan()) & mask;
        while (_buckets[slot] != 0)
            slot = (slot + 1) & mask;
        return slot;
    }
}
