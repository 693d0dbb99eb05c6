using System.Collections;
using System.Management.Automation;
using System.Reflection;
using QuantumNet.Cli.Binding;

namespace QuantumNet.HelpPages;

/// <summary>What a cmdlet's class says of itself, in the form of its page.
/// PowerShellStandard's attributes hold nothing, so they are read as metadata.</summary>
internal sealed class CmdletFacts
{
    private const string AllSets = "__AllParameterSets";

    private readonly CommandEntry _command;
    private readonly (CommandParameter Parameter, ParameterFacts Facts)[] _parameters;

    public CmdletFacts(CommandEntry command)
    {
        _command = command;
        object cmdlet = command.Create();
        _parameters = [.. CommandParameter.Of(command.Type).Select(parameter => (parameter, Read(parameter, cmdlet)))];
    }

    /// <summary>The parameters by name.</summary>
    public IEnumerable<(string Name, ParameterFacts Facts)> Parameters => _parameters.Concat(Confirmation)
        .Select(one => (one.Parameter.Name, one.Facts))
        .OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>One block for each parameter set: the default one, then the others as parameters name them.</summary>
    public IEnumerable<SyntaxBlock> Syntax
    {
        get
        {
            string[] sets = [.. _parameters.SelectMany(one => one.Facts.ParameterSets).Select(set => set.Name)
                .Where(set => set != ParameterSetFacts.All).Distinct()];
            CustomAttributeData cmdlet = CommandCatalog.CmdletAttributeOf(_command.Type)!;
            string? byDefault = Argument(cmdlet, nameof(CmdletAttribute.DefaultParameterSetName)) as string;
            return sets.Length == 0
                ? [Block(AllSets, false)]
                : sets.OrderBy(set => set != byDefault).Select(set => Block(set, set == byDefault));
        }
    }

    /// <summary>The types that the pipeline may bring.</summary>
    public IEnumerable<string> Inputs => _parameters
        .Where(one => one.Facts.ParameterSets.Any(set => set.ValueFromPipeline || set.ValueFromPipelineByPropertyName))
        .Select(one => one.Facts.Type).Distinct();

    /// <summary>The types that come out.</summary>
    public IEnumerable<string> Outputs => _command.Type.CustomAttributes
        .Where(attribute => attribute.AttributeType == typeof(OutputTypeAttribute))
        .SelectMany(attribute => attribute.ConstructorArguments)
        .SelectMany(argument => argument.Value as IEnumerable<CustomAttributeTypedArgument> ?? [argument])
        .Select(argument => argument.Value?.ToString() ?? "");

    /// <summary>Other names of the cmdlet.</summary>
    public IEnumerable<string> Aliases => _command.Type.CustomAttributes
        .Where(attribute => attribute.AttributeType == typeof(AliasAttribute))
        .SelectMany(attribute => attribute.ConstructorArguments)
        .SelectMany(argument => (IEnumerable<CustomAttributeTypedArgument>)argument.Value!)
        .Select(argument => (string)argument.Value!);

    /// <summary>The parameters that PowerShell adds to a cmdlet that asks before it changes something.</summary>
    private IEnumerable<(CommandParameter Parameter, ParameterFacts Facts)> Confirmation =>
        _command.SupportsShouldProcess ? [Switch("WhatIf", "wi"), Switch("Confirm", "cf")] : [];

    private SyntaxBlock Block(string set, bool isDefault)
    {
        var named = new List<SyntaxParameter>();
        var mandatory = new List<SyntaxParameter>();
        var positional = new SortedDictionary<int, SyntaxParameter>();
        foreach ((CommandParameter parameter, ParameterFacts facts) in _parameters.Concat(Confirmation))
        {
            if (Array.Find(facts.ParameterSets, one => one.Name == set || one.Name == ParameterSetFacts.All)
                is not { } here)
                continue;
            bool isPositional = int.TryParse(here.Position, out int position);
            var shown = new SyntaxParameter(parameter.Name, ShortName(parameter), here.IsRequired, isPositional);
            if (isPositional)
                positional.Add(position, shown);
            else
                (here.IsRequired ? mandatory : named).Add(shown);
        }
        return new SyntaxBlock(set, isDefault, _command.Name, [.. positional.Values, .. mandatory, .. named]);
    }

    private static ParameterFacts Read(CommandParameter parameter, object cmdlet)
    {
        CustomAttributeData[] attributes = [.. parameter.Property!.CustomAttributes];
        CustomAttributeData[] sets = Array.FindAll(attributes, one => one.AttributeType == typeof(ParameterAttribute));
        return new ParameterFacts
        {
            Type = parameter.Property.PropertyType.ToString(),
            DefaultValue = Text(parameter.Property.GetValue(cmdlet)),
            SupportsWildcards = attributes.Any(one => one.AttributeType == typeof(SupportsWildcardsAttribute)),
            Aliases = parameter.Aliases,
            ParameterSets = [.. sets.Select(ReadSet)],
            DontShow = Array.Exists(sets, one => Argument(one, nameof(ParameterAttribute.DontShow)) is true),
            AcceptedValues = parameter.ValidValues,
            HelpMessage = sets.Select(one => Argument(one, nameof(ParameterAttribute.HelpMessage)))
                .OfType<string>().FirstOrDefault() ?? "",
        };
    }

    private static ParameterSetFacts ReadSet(CustomAttributeData parameter) => new()
    {
        Name = Argument(parameter, nameof(ParameterAttribute.ParameterSetName)) as string ?? ParameterSetFacts.All,
        Position = Argument(parameter, nameof(ParameterAttribute.Position)) is int at and >= 0 ? $"{at}" : "Named",
        IsRequired = Argument(parameter, nameof(ParameterAttribute.Mandatory)) is true,
        ValueFromPipeline = Argument(parameter, nameof(ParameterAttribute.ValueFromPipeline)) is true,
        ValueFromPipelineByPropertyName =
            Argument(parameter, nameof(ParameterAttribute.ValueFromPipelineByPropertyName)) is true,
        ValueFromRemainingArguments =
            Argument(parameter, nameof(ParameterAttribute.ValueFromRemainingArguments)) is true,
    };

    private static (CommandParameter, ParameterFacts) Switch(string name, string alias) => (
        new CommandParameter { Name = name, Type = typeof(SwitchParameter), Aliases = [alias] },
        new ParameterFacts
        {
            Type = typeof(SwitchParameter).FullName!,
            Aliases = [alias],
            ParameterSets = [new ParameterSetFacts()],
        });

    private static object? Argument(CustomAttributeData attribute, string name) => attribute.NamedArguments
        .Where(argument => argument.MemberName == name).Select(argument => argument.TypedValue.Value).FirstOrDefault();

    /// <summary>A default as it would be typed; empty for nothing, and for a switch that is off.</summary>
    private static string Text(object? value) => value switch
    {
        null or false or SwitchParameter => "",
        string text => text,
        IEnumerable list => string.Join(", ", list.Cast<object>()),
        _ => value.ToString() ?? "",
    };

    /// <summary>The type as PowerShell shortens it: its accelerator, or its name alone; empty for a switch.</summary>
    private static string ShortName(CommandParameter parameter)
    {
        if (parameter.IsSwitch)
            return "";
        Type element = ValueConverter.Element(parameter.Type);
        string name = element switch
        {
            _ when element == typeof(string) => "string",
            _ when element == typeof(int) => "int",
            _ when element == typeof(long) => "long",
            _ when element == typeof(bool) => "bool",
            _ when element == typeof(double) => "double",
            _ when element == typeof(object) => "Object",
            _ when element == typeof(DateTime) => "datetime",
            _ when element == typeof(Uri) => "uri",
            _ when element == typeof(Hashtable) => "hashtable",
            _ when element == typeof(PSCredential) => "pscredential",
            _ when element == typeof(ScriptBlock) => "scriptblock",
            _ when element == typeof(System.Security.SecureString) => "securestring",
            _ => element.Name,
        };
        return parameter.Type.IsArray ? $"{name}[]" : name;
    }
}
