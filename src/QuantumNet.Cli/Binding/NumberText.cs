using System.Globalization;
using System.Numerics;

namespace QuantumNet.Cli.Binding;

/// <summary>Numbers as PowerShell reads them: <c>10</c>, <c>-1</c>, <c>1e3</c>, <c>0x1f</c>, <c>0b101</c>, <c>10l</c>,
/// <c>4kb</c> (about_Numeric_Literals).</summary>
internal static class NumberText
{
    private static readonly (string Suffix, int Shift)[] s_multipliers =
        [("kb", 10), ("mb", 20), ("gb", 30), ("tb", 40), ("pb", 50)];

    /// <summary>Suffixes that name a type, with the range of what may stand before them;
    /// the longer ones first.</summary>
    private static readonly (string Suffix, BigInteger Minimum, BigInteger Maximum)[] s_types =
    [
        ("ul", ulong.MinValue, ulong.MaxValue), ("us", ushort.MinValue, ushort.MaxValue),
        ("uy", byte.MinValue, byte.MaxValue), ("u", ulong.MinValue, ulong.MaxValue),
        ("l", long.MinValue, long.MaxValue), ("s", short.MinValue, short.MaxValue),
        ("y", sbyte.MinValue, sbyte.MaxValue),
    ];

    /// <summary>A whole number; a fraction is rounded, halves to the even one. Null where the text is not a number,
    /// or none of 64 bits.</summary>
    public static long? ToInteger(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        bool isNegative = rest is ['-', ..];
        rest = rest is ['-' or '+', ..] ? rest[1..] : rest;
        int shift = TakeMultiplier(ref rest);
        if (ReadPrefixed(rest, isNegative) is not { } whole && ReadTyped(rest, isNegative, out whole) == false)
            return Real(rest, isNegative, shift);
        whole <<= shift;
        return whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : null;
    }

    private static int TakeMultiplier(ref ReadOnlySpan<char> text)
    {
        foreach ((string suffix, int shift) in s_multipliers)
        {
            if (!text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                continue;
            text = text[..^suffix.Length];
            return shift;
        }
        return 0;
    }

    /// <summary>Hexadecimal and binary digits are those of a number with a sign, where they fill one.</summary>
    private static BigInteger? ReadPrefixed(ReadOnlySpan<char> text, bool isNegative)
    {
        NumberStyles? style = text switch
        {
            ['0', 'x' or 'X', ..] => NumberStyles.AllowHexSpecifier,
            ['0', 'b' or 'B', ..] => NumberStyles.AllowBinarySpecifier,
            _ => null,
        };
        if (style is null || !ulong.TryParse(text[2..], style.Value, CultureInfo.InvariantCulture, out ulong bits))
            return null;
        int digits = text.Length - 2;
        int bitsPerDigit = style == NumberStyles.AllowHexSpecifier ? 4 : 1;
        BigInteger value = (digits * bitsPerDigit) switch
        {
            32 => unchecked((int)bits),
            64 => unchecked((long)bits),
            _ => bits,
        };
        return isNegative ? -value : value;
    }

    private static bool ReadTyped(ReadOnlySpan<char> text, bool isNegative, out BigInteger value)
    {
        (string suffix, BigInteger minimum, BigInteger maximum) = ("", long.MinValue, long.MaxValue);
        foreach ((string Suffix, BigInteger, BigInteger) type in s_types)
        {
            if (!text.EndsWith(type.Suffix, StringComparison.OrdinalIgnoreCase))
                continue;
            (suffix, minimum, maximum) = type;
            break;
        }
        if (!BigInteger.TryParse(text[..^suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out value))
            return false;
        value = isNegative ? -value : value;
        return value >= minimum && value <= maximum;
    }

    private static long? Real(ReadOnlySpan<char> text, bool isNegative, int shift)
    {
        const NumberStyles Digits = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        ReadOnlySpan<char> digits = text is [.., 'd' or 'D'] ? text[..^1] : text;
        if (digits is not [>= '0' and <= '9' or '.', ..]
            || !double.TryParse(digits, Digits, CultureInfo.InvariantCulture, out double number))
            return null;
        double value = Math.Round((isNegative ? -number : number) * Math.Pow(2, shift), MidpointRounding.ToEven);
        return value is >= long.MinValue and < long.MaxValue ? (long)value : null;
    }
}
