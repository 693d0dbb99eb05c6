using System.Globalization;
using System.Text;

namespace QuantumNet.Snapshots;

/// <summary>When a sosreport was taken: <c>date</c>, else <c>timedatectl</c>, else the date
/// in the folder's name.</summary>
internal static class SosDate
{
    private static readonly string[] s_dates = ["sos_commands/date/date_--utc", "sos_commands/date/date",
        "sos_commands/general/date", "sos_commands/host/date", "date"];
    private static readonly string[] s_clocks = ["sos_commands/systemd/timedatectl", "sos_commands/general/timedatectl",
        "sos_commands/host/timedatectl"];

    /// <summary>The time, UTC; the minimum when nothing tells it.</summary>
    public static DateTime Of(SnapshotFiles files, string root)
    {
        DateTime? local = null;
        foreach (string name in s_dates)
        {
            if (Text(files, root + name) is { Length: > 0 } text && TryDate(text, out DateTime time, out bool isUtc))
            {
                if (isUtc)
                    return time;
                local ??= time;
            }
        }
        foreach (string name in s_clocks)
        {
            if (TryUniversal(Text(files, root + name), out DateTime time))
                return time;
        }
        return local ?? OfName(root.Length > 0 ? root : Path.GetFileName(files.Path));
    }

    /// <summary>Reads what <c>date</c> prints, whatever the order of its words: <c>Thu Feb 10 16:19:17 UTC 2022</c>,
    /// <c>Thu 10 Feb 2022 04:19:17 PM UTC</c>.</summary>
    internal static bool TryDate(string text, out DateTime time, out bool isUtc)
    {
        string[] words = text.Trim().Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string month = "", day = "", year = "", clock = "", half = "";
        isUtc = false;
        foreach (string word in words)
        {
            if (word.Contains(':'))
                clock = word.Split('.')[0];
            else if (word is "AM" or "PM")
                half = word;
            else if (word is "UTC" or "GMT" or "Z" or "+0000" or "+00:00")
                isUtc = true;
            else if (word.Length == 4 && word.All(char.IsAsciiDigit))
                year = word;
            else if (word.Length <= 2 && word.All(char.IsAsciiDigit))
                day = word;
            else if (DateTime.TryParseExact(word, "MMM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                month = word;
        }
        string form = half.Length > 0 ? "yyyy MMM d h:m:s tt" : "yyyy MMM d H:m:s";
        return DateTime.TryParseExact($"{year} {month} {day} {clock} {half}".TrimEnd(), form,
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    /// <summary><c>Universal time: Thu 2022-02-10 16:19:48 UTC</c>.</summary>
    private static bool TryUniversal(string text, out DateTime time)
    {
        time = default;
        int at = text.IndexOf("Universal time:", StringComparison.Ordinal);
        string[] words = at < 0 ? []
            : text[(at + "Universal time:".Length)..].Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 2 && DateTime.TryParse($"{words[1]} {words[2]}", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    /// <summary><c>sosreport-compute4-2022-02-10-ndvvkdi</c>.</summary>
    private static DateTime OfName(string folder)
    {
        string name = folder.TrimEnd('/');
        for (int i = 0; i + 10 <= name.Length; i++)
        {
            if (DateTime.TryParseExact(name.AsSpan(i, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime day))
                return day;
        }
        return DateTime.MinValue;
    }

    private static string Text(SnapshotFiles files, string name) =>
        files.Exists(name) && files.Read(name) is { } content ? Encoding.UTF8.GetString(content.Span) : "";
}
