namespace QuantumNet.Simulation.OpenFlow;

/// <summary>What a flow asks of a packet, as bits: the words of a packet that it looks at, and what they must be.
/// Of the words that it does not look at nothing is kept: a bridge may have a hundred thousand flows.</summary>
internal sealed class FlowMatch
{
    private readonly ulong[] _value;
    private int[] _words;
    private ulong[] _mask;

    /// <summary>Keeps what is looked at.</summary>
    /// <param name="value">What a packet's words must be.</param>
    /// <param name="mask">Which of their bits are looked at.</param>
    /// <param name="unmodelled">A condition that is not modelled here; empty when there is none.</param>
    public FlowMatch(ReadOnlySpan<ulong> value, ReadOnlySpan<ulong> mask, string unmodelled)
    {
        int count = mask.Length - mask.Count(0UL), at = 0;
        (_words, _mask, _value) = (new int[count], new ulong[count], new ulong[count]);
        for (int word = 0; at < count; word++)
        {
            if (mask[word] != 0)
                (_words[at], _mask[at], _value[at++]) = (word, mask[word], value[word] & mask[word]);
        }
        Unmodelled = unmodelled;
    }

    /// <summary>The words looked at, rising.</summary>
    public ReadOnlySpan<int> Words => _words;

    /// <summary>The bits looked at of each of them.</summary>
    public ReadOnlySpan<ulong> Mask => _mask;

    /// <summary>What these bits must be.</summary>
    public ReadOnlySpan<ulong> Value => _value;

    /// <summary>A condition that is not modelled here; empty when there is none.</summary>
    public string Unmodelled { get; }

    /// <summary>Reads a match; ports' names are looked up with <paramref name="portNumber"/>.</summary>
    public static FlowMatch Read(OvsMatchField[] fields, Func<string, int?> portNumber) =>
        new FlowMatchReader().Read(fields, portNumber);

    /// <summary>Whether both look at the same bits.</summary>
    public bool HasSameMask(FlowMatch other) =>
        ReferenceEquals(_mask, other._mask) || (Words.SequenceEqual(other._words) && Mask.SequenceEqual(other._mask));

    /// <summary>Whether both ask for the same.</summary>
    public bool IsSameAs(FlowMatch other) =>
        HasSameMask(other) && Value.SequenceEqual(other._value) && Unmodelled == other.Unmodelled;

    /// <summary>Whether every packet that the other takes is one that this takes, too.</summary>
    public bool Covers(FlowMatch other)
    {
        for (int i = 0; i < _words.Length; i++)
        {
            int at = Array.BinarySearch(other._words, _words[i]);
            if (at < 0 || (other._mask[at] & _mask[i]) != _mask[i] || (other._value[at] & _mask[i]) != _value[i])
                return false;
        }
        return true;
    }

    /// <summary>Keeps the other's words and bits in place of its own, which are the same.</summary>
    public void ShareMask(FlowMatch other) => (_words, _mask) = (other._words, other._mask);

    /// <summary>Whether it looks at any bit of a field of at most 64 bits.</summary>
    public bool LooksAt(PacketField field) => Array.BinarySearch(_words, field.Word) is >= 0 and int at
        && (_mask[at] & ((ulong)field.Full << field.Shift)) != 0;

    /// <summary>The packet that these conditions describe, all else zero.</summary>
    public Packet ToPacket()
    {
        var packet = new Packet();
        for (int i = 0; i < _words.Length; i++)
            packet[new PacketField($"word{_words[i]}", 64, _words[i], 0)] = _value[i];
        return packet;
    }
}
