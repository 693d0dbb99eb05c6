using System.Globalization;

namespace QuantumNet.Parsing.Iptables;

/// <summary>Counters as iptables-save writes them: <c>[packets:bytes]</c>.</summary>
internal static class Counters
{
    /// <summary>Reads them; false when the text is something else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long packets, out long bytes)
    {
        packets = bytes = 0;
        if (text.Length < 5 || text[0] != '[' || text[^1] != ']')
            return false;

        text = text[1..^1];
        int colon = text.IndexOf(':');
        return colon > 0 && TryParseCount(text[..colon], out packets) && TryParseCount(text[(colon + 1)..], out bytes);
    }

    /// <summary>Reads one count.</summary>
    public static bool TryParseCount(ReadOnlySpan<char> text, out long count) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
}
