namespace QuantumNet.Simulation.OpenFlow;

/// <summary>The flows of a table that look at the same bits, found by one hash of these bits.</summary>
internal sealed class FlowSubtable
{
    private const ulong HashFactor = 0x9e3779b97f4a7c15;
    private readonly FlowMatch _first;
    private readonly Dictionary<ulong, Bucket> _buckets = [];

    /// <summary>A subtable of flows that look at the bits of one match.</summary>
    public FlowSubtable(FlowMatch match) => _first = match;

    /// <summary>The highest priority in it.</summary>
    public int MaximumPriority { get; private set; } = int.MinValue;

    /// <summary>Adds a flow.</summary>
    public void Add(CompiledFlow flow)
    {
        MaximumPriority = Math.Max(MaximumPriority, flow.Priority);
        flow.Match.ShareMask(_first);
        ulong hash = Hash(flow.Match.Value);
        _buckets.TryGetValue(hash, out Bucket? bucket);
        Bucket? same = bucket;
        while (same is not null && !same.First.Match.Value.SequenceEqual(flow.Match.Value))
            same = same.Next;
        if (same is null)
            _buckets[hash] = new Bucket(flow) { Next = bucket };
        else
            same.Insert(flow);
    }

    /// <summary>The flow of highest priority whose bits are the packet's; null when there is none.</summary>
    public CompiledFlow? Find(ReadOnlySpan<ulong> packet)
    {
        ReadOnlySpan<int> words = _first.Words;
        ReadOnlySpan<ulong> mask = _first.Mask;
        Span<ulong> bits = stackalloc ulong[words.Length];
        for (int i = 0; i < bits.Length; i++)
            bits[i] = packet[words[i]] & mask[i];
        if (!_buckets.TryGetValue(Hash(bits), out Bucket? bucket))
            return null;
        while (bucket is not null && !bucket.First.Match.Value.SequenceEqual(bits))
            bucket = bucket.Next;
        return bucket?.First;
    }

    /// <summary>Whether it looks at bits of a packet that are not known.</summary>
    public bool LooksAt(ReadOnlySpan<ulong> unknown)
    {
        ReadOnlySpan<int> words = _first.Words;
        for (int i = 0; i < words.Length && !unknown.IsEmpty; i++)
        {
            if ((unknown[words[i]] & _first.Mask[i]) != 0)
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
        ReadOnlySpan<int> words = _first.Words;
        for (int i = 0; i < words.Length; i++)
        {
            int word = words[i];
            if (((value[i] ^ packet.Words[word]) & _first.Mask[i] & ~packet.UnknownWords[word]) != 0)
                return false;
        }
        return true;
    }

    private static ulong Hash(ReadOnlySpan<ulong> bits)
    {
        ulong hash = HashFactor;
        foreach (ulong word in bits)
        {
            hash = (hash ^ word) * HashFactor;
            hash ^= hash >> 29;
        }
        return hash;
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
