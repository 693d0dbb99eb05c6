using System.Globalization;

namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>How dnsmasq reads the parts of its arguments and files (option.c, util.c).</summary>
internal static class DnsmasqText
{
    /// <summary>The fields between commas, blanks around the commas taken off (split_chr()).</summary>
    public static string[] Fields(string text) => text.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>A line of a file: comment cut off, quotes taken away, blanks trimmed (read_file()).</summary>
    public static string Line(string line)
    {
        var text = new System.Text.StringBuilder();
        bool afterBlank = true, isQuoted = false;
        foreach (char c in line)
        {
            if (c == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && afterBlank && c == '#')
                break;
            else
                text.Append(char.IsWhiteSpace(c) && !isQuoted ? ' ' : c);
            afterBlank = !isQuoted && char.IsWhiteSpace(c);
        }
        return text.ToString().Trim();
    }

    /// <summary>A time as <c>--dhcp-range</c> and <c>--dhcp-host</c> have it; two minutes at least. False when the text
    /// is none.</summary>
    public static bool TrySeconds(string text, out uint seconds)
    {
        seconds = 0;
        if (text.Length == 0)
            return false;
        ulong unit = Unit(text[^1]);
        string digits = unit > 0 && text.Length > 1 ? text[..^1] : text;
        if (!ulong.TryParse(digits.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
            return false;
        seconds = Math.Max(120, (uint)(number * Math.Max(unit, 1)));
        return true;
    }

    /// <summary>Seconds of a unit's letter; 0 when it is none.</summary>
    public static ulong Unit(char letter) => char.ToLowerInvariant(letter) switch
    {
        's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, 'w' => 604800, _ => 0,
    };

    /// <summary>The number at a text's start, as atoi(3) reads it.</summary>
    public static int Number(string text)
    {
        int at = text.StartsWith('-') ? 1 : 0;
        long value = 0;
        for (int i = at; i < text.Length && char.IsAsciiDigit(text[i]) && value < uint.MaxValue; i++)
            value = value * 10 + (text[i] - '0');
        return unchecked((int)(at == 1 ? -value : value));
    }

    /// <summary>Whether a name may be a host's up to its first dot (legal_hostname()).</summary>
    public static bool IsHostName(string name)
    {
        for (int i = 0; i < name.Length && name[i] != '.'; i++)
        {
            if (!char.IsAsciiLetterOrDigit(name[i]) && (i == 0 || name[i] is not ('-' or '_')))
                return false;
        }
        return name.Length > 0 && name.Split('.').All(label => label.Length <= 63);
    }

    /// <summary>A device's name against a pattern, whose star stands for any end (wildcard_match()).</summary>
    public static bool IsDevice(string pattern, string device)
    {
        int star = pattern.IndexOf('*');
        return star < 0 ? pattern == device
            : device.Length > star && device.StartsWith(pattern[..star], StringComparison.Ordinal)
                || pattern == device;
    }
}

/// <summary>Bytes written in hexadecimal with colons, a star for any byte, a type before a dash:
/// <c>06-fa:16:3e:*:*:*</c> (util.c, parse_hex()).</summary>
/// <param name="Bytes">The bytes; 0 under a star.</param>
/// <param name="IsAny">Which of them stand for any.</param>
/// <param name="HardwareType">The type before the dash; 0 when there is none.</param>
internal sealed record HexPattern(byte[] Bytes, bool[] IsAny, int HardwareType)
{
    /// <summary>Whether it has a star.</summary>
    public bool HasStar => Array.IndexOf(IsAny, true) >= 0;

    /// <summary>Reads it; null when it is not hexadecimal text, or longer than so many bytes.</summary>
    public static HexPattern? Parse(string text, int maximum)
    {
        var bytes = new List<byte>();
        var any = new List<bool>();
        int type = 0, start = 0;
        while (start <= text.Length && bytes.Count < maximum)
        {
            int end = text.AsSpan(start).IndexOfAny(':', '-', ' ');
            end = end < 0 ? text.Length : start + end;
            string part = text[start..end];
            if (!IsHex(part))
                return null;
            if (end < text.Length && text[end] == '-' && bytes.Count == 0 && part.Length > 0 && part != "*")
                type = int.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            else
                Add(part, bytes, any);
            start = end + 1;
        }
        return new([.. bytes.Take(maximum)], [.. any.Take(maximum)], type);
    }

    /// <summary>How many bytes agree, plus one; 0 when one that is not a star differs (memcmp_masked()).</summary>
    public int Agreement(ReadOnlySpan<byte> other)
    {
        int count = 1;
        for (int i = 0; i < Bytes.Length; i++)
        {
            if (IsAny[i])
                continue;
            if (i >= other.Length || Bytes[i] != other[i])
                return 0;
            count++;
        }
        return count;
    }

    private static bool IsHex(string part) => part.Length <= 512 && part.All(c => c == '*' || char.IsAsciiHexDigit(c))
        && (part == "*" || !part.Contains('*', StringComparison.Ordinal));

    // Longer parts are cut into pairs from the left: abc is ab and c.
    private static void Add(string part, List<byte> bytes, List<bool> any)
    {
        if (part == "*")
        {
            bytes.Add(0);
            any.Add(true);
            return;
        }
        for (int i = 0; i < part.Length; i += 2)
        {
            bytes.Add(byte.Parse(part.AsSpan(i, Math.Min(2, part.Length - i)), NumberStyles.HexNumber,
                CultureInfo.InvariantCulture));
            any.Add(false);
        }
    }
}
