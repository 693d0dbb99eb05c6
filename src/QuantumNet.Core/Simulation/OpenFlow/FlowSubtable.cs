namespace QuantumNet.Simulation.OpenFlow;

/// <summary>The flows of a table that look at the same bits, found by one hash of these bits.</summary>
internal sealed class FlowSubtable
{
    private const ulong HashFactor = 0x9e3779b97f4a7c15;
    private readonly int[] _words;
    private readonly ulong[] _masks;
    private readonly Dictionary<ulong, Bucket> _buckets = [];

    /// <summary>A subtable of flows that look at the bits of one match.</summary>
    public FlowSubtable(FlowMatch match)
    {
        _words = [.. Enumerable.Range(0, PacketFields.WordCount).Where(word => match.Mask[word] != 0)];
        _masks = new ulong[_words.Length];
        for (int i = 0; i < _words.Length; i++)
            _masks[i] = match.Mask[_words[i]];
    }

    /// <summary>The highest priority in it.</summary>
    public int MaximumPriority { get; private set; } = int.MinValue;

    /// <summary>Adds a flow.</summary>
    public void Add(CompiledFlow flow)
    {
        MaximumPriority = Math.Max(MaximumPriority, flow.Priority);
        ulong hash = Hash(flow.Match.Value);
        _buckets.TryGetValue(hash, out Bucket? bucket);
        Bucket? same = bucket;
        while (same is not null && !IsEqual(same.First.Match.Value, flow.Match.Value))
            same = same.Next;
        if (same is null)
            _buckets[hash] = new Bucket(flow) { Next = bucket };
        else
            same.Insert(flow);
    }

    /// <summary>The flow of highest priority whose bits are the packet's; null when there is none.</summary>
    public CompiledFlow? Find(ReadOnlySpan<ulong> packet)
    {
        if (!_buckets.TryGetValue(Hash(packet), out Bucket? bucket))
            return null;
        while (bucket is not null && !IsEqual(bucket.First.Match.Value, packet))
            bucket = bucket.Next;
        return bucket?.First;
    }

    /// <summary>Whether it looks at bits of a packet that are not known.</summary>
    public bool LooksAt(ReadOnlySpan<ulong> unknown)
    {
        for (int i = 0; i < _words.Length && !unknown.IsEmpty; i++)
        {
            if ((unknown[_words[i]] & _masks[i]) != 0)
                return true;
        }
        return false;
    }

    /// <summary>The flows that may match a packet of which some bits are not known.</summary>
    public IEnumerable<CompiledFlow> Possible(Packet packet)
    {
        foreach (Bucket first in _buckets.Values)
        {
            for (Bucket? bucket = first; bucket is not null; bucket = bucket.Next)
            {
                if (MayBe(bucket.First.Match.Value, packet))
                    yield return bucket.First;
            }
        }
    }

    private bool MayBe(ReadOnlySpan<ulong> value, Packet packet)
    {
        for (int i = 0; i < _words.Length; i++)
        {
            int word = _words[i];
            if (((value[word] ^ packet.Words[word]) & _masks[i] & ~packet.UnknownWords[word]) != 0)
                return false;
        }
        return true;
    }

    private ulong Hash(ReadOnlySpan<ulong> words)
    {
        ulong hash = HashFactor;
        for (int i = 0; i < _words.Length; i++)
        {
            hash = (hash ^ (words[_words[i]] & _masks[i])) * HashFactor;
            hash ^= hash >> 29;
        }
        return hash;
    }

    private bool IsEqual(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        for (int i = 0; i < _words.Length; i++)
        {
            if (((left[_words[i]] ^ right[_words[i]]) & _masks[i]) != 0)
                return false;
        }
        return true;
    }

    /// <summary>The flows of one match, by falling priority.</summary>
    private sealed class Bucket(CompiledFlow first)
    {
        public CompiledFlow First { get; private set; } = first;

        public Bucket? Next { get; init; }

        public void Insert(CompiledFlow flow)
        {
            if (flow.Priority > First.Priority)
            {
                flow.Next = First;
                First = flow;
                return;
            }
            CompiledFlow before = First;
            while (before.Next is { } next && next.Priority >= flow.Priority)
                before = next;
            flow.Next = before.Next;
            before.Next = flow;
        }
    }
}
