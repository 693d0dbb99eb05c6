using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Reflection;

namespace QuantumNet.Cli.Output;

/// <summary>Comma-separated values (RFC 4180): a header per type, simple arrays joined by semicolons,
/// nested records as JSON. No control character of a node's output is among them, and a value that a spreadsheet would
/// take for a formula has an apostrophe before it, unless values are wanted raw.</summary>
internal sealed class CsvResults(TextWriter output, bool isRaw) : ResultStream
{
    // OWASP, "CSV Injection".
    private const string FormulaSigns = "=+-@\t\r";

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

    private string Escape(string value)
    {
        string text = CliTerminal.Printable(value);
        bool isFormula = !isRaw && text.Length > 0 && FormulaSigns.Contains(text[0])
            && !double.TryParse(text, CultureInfo.InvariantCulture, out _);
        text = isFormula ? "'" + text : text;
        return text.AsSpan().IndexOfAny(s_special) < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }
}
