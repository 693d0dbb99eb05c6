using System.Text;

namespace QuantumNet.Parsing.Capture;

/// <summary>Domain names in DNS's wire format, with compression inside the same option (RFC 1035 section
/// 4.1.4, RFC 3397).</summary>
internal static class DomainNames
{
    private const int PointerBits = 0xc0;
    private const int MaximumNameLength = 255;

    /// <summary>The names, separated by commas; null when they cannot be read.</summary>
    public static string? Read(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder();
        int at = 0;
        while (at < value.Length)
        {
            if (text.Length > 0)
                text.Append(',');
            if (!TryName(value, ref at, text))
                return null;
        }
        return text.ToString();
    }

    private static bool TryName(ReadOnlySpan<byte> value, ref int at, StringBuilder text)
    {
        int place = at, start = text.Length;
        bool hasJumped = false;
        while (place < value.Length)
        {
            int length = value[place];
            if (length == 0)
            {
                at = hasJumped ? at : place + 1;
                return true;
            }
            if ((length & PointerBits) == PointerBits)
            {
                if (place + 1 >= value.Length)
                    return false;
                int target = ((length & ~PointerBits) << 8) | value[place + 1];
                if (target >= place)
                    return false;                       // only backwards: no loop
                at = hasJumped ? at : place + 2;
                hasJumped = true;
                place = target;
                continue;
            }
            if ((length & PointerBits) != 0 || place + 1 + length > value.Length
                || text.Length - start > MaximumNameLength)
                return false;
            text.Append(text.Length > start ? "." : "").Append(DhcpOptionText.Text(value.Slice(place + 1, length)));
            place += 1 + length;
        }
        at = hasJumped ? at : place;                    // a name without its final zero: read to the end, as clients do
        return !hasJumped;
    }
}
