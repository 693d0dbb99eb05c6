using System.Globalization;
using System.Management.Automation;

namespace QuantumNet.Cli.Binding;

/// <summary>Makes the texts of a command line into the values that parameters hold, as PowerShell would.</summary>
internal static class ValueConverter
{
    /// <summary>Whether texts can be made into that type.</summary>
    public static bool CanConvert(Type type)
    {
        Type element = Element(type);
        return element.IsEnum || element == typeof(SwitchParameter) || element == typeof(string)
            || element == typeof(int) || element == typeof(long) || element == typeof(double) || element == typeof(bool)
            || element == typeof(DateTime) || element == typeof(object)
            || element == typeof(PSCredential);
    }

    /// <summary>The value; null with a reason when a text does not fit.</summary>
    /// <param name="parameter">What it is for.</param>
    /// <param name="texts">The texts: one, or those of a list.</param>
    /// <param name="reason">What was expected.</param>
    public static object? Convert(CommandParameter parameter, string[] texts, out string reason)
    {
        reason = "";
        if (!parameter.Type.IsArray)
            return ConvertOne(parameter, texts[0], out reason);
        var values = Array.CreateInstance(Element(parameter.Type), texts.Length);
        for (int i = 0; i < texts.Length; i++)
        {
            object? value = ConvertOne(parameter, texts[i], out reason);
            if (value is null)
                return null;
            values.SetValue(value, i);
        }
        return values;
    }

    /// <summary>The type of an array's elements, or the type itself.</summary>
    public static Type Element(Type type)
    {
        Type element = type.IsArray ? type.GetElementType()! : type;
        return Nullable.GetUnderlyingType(element) ?? element;
    }

    /// <summary>True or false as PowerShell and people write it; null for anything else.</summary>
    public static bool? Boolean(string text) => text.TrimStart('$').ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" => true,
        "FALSE" or "0" or "NO" => false,
        _ => null,
    };

    /// <summary>One value, whatever commas its text holds; null with what was expected when it does not fit.</summary>
    public static object? ConvertOne(CommandParameter parameter, string text, out string reason)
    {
        Type type = Element(parameter.Type);
        reason = Expectation(parameter, type);
        if (type == typeof(string) || type == typeof(object) || type == typeof(PSCredential))
            return CheckText(parameter, text);
        if (type.IsEnum)
            return Member(type, text);
        if (type == typeof(bool))
            return Boolean(text);
        if (type == typeof(DateTime))
            return Date(text);
        if (type == typeof(double))
            return double.TryParse(text, CultureInfo.InvariantCulture, out double real) ? real : null;
        return Integer(parameter, type, text);
    }

    private static string? CheckText(CommandParameter parameter, string text)
    {
        if (text.Length == 0 && (parameter.RefusesEmpty || (parameter.IsMandatory && !parameter.AllowsEmpty)))
            return null;
        return parameter.ValidValues.Length == 0 ? text
            : Array.Exists(parameter.ValidValues, value => value.Equals(text, StringComparison.OrdinalIgnoreCase))
            ? text : null;
    }

    /// <summary>A member by its name, a unique prefix of it, or its number.</summary>
    private static object? Member(Type type, string text)
    {
        string[] names = Enum.GetNames(type);
        string[] starting = Array.FindAll(names, name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase));
        string? found = Array.Find(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? (starting.Length == 1 ? starting[0] : null);
        if (found is not null)
            return Enum.Parse(type, found);
        object? member = NumberText.ToInteger(text) is >= 0 and <= int.MaxValue and long number
            ? Enum.ToObject(type, (int)number) : null;
        return member is not null && Enum.IsDefined(type, member) ? member : null;
    }

    private static object? Integer(CommandParameter parameter, Type type, string text)
    {
        if (NumberText.ToInteger(text) is not { } number)
            return null;
        if (parameter.Range is { } range && (number < range.Minimum || number > range.Maximum))
            return null;
        if (type == typeof(long))
            return number;
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
    }

    /// <summary>A time without a zone is the reader's own, as PowerShell takes it.</summary>
    private static DateTime? Date(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time)
        ? time.UtcDateTime : null;

    private static string Expectation(CommandParameter parameter, Type type)
    {
        if (parameter.ValidValues.Length > 0)
            return $"one of {string.Join(", ", parameter.ValidValues)}";
        if (type.IsEnum)
            return $"one of {string.Join(", ", Enum.GetNames(type))}";
        if (parameter.Range is { } range)
            return $"a number from {range.Minimum} to {range.Maximum}";
        if (type == typeof(DateTime))
            return "a time such as 2013-05-01T12:30:00Z";
        return type == typeof(string) || type == typeof(object) ? "a text that is not empty"
            : type == typeof(bool) ? "true or false" : "a number";
    }
}
