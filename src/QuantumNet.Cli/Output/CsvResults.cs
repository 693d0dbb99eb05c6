using System.Buffers;
using System.Collections;
using System.Reflection;

namespace QuantumNet.Cli.Output;

/// <summary>Comma-separated values (RFC 4180): a header per type, simple arrays joined by semicolons, nested records as JSON.</summary>
internal static class CsvResults
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(",\"\r\n");

    public static void Write(IReadOnlyList<object> results, TextWriter output)
    {
        Type? type = null;
        PropertyInfo[] properties = [];
        foreach (object result in results)
        {
            if (result.GetType() != type)
            {
                type = result.GetType();
                properties = IsSimple(type) ? [] : type.GetProperties();
                output.WriteLine(properties.Length == 0 ? "Value" : string.Join(',', properties.Select(property => property.Name)));
            }
            output.WriteLine(properties.Length == 0
                ? Escape(Values.ToText(result))
                : string.Join(',', properties.Select(property => Escape(Cell(property.GetValue(result))))));
        }
    }

    private static string Cell(object? value)
    {
        if (value is null || IsSimple(value.GetType()))
            return Values.ToText(value);
        return value is IEnumerable many && IsSimple(value.GetType().GetElementType() ?? typeof(object))
            ? string.Join(';', many.Cast<object?>().Select(Values.ToText))
            : JsonResults.Compact(value);
    }

    private static bool IsSimple(Type type) => type == typeof(string) || type.IsValueType;

    private static string Escape(string text) =>
        text.AsSpan().IndexOfAny(s_special) < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
}
