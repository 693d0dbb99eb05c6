using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumNet.Cli.Binding;
using QuantumNet.Cli.Help;
using QuantumNet.Cli.Output;

namespace QuantumNet.Cli.Mcp;

/// <summary>The JSON schemas of a tool's arguments and of its result, made from the cmdlet.</summary>
internal static class ToolSchema
{
    /// <summary>Arguments of every tool: which results, and what of them.</summary>
    public const string First = "First", Skip = "Skip", Property = "Property";

    /// <summary>What a program may pass.</summary>
    public static JsonElement Input(CommandEntry command, PageSource page)
    {
        Dictionary<string, string> texts = page.Parameters;
        JsonObject properties = [];
        JsonArray required = [];
        CommandParameter[] own = ToolCatalog.ParametersOf(command);
        foreach (CommandParameter parameter in own)
        {
            JsonObject schema = Of(parameter);
            if (texts.GetValueOrDefault(parameter.Name) is { Length: > 0 } text)
                schema["description"] = text;
            properties[parameter.Name] = schema;
            if (parameter is { IsInAll: true, IsMandatory: true })
                required.Add(parameter.Name);
        }
        properties[First] = Number("Results at most.", ToolResult.UsualCount, ToolResult.MostCount);
        properties[Skip] = Number("Results left out before the first.", 0, int.MaxValue);
        properties[Property] = new JsonObject
        {
            ["type"] = "array",
            ["items"] = new JsonObject { ["type"] = "string" },
            ["description"] = "Names of properties: only these of each result, for a short answer. All when left out.",
        };
        return Closed(properties, required);
    }

    /// <summary>What a tool answers.</summary>
    public static JsonElement Output(CommandEntry command)
    {
        JsonArray types = [.. ResultSchema.TypesOf(command).Select(ResultSchema.Of)];
        JsonObject properties = new()
        {
            ["results"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["anyOf"] = types } },
            ["errors"] = new JsonObject { ["type"] = "array", ["items"] = ResultSchema.Of(typeof(QuantumError)) },
            ["warnings"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject { ["type"] = "string" },
            },
            ["left_out"] = new JsonObject
            {
                ["type"] = "integer",
                ["description"] = "Results behind those given: ask again with Skip, or for fewer properties.",
            },
        };
        return Closed(properties, ["results", "errors", "warnings", "left_out"]);
    }

    private static JsonElement Closed(JsonObject properties, JsonArray required) =>
        JsonSerializer.SerializeToElement(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = required,
            ["additionalProperties"] = false,
        });

    private static JsonObject Number(string description, int usual, int most) => new()
    {
        ["type"] = "integer",
        ["minimum"] = 0,
        ["maximum"] = most,
        ["default"] = usual,
        ["description"] = description,
    };

    private static JsonObject Of(CommandParameter parameter)
    {
        JsonObject one = OfOne(parameter);
        // A single value stands for a list of one, as in PowerShell.
        return !parameter.Type.IsArray ? one
            : new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "array", ["items"] = one },
                one.DeepClone()) };
    }

    private static JsonObject OfOne(CommandParameter parameter)
    {
        Type type = ValueConverter.Element(parameter.Type);
        if (parameter.IsSwitch || type == typeof(bool))
            return new() { ["type"] = "boolean" };
        if (type.IsEnum)
            return Choice(Enum.GetNames(type));
        if (parameter.ValidValues.Length > 0)
            return Choice(parameter.ValidValues);
        if (type == typeof(DateTime))
            return new() { ["type"] = "string", ["format"] = "date-time" };
        if (type == typeof(double))
            return new() { ["type"] = "number" };
        if (type != typeof(int) && type != typeof(long))
            return new() { ["type"] = "string" };
        JsonObject number = new() { ["type"] = "integer" };
        if (parameter.Range is var (minimum, maximum))
            (number["minimum"], number["maximum"]) = (minimum, maximum);
        return number;
    }

    private static JsonObject Choice(string[] values) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) };
}
