using System.Management.Automation.Internal;
using QuantumNet.Cli.Binding;

namespace QuantumNet.Engine.Tests;

/// <summary>What <c>quantumnet</c> reads of a cmdlet by reflection is what PowerShell reads of it.</summary>
public sealed class MetadataTests : IClassFixture<MetadataTests.Session>
{
    /// <summary>Attributes that check values and that <c>quantumnet</c> applies, by what it reads of them.</summary>
    private static readonly Type[] s_known =
    [
        typeof(ValidateNotNullAttribute), typeof(ValidateNotNullOrEmptyAttribute), typeof(ValidateRangeAttribute),
        typeof(ValidateSetAttribute),
    ];

    private readonly Session _session;

    public MetadataTests(Session session) => _session = session;

    public static TheoryData<string> Names => [.. CommandCatalog.All().Select(command => command.Name)];

    [Fact]
    public void The_engine_is_PowerShell_itself_not_its_standard()
    {
        Assert.True(typeof(PSCmdlet).Assembly.GetName().Version >= new Version(7, 6),
            typeof(PSCmdlet).Assembly.FullName);
        Assert.Equal("QuantumNet", _session.Engine.Command("Test-DhcpPath").ModuleName);
    }

    [Fact]
    public void The_catalogue_is_the_module() => Assert.Equal(
        _session.Engine.Get("(Get-Command -Module QuantumNet).Name | Sort-Object").Select(name => name.ToString()),
        CommandCatalog.All().Select(command => command.Name).Order(StringComparer.OrdinalIgnoreCase));

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_are_those_of_the_engine(string name)
    {
        string[] engine = [.. _session.Engine.Command(name).Parameters.Values.Where(IsOwn)
            .Select(parameter => Line(parameter)).Order(StringComparer.Ordinal)];
        string[] ours = [.. CommandParameter.Of(CommandCatalog.Find(name)!.Type).Select(parameter => Line(parameter))
            .Order(StringComparer.Ordinal)];
        Assert.Equal(engine, ours);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sets_and_positions_are_those_of_the_engine(string name)
    {
        string[] engine = [.. _session.Engine.Command(name).ParameterSets
            .SelectMany(set => set.Parameters.Where(one => !IsCommon(one.Name)).Select(one => set.Name + " "
                + Place(one.Name, one.Position, one.IsMandatory, one.ValueFromPipeline,
                    one.ValueFromPipelineByPropertyName)))
            .Order(StringComparer.Ordinal)];
        CommandParameter[] own = CommandParameter.Of(CommandCatalog.Find(name)!.Type);
        string[] ours = [.. CommandParameter.SetsOf(own)
            .SelectMany(set => own.Where(one => one.IsIn(set)).Select(one => (set, one.Name, In: one.In(set)!)))
            .Select(one => one.set + " " + Place(
                one.Name, one.In.Position ?? int.MinValue, one.In.IsMandatory,
                one.In.IsFromPipeline, one.In.IsFromProperty))
            .Order(StringComparer.Ordinal)];
        Assert.Equal(engine, ours);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_default_set_and_ShouldProcess_are_those_of_the_engine(string name)
    {
        var metadata = new CommandMetadata(_session.Engine.Command(name));
        CommandEntry entry = CommandCatalog.Find(name)!;
        Assert.Equal(metadata.DefaultParameterSetName ?? "", entry.DefaultSet ?? "");
        Assert.Equal(metadata.SupportsShouldProcess, entry.SupportsShouldProcess);
        Assert.Equal(metadata.ConfirmImpact == ConfirmImpact.High, entry.AsksFirst);
        Assert.False(metadata.SupportsPaging, "-First, -Skip and -IncludeTotalCount are unknown to quantumnet");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Common_parameters_are_those_of_the_engine(string name)
    {
        ParameterMetadata[] engine =
            [.. _session.Engine.Command(name).Parameters.Values.Where(parameter => !IsOwn(parameter))];
        CommandParameter[] ours = CommonOptions.Parameters(CommandCatalog.Find(name)!.SupportsShouldProcess);
        Assert.Equal(
            engine.Select(one => $"{one.Name} ({string.Join(", ", one.Aliases)})").Order(StringComparer.Ordinal),
            ours.Where(one => one.Name is not (nameof(CommonOptions.As) or nameof(CommonOptions.Help)))
                .Select(one => $"{one.Name} ({string.Join(", ", one.Aliases)})").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Attributes_that_check_values_are_known_to_quantumnet(string name) => Assert.Empty(
        _session.Engine.Command(name).Parameters.Values.Where(IsOwn)
            .SelectMany(parameter => parameter.Attributes.OfType<ValidateArgumentsAttribute>()
                .Where(one => !s_known.Contains(one.GetType()))
                .Select(one => $"{name} -{parameter.Name}: {one.GetType().Name}")));

    /// <summary>Attributes that change values before they are bound: what each means for texts
    /// is decided here.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Attributes_that_change_values_leave_texts_alone(string name)
    {
        foreach (ParameterMetadata parameter in _session.Engine.Command(name).Parameters.Values.Where(IsOwn))
        {
            foreach (ArgumentTransformationAttribute one in
                parameter.Attributes.OfType<ArgumentTransformationAttribute>())
            {
                if (one is CredentialAttribute or QuantumNet.Binding.ConnectionByNameAttribute
                    || one.GetType().Name == "ArgumentTypeConverterAttribute")
                    // -Credential has its own way in quantumnet, which has no session and so no connections to name;
                    // the third is PowerShell's own conversion
                    continue;
                Assert.Equal("n1", one.Transform(null!, "n1"));
            }
        }
    }

    private static bool IsCommon(string name) => Cmdlet.CommonParameters.Contains(name)
        || Cmdlet.OptionalCommonParameters.Contains(name);

    private static bool IsOwn(ParameterMetadata parameter) => !IsCommon(parameter.Name);

    private static string Place(string name, int position, bool isMandatory, bool byValue, bool byName) =>
        $"-{name} at {position}{(isMandatory ? ", mandatory" : "")}{(byValue ? ", by value" : "")}"
        + $"{(byName ? ", by name" : "")}";

    private static string Line(ParameterMetadata parameter) => Line(parameter.Name,
        parameter.ParameterType, parameter.Aliases,
        parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(set => set.ValidValues),
        parameter.Attributes.OfType<ValidateRangeAttribute>()
            .Select(range => $"{range.MinRange} to {range.MaxRange}").FirstOrDefault() ?? "",
        (parameter.Attributes.Any(one => one is ValidateNotNullOrEmptyAttribute),
            parameter.Attributes.Any(one => one is AllowEmptyStringAttribute)));

    private static string Line(CommandParameter parameter) => Line(parameter.Name,
        parameter.Property!.PropertyType, parameter.Aliases, parameter.ValidValues,
        parameter.Range is { } range ? $"{range.Minimum} to {range.Maximum}" : "",
        (parameter.RefusesEmpty, parameter.AllowsEmpty));

    private static string Line(string name, Type type, IEnumerable<string> aliases, IEnumerable<string> values,
        string range, (bool, bool) empty) =>
            $"-{name} {type} ({string.Join(", ", aliases)}) [{string.Join(", ", values)}] {range} {empty}";

    public sealed class Session : IDisposable
    {
        internal Engine Engine { get; } = new();

        public void Dispose() => Engine.Dispose();
    }
}
