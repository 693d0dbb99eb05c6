namespace QuantumNet.Fuzz;

/// <summary>Changes an output as an attacker, a bad line or an unknown version would: a few changes at random places,
/// told by a seed alone.</summary>
internal static class Mutation
{
    private const int MostBytes = 6 * 1024, MostChanges = 6;

    private static readonly byte[][] s_words = [.. ((string[])["{", "}", "[", "]", "(", ")", "\"", "'", "\\", "|", "=",
        ":", ",", "\n", "\r\n", "\t", "\0", "\u001b[31m", "\ufeff", "\u00ff", "-1", "0", "65536", "4294967296",
        "99999999999999999999", "0x", "0xffffffffffffffff", "1e400", "NaN", "fa:16:3e:", "10.0.0.300", "::", "../",
        "password=", "actions=", "resubmit(,0)", "learn(", "set_field:", "br-int", "tap", "table", "chain", "null",
        "-----BEGIN ", "$(id)", "%s%n"]).Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>A changed part of an output.</summary>
    /// <param name="real">What a tool really printed.</param>
    /// <param name="other">Another output, of which a part may come in.</param>
    /// <param name="random">Tells what is changed, and where.</param>
    public static byte[] Of(ReadOnlySpan<byte> real, ReadOnlySpan<byte> other, Random random)
    {
        List<byte> bytes = [.. Part(real, random, MostBytes)];
        for (int i = random.Next(1, MostChanges); i >= 0; i--)
            Change(bytes, other, random);
        return [.. bytes];
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> text, Random random, int most)
    {
        int length = Math.Min(text.Length, most);
        return text.Slice(random.Next(text.Length - length + 1), length);
    }

    private static void Change(List<byte> bytes, ReadOnlySpan<byte> other, Random random)
    {
        int at = random.Next(bytes.Count + 1), length = random.Next(1, 40);
        int count = Math.Min(length, bytes.Count - at);
        switch (random.Next(8))
        {
            case 0 when count > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when count > 0:
                bytes.RemoveRange(at, count);
                break;
            case 2 when count > 0:
                bytes.InsertRange(at, bytes.GetRange(at, count));
                break;
            case 3:
                bytes.InsertRange(at, Part(other, random, 200).ToArray());
                break;
            case 4 when count > 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5 when count > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 6 when count > 0:
                bytes.InsertRange(random.Next(bytes.Count), Enumerable.Repeat(bytes[at], length * 10));
                break;
            default:
                bytes.InsertRange(at, s_words[random.Next(s_words.Length)]);
                break;
        }
    }
}
