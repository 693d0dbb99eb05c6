using System.Buffers;
using System.Collections;
using System.Reflection;

namespace QuantumNet.Cli.Output;

/// <summary>Comma-separated values (RFC 4180): a header per type, simple arrays joined by semicolons,
/// nested records as JSON.</summary>
internal sealed class CsvResults(TextWriter output) : ResultStream
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(",\"\r\n");

    private Type? _type;
    private PropertyInfo[] _properties = [];

    public override void Add(object result)
    {
        if (result.GetType() != _type)
        {
            _type = result.GetType();
            _properties = IsSimple(_type) ? [] : _type.GetProperties();
            output.WriteLine(
                _properties.Length == 0 ? "Value" : string.Join(',', _properties.Select(property => property.Name)));
        }
        output.WriteLine(_properties.Length == 0
            ? Escape(Values.ToText(result))
            : string.Join(',', _properties.Select(property => Escape(Cell(property.GetValue(result))))));
        output.Flush();
    }

    public override void End()
    {
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
