using System.Management.Automation;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using QuantumNet.Cli.Binding;

namespace QuantumNet.Cli.Output;

/// <summary>JSON schemas (draft 2020-12) of what cmdlets emit, as <c>-As Json</c> writes it and
/// <c>ConvertTo-Json -Depth 10 -EnumsAsStrings</c> does.</summary>
internal static class ResultSchema
{
    /// <summary>The version of all schemas: it is raised when something is taken away or changes its meaning; what is
    /// added raises nothing.</summary>
    public const int Version = 1;

    private static readonly JsonSchemaExporterOptions s_options = new() { TreatNullObliviousAsNonNullable = true };

    /// <summary>The types that a cmdlet says it emits, as its class is marked (about_Functions_OutputTypeAttribute).
    /// </summary>
    public static Type[] TypesOf(CommandEntry command) =>
    [
        .. command.Type.CustomAttributes
            .Where(attribute => attribute.AttributeType == typeof(OutputTypeAttribute))
            .SelectMany(attribute => attribute.ConstructorArguments)
            .SelectMany(argument => argument.Value as IEnumerable<CustomAttributeTypedArgument> ?? [argument])
            .Select(argument => argument.Value).OfType<Type>().Distinct(),
    ];

    /// <summary>The types of results of all cmdlets, by name.</summary>
    public static SortedDictionary<string, Type> All() => new(
        CommandCatalog.All().SelectMany(TypesOf).Distinct()
            .Where(type => type.Assembly.GetName().Name!.StartsWith("QuantumNet", StringComparison.Ordinal))
            .ToDictionary(type => type.Name), StringComparer.Ordinal);

    /// <summary>The schema of one type of results.</summary>
    public static JsonNode Of(Type type) => JsonResults.Options.GetJsonSchemaAsNode(type, s_options);

    /// <summary>All schemas in one document: a definition for each type.</summary>
    public static JsonObject Document()
    {
        JsonObject definitions = [];
        foreach ((string name, Type type) in All())
            definitions[name] = Of(type);
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:quantumnet:results:{Version}",
            ["title"] = "What the cmdlets of QuantumNet emit, as JSON",
            ["$defs"] = definitions,
        };
    }
}
