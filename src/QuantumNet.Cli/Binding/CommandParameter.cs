using System.Management.Automation;
using System.Reflection;
using QuantumNet.Pipeline;

namespace QuantumNet.Cli.Binding;

/// <summary>One parameter of a cmdlet, read from its property's metadata.</summary>
internal sealed record CommandParameter
{
    private const string AllSets = "__AllParameterSets";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }
    /// <summary>The property behind it; null for those of <c>quantumnet</c> itself.</summary>
    public PropertyInfo? Property { get; init; }
    /// <summary>Other names.</summary>
    public string[] Aliases { get; init; } = [];
    /// <summary>Its type, without <c>Nullable</c>.</summary>
    public required Type Type { get; init; }
    /// <summary>Position among unnamed arguments; null when it must be named.</summary>
    public int? Position { get; init; }
    /// <summary>Sets in which it must be given.</summary>
    public string[] MandatorySets { get; init; } = [];
    /// <summary>Sets it belongs to; empty for all.</summary>
    public string[] Sets { get; init; } = [];
    /// <summary>The values it takes; empty for any.</summary>
    public string[] ValidValues { get; init; } = [];
    /// <summary>Smallest and largest number; null when any will do.</summary>
    public (long Minimum, long Maximum)? Range { get; init; }
    /// <summary>Whether an empty text is refused.</summary>
    public bool RefusesEmpty { get; init; }

    /// <summary>Whether a piped value becomes it as a whole.</summary>
    public bool IsFromPipeline { get; init; }
    /// <summary>Whether a property of a piped object becomes it.</summary>
    public bool IsFromProperty { get; init; }

    /// <summary>Whether it stands alone.</summary>
    public bool IsSwitch => Type == typeof(SwitchParameter);

    /// <summary>Whether a text can be made into it at all: objects need PowerShell's pipeline.</summary>
    public bool IsBindable => ValueConverter.CanConvert(Type);

    /// <summary>Whether it belongs to a set.</summary>
    public bool IsIn(string set) => Sets.Length == 0 || Sets.Contains(set);

    /// <summary>The parameters of a cmdlet, in order of declaration, its own before those of its bases.</summary>
    public static CommandParameter[] Of(Type cmdlet) =>
        [.. Chain(cmdlet).SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
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
            RefusesEmpty = attributes.Any(attribute => attribute.AttributeType == typeof(ValidateNotNullOrEmptyAttribute)),
            Position = parameters.Select(parameter => Named<int>(parameter, nameof(ParameterAttribute.Position))).FirstOrDefault(at => at is >= 0),
            IsFromPipeline = parameters.Any(parameter => Named<bool>(parameter, nameof(ParameterAttribute.ValueFromPipeline)) == true),
            IsFromProperty = parameters.Any(parameter => Named<bool>(parameter, nameof(ParameterAttribute.ValueFromPipelineByPropertyName)) == true),
            Sets = [.. parameters.Select(SetOf).Where(set => set != AllSets)],
            MandatorySets = [.. parameters
                .Where(parameter => Named<bool>(parameter, nameof(ParameterAttribute.Mandatory)) == true).Select(SetOf)],
        };
    }

    private static bool IsParameter(CustomAttributeData attribute) => attribute.AttributeType == typeof(ParameterAttribute);

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
