using System.Globalization;

namespace QuantumNet.Parsing.Dhcp;

/// <summary>Lease times as dnsmasq writes them: <c>120s</c>, <c>2m</c>, <c>86400</c>, <c>infinite</c> (dnsmasq(8),
/// --dhcp-range).</summary>
internal static class LeaseTime
{
    /// <summary>Reads a lease time; seconds are null for an infinite one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long? seconds)
    {
        seconds = null;
        if (text is "infinite" or "deprecated")
            return true;
        if (text.Length == 0)
            return false;
        long unit = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, 'w' => 604800, _ => 0 };
        ReadOnlySpan<char> digits = unit == 0 ? text : text[..^1];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return false;
        seconds = number * (unit == 0 ? 1 : unit);
        return true;
    }
}
