namespace QuantumNet.Parsing.Ovs;

/// <summary>The small pieces of a flow's line: numbers, quoted names, brackets. UTF-8, as the dump is.</summary>
internal static class FlowText
{
    /// <summary>Index behind the quoted name that begins here.</summary>
    public static int AfterQuoted(ReadOnlySpan<byte> text, int at)
    {
        for (int i = at + 1; i < text.Length; i++)
        {
            if (text[i] == (byte)'\\')
                i++;
            else if (text[i] == (byte)'"')
                return i + 1;
        }
        return text.Length;
    }

    /// <summary>Index behind the bracket that closes the one here; the end of the text when none does.</summary>
    public static int AfterBracketed(ReadOnlySpan<byte> text, int at)
    {
        int depth = 0;
        while (at < text.Length)
        {
            switch (text[at])
            {
                case (byte)'"':
                    at = AfterQuoted(text, at);
                    continue;
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')' when --depth == 0:
                    return at + 1;
            }
            at++;
        }
        return text.Length;
    }

    /// <summary>A number, decimal or with 0x.</summary>
    public static bool TryUnsigned(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        if (text.Length < 3 || text[0] != (byte)'0' || (text[1] | 0x20) != 'x')
            return TryDecimal(text, out value);
        if (text.Length > 18)
            return false;
        foreach (byte digit in text[2..])
        {
            int nibble = HexDigit(digit);
            if (nibble < 0)
                return false;
            value = (value << 4) | (uint)nibble;
        }
        return true;
    }

    /// <summary>A decimal count; one that the switch does not keep (<c>?</c>) is 0.</summary>
    public static bool TryCount(ReadOnlySpan<byte> text, out long value)
    {
        bool fine = TryDecimal(text, out ulong count) && count <= long.MaxValue;
        value = fine ? (long)count : 0;
        return fine || text is [(byte)'?'];
    }

    /// <summary>A decimal number that fits an int.</summary>
    public static bool TryInt(ReadOnlySpan<byte> text, out int value)
    {
        bool fine = TryDecimal(text, out ulong number) && number <= int.MaxValue;
        value = fine ? (int)number : 0;
        return fine;
    }

    /// <summary>Seconds as in <c>6845.074s</c>.</summary>
    public static bool TrySeconds(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.Length < 2 || text[^1] != (byte)'s')
            return false;
        text = text[..^1];
        int point = text.IndexOf((byte)'.');
        if (!TryDecimal(point < 0 ? text : text[..point], out ulong whole))
            return false;
        ulong fraction = 0;
        int digits = point < 0 ? 0 : text.Length - point - 1;
        if (digits > 9 || (point >= 0 && !TryDecimal(text[(point + 1)..], out fraction)))
            return false;
        value = whole + (fraction / s_powers[digits]);
        return true;
    }

    private static readonly double[] s_powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    private static bool TryDecimal(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        if (text.IsEmpty)
            return false;
        const int certainDigits = 19;   // any number of 19 digits fits
        foreach (byte digit in text)
        {
            uint number = (uint)(digit - '0');
            if (number > 9 || (text.Length > certainDigits && value > (ulong.MaxValue - number) / 10))
                return false;
            value = (value * 10) + number;
        }
        return true;
    }

    private static int HexDigit(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
