namespace QuantumNet.Simulation.OpenFlow;

/// <summary>The bits of a packet that a match looks at. Thousands of flows share one.</summary>
internal sealed class FlowMask : IEquatable<FlowMask>
{
    private const ulong HashFactor = 0x9e3779b97f4a7c15;
    private readonly int[] _words;
    private readonly ulong[] _bits;
    private readonly ulong _hash;

    /// <summary>Keeps them.</summary>
    /// <param name="words">The words looked at, rising.</param>
    /// <param name="bits">The bits looked at of each of them.</param>
    public FlowMask(ReadOnlySpan<int> words, ReadOnlySpan<ulong> bits)
    {
        (_words, _bits) = (words.ToArray(), bits.ToArray());
        _hash = Hash(words, bits);
    }

    /// <summary>The words looked at, rising.</summary>
    public ReadOnlySpan<int> Words => _words;

    /// <summary>The bits looked at of each of them.</summary>
    public ReadOnlySpan<ulong> Bits => _bits;

    /// <summary>A hash of words and bits, or of values of them.</summary>
    public static ulong Hash(ReadOnlySpan<ulong> bits)
    {
        ulong hash = HashFactor;
        foreach (ulong word in bits)
        {
            hash = (hash ^ word) * HashFactor;
            hash ^= hash >> 29;
        }
        return hash;
    }

    /// <inheritdoc cref="Hash(ReadOnlySpan{ulong})"/>
    public static ulong Hash(ReadOnlySpan<int> words, ReadOnlySpan<ulong> bits)
    {
        ulong hash = Hash(bits);
        foreach (int word in words)
            hash = (hash ^ (ulong)word) * HashFactor;
        return hash ^ (hash >> 29);
    }

    /// <summary>Whether it is of these words and bits.</summary>
    public bool Is(ReadOnlySpan<int> words, ReadOnlySpan<ulong> bits) =>
        words.SequenceEqual(_words) && bits.SequenceEqual(_bits);

    /// <inheritdoc/>
    public bool Equals(FlowMask? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Is(other._words, other._bits));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FlowMask);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash.GetHashCode();
}
