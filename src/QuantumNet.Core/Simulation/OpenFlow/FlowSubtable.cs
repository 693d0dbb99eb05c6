namespace QuantumNet.Simulation.OpenFlow;

/// <summary>The flows of a table that look at the same bits, found by one hash of these bits.</summary>
internal sealed class FlowSubtable
{
    private readonly FlowMask _mask;
    private CompiledFlow?[] _slots = new CompiledFlow?[4];      // a power of two; flows of one slot are chained
    private int _matchCount;

    /// <summary>A subtable of flows that look at these bits.</summary>
    public FlowSubtable(FlowMask mask) => _mask = mask;

    /// <summary>The highest priority in it.</summary>
    public int MaximumPriority { get; private set; } = int.MinValue;

    /// <summary>Its flows.</summary>
    public IEnumerable<CompiledFlow> Flows
    {
        get
        {
            foreach (CompiledFlow? first in _slots)
            {
                for (CompiledFlow? match = first; match is not null; match = match.NextInSlot)
                {
                    for (CompiledFlow? flow = match; flow is not null; flow = flow.Next)
                        yield return flow;
                }
            }
        }
    }

    /// <summary>Adds a flow.</summary>
    public void Add(CompiledFlow flow)
    {
        MaximumPriority = Math.Max(MaximumPriority, flow.Priority);
        ref CompiledFlow? first = ref FirstOf(flow.Match.Value);
        if (first is null)
        {
            first = flow;
            if (++_matchCount > _slots.Length)
                Grow();
        }
        else if (flow.Priority > first.Priority)
        {
            (flow.Next, flow.NextInSlot) = (first, first.NextInSlot);
            first.NextInSlot = null;
            first = flow;
        }
        else
        {
            InsertBehind(first, flow);
        }
    }

    /// <summary>The flow of highest priority whose bits are the packet's; null when there is none.</summary>
    public CompiledFlow? Find(ReadOnlySpan<ulong> packet)
    {
        ReadOnlySpan<int> words = _mask.Words;
        ReadOnlySpan<ulong> mask = _mask.Bits;
        Span<ulong> bits = stackalloc ulong[words.Length];
        for (int i = 0; i < bits.Length; i++)
            bits[i] = packet[words[i]] & mask[i];
        return FirstOf(bits);
    }

    /// <summary>Whether it looks at bits of a packet that are not known.</summary>
    public bool LooksAt(ReadOnlySpan<ulong> unknown)
    {
        ReadOnlySpan<int> words = _mask.Words;
        for (int i = 0; i < words.Length && !unknown.IsEmpty; i++)
        {
            if ((unknown[words[i]] & _mask.Bits[i]) != 0)
                return true;
        }
        return false;
    }

    /// <summary>The flows that may match a packet of which some bits are not known.</summary>
    public IEnumerable<CompiledFlow> Possible(Packet packet)
    {
        foreach (CompiledFlow? first in _slots)
        {
            for (CompiledFlow? flow = first; flow is not null; flow = flow.NextInSlot)
            {
                if (MayBe(flow.Match.Value, packet))
                    yield return flow;
            }
        }
    }

    private bool MayBe(ReadOnlySpan<ulong> value, Packet packet)
    {
        ReadOnlySpan<int> words = _mask.Words;
        for (int i = 0; i < words.Length; i++)
        {
            int word = words[i];
            if (((value[i] ^ packet.Words[word]) & _mask.Bits[i] & ~packet.UnknownWords[word]) != 0)
                return false;
        }
        return true;
    }

    /// <summary>Where the first flow of a match is, or would be.</summary>
    private ref CompiledFlow? FirstOf(ReadOnlySpan<ulong> value)
    {
        ref CompiledFlow? at = ref _slots[FlowMask.Hash(value) & (ulong)(_slots.Length - 1)];
        while (at is not null && !at.Match.Value.SequenceEqual(value))
            at = ref at.NextInSlot;
        return ref at;
    }

    // The flows of one match are chained by falling priority.
    private static void InsertBehind(CompiledFlow before, CompiledFlow flow)
    {
        while (before.Next is { } next && next.Priority >= flow.Priority)
            before = next;
        flow.Next = before.Next;
        before.Next = flow;
    }

    private void Grow()
    {
        CompiledFlow?[] old = _slots;
        _slots = new CompiledFlow?[old.Length * 4];
        foreach (CompiledFlow? first in old)
        {
            for (CompiledFlow? flow = first, next; flow is not null; flow = next)
            {
                next = flow.NextInSlot;
                ref CompiledFlow? slot = ref _slots[FlowMask.Hash(flow.Match.Value) & (ulong)(_slots.Length - 1)];
                (flow.NextInSlot, slot) = (slot, flow);
            }
        }
    }
}
