using System.Management.Automation;
using System.Reflection;
using QuantumNet.Pipeline;

namespace QuantumNet.Cli.Binding;

/// <summary>One cmdlet of the module: its name and its class.</summary>
/// <param name="Name"><c>Verb-Noun</c>.</param>
/// <param name="Type">Its class.</param>
internal sealed record CommandEntry(string Name, Type Type)
{
    /// <summary>A new instance of it.</summary>
    public QuantumCmdlet Create() => (QuantumCmdlet)Activator.CreateInstance(Type)!;

    /// <summary>The set that is meant where the arguments leave several open;
    /// null when the cmdlet names none.</summary>
    public string? DefaultSet => CommandCatalog.CmdletAttributeOf(Type)?.NamedArguments
        .Where(argument => argument.MemberName == nameof(CmdletAttribute.DefaultParameterSetName))
        .Select(argument => argument.TypedValue.Value as string).FirstOrDefault();

    /// <summary>Whether it asks before it changes something, unless told not to.</summary>
    public bool AsksFirst => CommandCatalog.CmdletAttributeOf(Type) is { } cmdlet
        && cmdlet.NamedArguments.Any(argument => argument.MemberName == nameof(CmdletAttribute.ConfirmImpact)
            && Convert.ToInt32(argument.TypedValue.Value) == (int)ConfirmImpact.High);

    /// <summary>Whether it knows <c>-WhatIf</c> and <c>-Confirm</c>.</summary>
    public bool SupportsShouldProcess => CommandCatalog.CmdletAttributeOf(Type) is { } cmdlet
        && cmdlet.NamedArguments.Any(argument => argument.MemberName == nameof(CmdletAttribute.SupportsShouldProcess)
            && argument.TypedValue.Value is true);
}

/// <summary>The cmdlets of the module, found by reflection. PowerShellStandard's attributes hold nothing,
/// so they are read as metadata.</summary>
internal static class CommandCatalog
{
    private const string Namespace = "QuantumNet.Commands";

    /// <summary>Words that quantumnet alone knows, each with the cmdlet behind it.</summary>
    private static readonly Dictionary<string, string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["collector"] = "Get-QuantumCollector",
        ["explain"] = "Get-QuantumCheck",
        ["init"] = "New-QuantumInventory",
    };

    /// <summary>All cmdlets, by noun and verb as <c>Get-Command</c> lists them.</summary>
    public static IReadOnlyList<CommandEntry> All() =>
        [.. typeof(QuantumCmdlet).Assembly.GetExportedTypes()
            .Where(type => type is { Namespace: Namespace, IsAbstract: false })
            .Select(ToEntry).OfType<CommandEntry>()
            .OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The cmdlet of that name, or behind that word, any case; null when there is none.</summary>
    public static CommandEntry? Find(string name)
    {
        name = s_words.GetValueOrDefault(name, name);
        string className = $"{Namespace}.{name.Replace("-", "")}Command";
        Type? type = typeof(QuantumCmdlet).Assembly.GetType(className, throwOnError: false, ignoreCase: true);
        return type is { IsAbstract: false, IsPublic: true } && ToEntry(type) is { } entry
            && entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase) ? entry : null;
    }

    internal static CustomAttributeData? CmdletAttributeOf(Type type) =>
        type.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType == typeof(CmdletAttribute));

    private static CommandEntry? ToEntry(Type type) =>
        CmdletAttributeOf(type) is { ConstructorArguments: [var verb, var noun] }
            ? new CommandEntry($"{verb.Value}-{noun.Value}", type)
            : null;
}
