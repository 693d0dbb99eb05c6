using System.Reflection;
using System.Text.Json;
using QuantumNet.Cli.Output;
using QuantumNet.Pipeline;

namespace QuantumNet.Cli.Binding;

/// <summary>Binds objects that came as JSON to the parameters that take the pipeline, as PowerShell would:
/// properties of the name (or alias) of a parameter, or else the object as a whole.
/// Before each object the parameters get back the values they had.</summary>
internal sealed class PipelineBinder(string command, QuantumCmdlet cmdlet, CommandParameter[] open)
{
    private readonly object?[] _defaults = Array.ConvertAll(open, parameter => parameter.Property!.GetValue(cmdlet));

    /// <summary>Sets the parameters to what one object holds.</summary>
    /// <param name="value">The object.</param>
    /// <param name="number">Which of them it is, from 1.</param>
    /// <exception cref="QuantumException">It holds nothing that the cmdlet takes.</exception>
    public void Bind(JsonElement value, int number)
    {
        for (int i = 0; i < open.Length; i++)
            open[i].Property!.SetValue(cmdlet, _defaults[i]);
        if (!BindWhole(value, number) && !BindProperties(value, number))
            throw UsageErrors.InputNotBound(command, number, Names(open)).ToException();
    }

    /// <summary>What an object must have, for help and errors.</summary>
    public static string[] Names(IEnumerable<CommandParameter> open) =>
        [.. open.Where(parameter => parameter.IsFromProperty)
            .SelectMany(parameter => (string[])[parameter.Name, .. parameter.Aliases])];

    /// <summary>A text becomes the parameter that takes texts as a whole; an object the one that takes its record,
    /// where no property fits.</summary>
    private bool BindWhole(JsonElement value, int number)
    {
        bool isText = value.ValueKind is JsonValueKind.String or JsonValueKind.Number;
        CommandParameter? whole = Array.Find(open,
            parameter => parameter.IsFromPipeline && parameter.IsBindable == isText);
        if (whole is null || (value.ValueKind == JsonValueKind.Object
            && Array.Exists(open, parameter => Find(value, parameter) is not null)))
            return false;
        if (isText)
            return Set(whole, value, number);
        Type element = ValueConverter.Element(whole.Type);
        if (!IsLike(value, element))
            return false;
        try
        {
            var one = Array.CreateInstance(element, 1);
            one.SetValue(value.Deserialize(element, JsonResults.Options), 0);
            whole.Property!.SetValue(cmdlet, whole.Type.IsArray ? one : one.GetValue(0));
            return true;
        }
        catch (JsonException e)
        {
            throw UsageErrors.InputNotRecord(command, number, whole.Name, e.Path ?? "$").ToException();
        }
    }

    /// <summary>Whether an object has anything of a record: one that has nothing would become
    /// an empty record.</summary>
    private static bool IsLike(JsonElement value, Type record) => value.ValueKind != JsonValueKind.Object
        || value.EnumerateObject()
            .Any(property => record.GetProperty(property.Name,
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is not null);

    private bool BindProperties(JsonElement value, int number)
    {
        bool any = false;
        if (value.ValueKind == JsonValueKind.Object
            && Array.TrueForAll(open, parameter => !IsNeeded(parameter) || Find(value, parameter) is not null))
        {
            foreach (CommandParameter parameter in open)
                any |= Find(value, parameter) is { } found && Set(parameter, found, number);
        }
        return any;
    }

    /// <summary>Whether every object must bring it.</summary>
    private static bool IsNeeded(CommandParameter parameter) => parameter.IsInAll && parameter.IsMandatory;

    private static JsonElement? Find(JsonElement value, CommandParameter parameter)
    {
        if (!parameter.IsFromProperty || !parameter.IsBindable)
            return null;
        foreach (string name in (string[])[parameter.Name, .. parameter.Aliases])
        {
            foreach (JsonProperty property in value.EnumerateObject())
            {
                if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                    return property.Value;
            }
        }
        return null;
    }

    private bool Set(CommandParameter parameter, JsonElement value, int number)
    {
        string[] texts =
            value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Text)] : [Text(value)];
        Type element = ValueConverter.Element(parameter.Type);
        var values = Array.CreateInstance(element, texts.Length);
        for (int i = 0; i < texts.Length; i++)
        {
            values.SetValue(ValueConverter.ConvertOne(parameter, texts[i], out string expected)
                ?? throw UsageErrors.BadInput(command, number, parameter.Name, texts[i], expected), i);
        }
        parameter.Property!.SetValue(cmdlet,
            parameter.Type.IsArray ? values : values.Length > 0 ? values.GetValue(0) : null);
        return true;
    }

    /// <summary>A null is an object without that property's value: an empty text, as in CSV.</summary>
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
