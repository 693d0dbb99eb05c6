using System.Management.Automation;
using System.Reflection;
using QuantumNet.Binding;
using QuantumNet.Cli.Binding;

namespace QuantumNet.Cli.Completion;

/// <summary>What follows a parameter on a command line.</summary>
internal enum ValueSort
{
    /// <summary>Nothing: it stands alone.</summary>
    None,
    /// <summary>A text that nobody can guess.</summary>
    Text,
    /// <summary>A file or folder.</summary>
    Path,
    /// <summary>One of a few values.</summary>
    Fixed,
    /// <summary>A name in the cloud's snapshot or inventory.</summary>
    Seen,
}

/// <summary>A parameter as shells complete it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Text">What it is, in a sentence.</param>
/// <param name="Sort">What follows it.</param>
/// <param name="Values">The values that are always there.</param>
/// <param name="Kind">The kind of names; empty for none.</param>
/// <param name="IsList">Whether values are joined by commas.</param>
/// <param name="Position">Its place among arguments without a name; null for none.</param>
internal sealed record CompletedParameter(string Name, string[] Aliases, string Text, ValueSort Sort, string[] Values,
    string Kind, bool IsList, int? Position)
{
    private static readonly string[] s_paths = ["Path", "Inventory", "Snapshot", "SaveTo", "IdentityFile",
        "SshConfigFile"];

    /// <summary>The GNU spelling: <c>computer-name</c>.</summary>
    public string GnuName => ArgumentName.ToGnu(Name);

    /// <summary>How a shell completes a parameter.</summary>
    public static CompletedParameter Of(CommandParameter parameter, string text)
    {
        (ValueSort sort, string[] values, string kind) = ValuesOf(parameter);
        return new(parameter.Name, parameter.Aliases, text, sort, values, kind, parameter.Type.IsArray,
            parameter.Position);
    }

    private static (ValueSort Sort, string[] Values, string Kind) ValuesOf(CommandParameter parameter)
    {
        if (parameter.IsSwitch)
            return (ValueSort.None, [], "");
        Type element = ValueConverter.Element(parameter.Type);
        if (element.IsEnum)
            return (ValueSort.Fixed,
                [.. Enum.GetNames(element).Where(name => name != nameof(OutputFormat.Default))], "");
        if (parameter.ValidValues.Length > 0)
            return (ValueSort.Fixed, parameter.ValidValues, "");
        return CompleterOf(parameter.Property) switch
        {
            SeenCompleter seen => (ValueSort.Seen, [.. seen.Known], seen.Kind),
            FixedCompleter { Known: { Count: > 0 } known } => (ValueSort.Fixed, [.. known], ""),
            CheckCompleter => (ValueSort.Fixed, [.. Faults.CheckCatalog.All.Select(check => check.Code)], ""),
            null when IsPath(parameter) => (ValueSort.Path, [], ""),
            _ => (ValueSort.Text, [], ""),
        };
    }

    private static bool IsPath(CommandParameter parameter) => s_paths.Contains(parameter.Name)
        || parameter.Property?.CustomAttributes.Any(attribute => attribute.AttributeType
            == typeof(SnapshotPathAttribute) || attribute.AttributeType == typeof(CloudSourceAttribute)) == true;

    private static SessionCompleter? CompleterOf(PropertyInfo? property) => property?.CustomAttributes
        .Where(attribute => attribute.AttributeType == typeof(ArgumentCompleterAttribute))
        .Select(attribute => attribute.ConstructorArguments[0].Value as Type)
        .Select(type => type is null ? null : Activator.CreateInstance(type) as SessionCompleter).FirstOrDefault();
}
