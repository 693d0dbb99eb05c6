using System.Collections;
using System.Globalization;

namespace QuantumNet.Cli.Output;

/// <summary>Values as text.</summary>
internal static class Values
{
    /// <summary>A value in a table's cell or a list's line.</summary>
    public static string ToText(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "True" : "False",
        DateTime time => Utc(time).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable many => string.Join(", ", many.Cast<object?>().Select(ToText)),
        _ => value.ToString() ?? "",
    };

    /// <summary>A value as a view's column says: by its composite format, lists with its separator;
    /// times are UTC.</summary>
    public static string ToText(object? value, ViewColumn column) => value switch
    {
        IEnumerable many and not string => string.Join(column.Separator, many.Cast<object?>().Select(ToText)),
        null => "",
        _ when column.Format.Length == 0 => ToText(value),
        _ => string.Format(CultureInfo.InvariantCulture, column.Format, value is DateTime time ? Utc(time) : value),
    };

    /// <summary>A time of unknown zone is UTC: all of ours are.</summary>
    public static DateTime Utc(DateTime time) =>
        time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime();
}
