using System.Runtime.InteropServices;
using System.Text;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Finds what a word stands for without making a string of it: open addressing over ASCII words.</summary>
/// <typeparam name="T">What words stand for; the default value is that of a word that is not known.</typeparam>
internal sealed class WordTable<T>
{
    private const int Size = 1024;   // several times the words, so that chains stay short
    private readonly byte[]?[] _words = new byte[]?[Size];
    private readonly T?[] _meanings = new T?[Size];

    /// <summary>Adds words, given separated by spaces.</summary>
    public WordTable<T> Add(T meaning, string words)
    {
        foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            byte[] bytes = Encoding.ASCII.GetBytes(word);
            int slot = SlotOf(bytes);
            while (_words[slot] is byte[] other && !other.AsSpan().SequenceEqual(bytes))
                slot = (slot + 1) % Size;
            _words[slot] = bytes;
            _meanings[slot] = meaning;
        }
        return this;
    }

    /// <summary>What the word stands for.</summary>
    public T? Find(ReadOnlySpan<byte> word)
    {
        for (int slot = SlotOf(word); _words[slot] is byte[] candidate; slot = (slot + 1) % Size)
        {
            if (word.SequenceEqual(candidate))
                return _meanings[slot];
        }
        return default;
    }

    /// <summary>What the word stands for.</summary>
    public T? Find(ReadOnlySpan<char> word)
    {
        const int longest = 32;
        Span<byte> bytes = stackalloc byte[longest];
        if (word.Length > longest || !Ascii.IsValid(word))
            return default;
        for (int i = 0; i < word.Length; i++)
            bytes[i] = (byte)word[i];
        return Find(bytes[..word.Length]);
    }

    private static int SlotOf(ReadOnlySpan<byte> word)
    {
        ulong key = word.Length switch
        {
            >= 8 => MemoryMarshal.Read<ulong>(word) ^ (MemoryMarshal.Read<ulong>(word[^8..]) * 31),
            >= 4 => MemoryMarshal.Read<uint>(word) | ((ulong)MemoryMarshal.Read<uint>(word[^4..]) << 32),
            >= 2 => MemoryMarshal.Read<ushort>(word) | ((ulong)word[^1] << 16),
            1 => word[0],
            _ => 0,
        };
        return (int)(((key + (ulong)word.Length) * 0x9E3779B97F4A7C15UL) >> 54);   // Fibonacci hashing to 10 bits
    }
}
