namespace QuantumNet.Simulation.OpenFlow;

/// <summary>What a flow asks of a packet, as bits: the words of a packet that it looks at, and what they must be.
/// Of the words that it does not look at nothing is kept: a bridge may have a hundred thousand flows.</summary>
internal sealed class FlowMatch
{
    private readonly FlowMask _mask;
    private readonly ulong[] _value;

    /// <summary>Keeps what is looked at.</summary>
    /// <param name="mask">Which bits are looked at.</param>
    /// <param name="value">What the words looked at must be.</param>
    /// <param name="unmodelled">A condition that is not modelled here; empty when there is none.</param>
    public FlowMatch(FlowMask mask, ReadOnlySpan<ulong> value, string unmodelled)
    {
        (_mask, _value) = (mask, value.ToArray());
        Unmodelled = unmodelled;
    }

    /// <summary>The bits looked at.</summary>
    public FlowMask Mask => _mask;

    /// <summary>What these bits must be, word by word.</summary>
    public ReadOnlySpan<ulong> Value => _value;

    /// <summary>A condition that is not modelled here; empty when there is none.</summary>
    public string Unmodelled { get; }

    /// <summary>Reads a match as printed; ports' names are looked up with <paramref name="portNumber"/>.</summary>
    public static FlowMatch Read(string match, Func<string, int?> portNumber) =>
        new FlowMatchReader().Read(match, portNumber);

    /// <summary>Whether both ask for the same.</summary>
    public bool IsSameAs(FlowMatch other) =>
        _mask.Equals(other._mask) && Value.SequenceEqual(other._value) && Unmodelled == other.Unmodelled;

    /// <summary>Whether every packet that the other takes is one that this takes, too.</summary>
    public bool Covers(FlowMatch other)
    {
        for (int i = 0; i < _value.Length; i++)
        {
            int at = other._mask.Words.BinarySearch(_mask.Words[i]);
            ulong bits = _mask.Bits[i];
            if (at < 0 || (other._mask.Bits[at] & bits) != bits || (other._value[at] & bits) != _value[i])
                return false;
        }
        return true;
    }

    /// <summary>Whether it looks at any bit of a field of at most 64 bits.</summary>
    public bool LooksAt(PacketField field) => _mask.Words.BinarySearch(field.Word) is >= 0 and int at
        && (_mask.Bits[at] & ((ulong)field.Full << field.Shift)) != 0;

    /// <summary>The packet that these conditions describe, all else zero.</summary>
    public Packet ToPacket()
    {
        var packet = new Packet();
        for (int i = 0; i < _value.Length; i++)
            packet[new PacketField($"word{_mask.Words[i]}", 64, _mask.Words[i], 0)] = _value[i];
        return packet;
    }
}
