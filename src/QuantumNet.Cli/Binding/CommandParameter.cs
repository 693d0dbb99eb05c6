using System.Management.Automation;
using System.Reflection;
using QuantumNet.Pipeline;

namespace QuantumNet.Cli.Binding;

/// <summary>What a parameter is in one set.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="Position">Position among unnamed arguments; null when it must be named.</param>
/// <param name="IsMandatory">Whether it must be given.</param>
/// <param name="IsFromPipeline">Whether a piped value becomes it as a whole.</param>
/// <param name="IsFromProperty">Whether a property of a piped object becomes it.</param>
internal sealed record ParameterPlace(
    string Set, int? Position = null, bool IsMandatory = false, bool IsFromPipeline = false,
    bool IsFromProperty = false);

/// <summary>One parameter of a cmdlet, read from its property's metadata.</summary>
internal sealed record CommandParameter
{
    /// <summary>PowerShell's name for belonging to every set.</summary>
    public const string AllSets = "__AllParameterSets";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }
    /// <summary>The property behind it; null for those of <c>quantumnet</c> itself.</summary>
    public PropertyInfo? Property { get; init; }
    /// <summary>Other names.</summary>
    public string[] Aliases { get; init; } = [];
    /// <summary>Its type, without <c>Nullable</c>.</summary>
    public required Type Type { get; init; }
    /// <summary>The sets it belongs to, and what it is there; one place stands for all sets.</summary>
    public ParameterPlace[] Places { get; init; } = [new(AllSets)];
    /// <summary>The values it takes; empty for any.</summary>
    public string[] ValidValues { get; init; } = [];
    /// <summary>Smallest and largest number; null when any will do.</summary>
    public (long Minimum, long Maximum)? Range { get; init; }
    /// <summary>Whether an empty text is refused by an attribute of its own.</summary>
    public bool RefusesEmpty { get; init; }
    /// <summary>Whether an empty text is expressly a value.</summary>
    public bool AllowsEmpty { get; init; }
    /// <summary>Why <c>quantumnet</c> knows the name and takes no value for it; empty where it does.</summary>
    public string Refusal { get; init; } = "";

    /// <summary>The sets it belongs to; empty for all.</summary>
    public IEnumerable<string> Sets => Places.Select(place => place.Set).Where(set => set != AllSets);
    /// <summary>Its first position among unnamed arguments; null when it must be named.</summary>
    public int? Position => Places.Min(place => place.Position);
    /// <summary>Whether it must be given, in one set at least.</summary>
    public bool IsMandatory => Array.Exists(Places, place => place.IsMandatory);
    /// <summary>Whether a piped value becomes it as a whole.</summary>
    public bool IsFromPipeline => Array.Exists(Places, place => place.IsFromPipeline);
    /// <summary>Whether a property of a piped object becomes it.</summary>
    public bool IsFromProperty => Array.Exists(Places, place => place.IsFromProperty);
    /// <summary>Whether it belongs to all sets.</summary>
    public bool IsInAll => Places is [{ Set: AllSets }];

    /// <summary>Whether it stands alone.</summary>
    public bool IsSwitch => Type == typeof(SwitchParameter);

    /// <summary>Whether it is a user with a password: its text is the user's name.</summary>
    public bool IsCredential => Type == typeof(PSCredential);

    /// <summary>Whether a text can be made into it at all: objects need PowerShell's pipeline.</summary>
    public bool IsBindable => ValueConverter.CanConvert(Type);

    /// <summary>Whether it belongs to a set.</summary>
    public bool IsIn(string set) => In(set) is not null;

    /// <summary>What it is in a set; null where it does not belong to it.</summary>
    public ParameterPlace? In(string set) =>
        Array.Find(Places, place => place.Set == set) ?? Array.Find(Places, place => place.Set == AllSets);

    /// <summary>The sets that parameters name; <see cref="AllSets"/> where they name none.</summary>
    public static string[] SetsOf(IEnumerable<CommandParameter> parameters) =>
        [.. parameters.SelectMany(parameter => parameter.Sets).Distinct().DefaultIfEmpty(AllSets)];

    /// <summary>The parameters of a cmdlet, in order of declaration, its own before those of its bases.</summary>
    public static CommandParameter[] Of(Type cmdlet) =>
        [.. Chain(cmdlet).SelectMany(
                type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(property => property.CustomAttributes.Any(IsParameter))
            .DistinctBy(property => property.Name)
            .Select(Read)];

    private static IEnumerable<Type> Chain(Type cmdlet)
    {
        for (Type? type = cmdlet; type is not null && type != typeof(QuantumCmdlet); type = type.BaseType)
            yield return type;
    }

    private static CommandParameter Read(PropertyInfo property)
    {
        CustomAttributeData[] attributes = [.. property.CustomAttributes];
        CustomAttributeData[] parameters = [.. attributes.Where(IsParameter)];
        return new CommandParameter
        {
            Name = property.Name,
            Property = property,
            Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
            Aliases = ConstructorTexts(attributes, typeof(AliasAttribute)),
            ValidValues = ConstructorTexts(attributes, typeof(ValidateSetAttribute)),
            Range = ReadRange(attributes),
            RefusesEmpty = Has<ValidateNotNullOrEmptyAttribute>(attributes),
            AllowsEmpty = Has<AllowEmptyStringAttribute>(attributes),
            Places = Array.ConvertAll(parameters, ToPlace),
        };
    }

    private static bool IsParameter(CustomAttributeData attribute) =>
        attribute.AttributeType == typeof(ParameterAttribute);

    private static bool Has<T>(CustomAttributeData[] attributes) =>
        Array.Exists(attributes, attribute => attribute.AttributeType == typeof(T));

    private static ParameterPlace ToPlace(CustomAttributeData parameter) => new(
        SetOf(parameter),
        Named<int>(parameter, nameof(ParameterAttribute.Position)) is { } at and >= 0 ? at : null,
        Named<bool>(parameter, nameof(ParameterAttribute.Mandatory)) == true,
        Named<bool>(parameter, nameof(ParameterAttribute.ValueFromPipeline)) == true,
        Named<bool>(parameter, nameof(ParameterAttribute.ValueFromPipelineByPropertyName)) == true);

    private static string SetOf(CustomAttributeData parameter) => parameter.NamedArguments
        .Where(argument => argument.MemberName == nameof(ParameterAttribute.ParameterSetName))
        .Select(argument => argument.TypedValue.Value as string).FirstOrDefault() ?? AllSets;

    private static T? Named<T>(CustomAttributeData attribute, string name)
        where T : struct
    {
        foreach (CustomAttributeNamedArgument argument in attribute.NamedArguments)
        {
            if (argument.MemberName == name)
                return (T?)argument.TypedValue.Value;
        }
        return null;
    }

    private static string[] ConstructorTexts(CustomAttributeData[] attributes, Type type) =>
        [.. attributes.Where(attribute => attribute.AttributeType == type)
            .SelectMany(attribute => attribute.ConstructorArguments)
            .SelectMany(argument => argument.Value as IEnumerable<CustomAttributeTypedArgument> ?? [argument])
            .Select(argument => argument.Value as string ?? "")];

    private static (long, long)? ReadRange(CustomAttributeData[] attributes) =>
        attributes.FirstOrDefault(attribute => attribute.AttributeType == typeof(ValidateRangeAttribute))
            is { ConstructorArguments: [var minimum, var maximum] }
            ? (Convert.ToInt64(minimum.Value), Convert.ToInt64(maximum.Value))
            : null;
}
