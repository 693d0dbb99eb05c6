using System.Globalization;

namespace QuantumNet.Parsing.Dhcp;

/// <summary>Time stamps that begin a log line: BSD (<c>May  8 19:15:54</c>, RFC 3164) and ISO 8601 (RFC
/// 5424, journal).</summary>
internal static class SyslogTime
{
    private const int BsdLength = 15;
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// <summary>Reads the time; BSD lines tell no year, so it is the last such day before <paramref name="takenAt"/>
    /// (null when that is not known either).</summary>
    public static bool TryRead(
        ReadOnlySpan<char> line, DateTime takenAt, out DateTime? time, out ReadOnlySpan<char> rest) =>
            TryIso(line, out time, out rest) || TryBsd(line, takenAt, out time, out rest);

    private static bool TryIso(ReadOnlySpan<char> line, out DateTime? time, out ReadOnlySpan<char> rest)
    {
        time = null;
        int end = line.IndexOf(' ');
        rest = end < 0 ? default : line[end..];
        if (end < 19 || line[4] != '-' || line[10] != 'T')
            return false;
        if (!DateTime.TryParse(line[..end], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime parsed))
            return false;
        time = parsed;
        return true;
    }

    private static bool TryBsd(
        ReadOnlySpan<char> line, DateTime takenAt, out DateTime? time, out ReadOnlySpan<char> rest)
    {
        time = null;
        rest = line.Length > BsdLength ? line[BsdLength..] : default;
        if (line.Length < BsdLength || line[3] != ' ' || line[6] != ' ')
            return false;
        int month = Months.AsSpan().IndexOf(line[..3]);
        if (month < 0 || month % 3 != 0 || !TimeOnly.TryParseExact(line[7..15], "HH:mm:ss", out TimeOnly clock)
            || !int.TryParse(line[4..6], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int day))
            return false;
        time = takenAt == default ? null : LastBefore(takenAt, month / 3 + 1, day, clock);
        return true;
    }

    private static DateTime? LastBefore(DateTime takenAt, int month, int day, TimeOnly clock)
    {
        for (int year = takenAt.Year; year > takenAt.Year - 5 && year > 0; year--)
        {
            if (day < 1 || day > DateTime.DaysInMonth(year, month))
                continue;   // 29 February belongs to a leap year
            DateTime time = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Add(clock.ToTimeSpan());
            if (time.Ticks <= takenAt.Ticks + TimeSpan.TicksPerDay)
                return time;
        }
        return null;
    }
}
