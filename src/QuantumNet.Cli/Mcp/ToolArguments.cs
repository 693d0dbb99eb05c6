using System.Globalization;
using System.Text.Json;
using QuantumNet.Cli.Binding;

namespace QuantumNet.Cli.Mcp;

/// <summary>The arguments of a call as a command line, so that one binder speaks for both.</summary>
internal static class ToolArguments
{
    private static readonly string[] s_own = [ToolSchema.First, ToolSchema.Skip, ToolSchema.Property];

    /// <summary>A number of those that every tool takes; the usual one where none is given.</summary>
    public static int Number(Dictionary<string, JsonElement> given, string name, int usual) =>
        given.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out int number) && number >= 0 ? number : usual;

    /// <summary>Texts of those that every tool takes.</summary>
    public static string[] Texts(Dictionary<string, JsonElement> given, string name) =>
        given.TryGetValue(name, out JsonElement value) ? [.. Values(value)] : [];

    /// <summary>All others, as <c>-Name:value</c>.</summary>
    /// <exception cref="QuantumException">The tool has no such argument.</exception>
    public static string[] CommandLine(
        string command, Dictionary<string, JsonElement> given, CommandParameter[] own)
    {
        List<string> line = [];
        foreach ((string name, JsonElement value) in given)
        {
            if (s_own.Contains(name, StringComparer.OrdinalIgnoreCase) || value.ValueKind == JsonValueKind.Null)
                continue;
            CommandParameter parameter = Array.Find(own,
                one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw UsageErrors.UnknownParameter(command, ArgumentName.Parse("-" + name),
                    [.. own.Select(one => one.Name)]);
            line.Add($"-{parameter.Name}:{(parameter.Type.IsArray ? List(value) : Text(value))}");
        }
        return [.. line];
    }

    private static string List(JsonElement value) => string.Join(',', Values(value)
        .Select(text => string.Create(CultureInfo.InvariantCulture, $"'{text.Replace("'", "\'\'")}'")));

    private static IEnumerable<string> Values(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Select(Text) : [Text(value)];

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
