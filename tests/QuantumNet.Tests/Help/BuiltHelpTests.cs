using System.Globalization;
using System.Xml.Linq;
using QuantumNet.Cli.Binding;
using QuantumNet.HelpPages;
using QuantumNet.Tests.Lab;
using static QuantumNet.Tests.Help.HelpSource;

namespace QuantumNet.Tests.Help;

/// <summary>The checked-in pages and MAML are what the cmdlets make of them, and the MAML says what the pages say.
/// The latter is read by other code than wrote it.</summary>
public sealed class BuiltHelpTests
{
    private const string Build = "dotnet run --project tests/QuantumNet.HelpPages";

    public static TheoryData<string> Names => new(HelpSource.Cmdlets());

    [Fact]
    public void Checked_in_help_is_what_the_cmdlets_and_pages_make()
    {
        string[] stale = [.. new HelpFolder(Repository.Root).Wanted()
            .Where(file => !File.Exists(file.Path) || File.ReadAllText(file.Path).ReplaceLineEndings("\n") != file.Text)
            .Select(file => Path.GetRelativePath(Repository.Root, file.Path))];
        Assert.True(stale.Length == 0, $"Not up to date: {string.Join(", ", stale)}. Run: {Build}");
    }

    [Fact]
    public void Built_help_has_every_cmdlet_once() => Assert.Equal(HelpSource.Cmdlets(), BuiltHelp.Cmdlets);

    [Theory]
    [MemberData(nameof(Names))]
    public void Texts_are_those_of_the_page(string name)
    {
        var page = new HelpSource(name);
        BuiltHelp built = BuiltHelp.Of(name);
        Assert.Equal(Words(page.Synopsis), built.Synopsis);
        Assert.Equal(Words(page.Description), built.Description);
        Assert.Equal(Words(page.Notes), built.Notes);
        Assert.Equal(page.Inputs, built.Inputs);
        Assert.Equal(page.Outputs, built.Outputs);
        Assert.Equal(page.Links, built.Links.Select(link => link.Text));
        Assert.Equal(page.Examples.Select(one => (one.Title, string.Join('\n', one.Lines), Words(one.Remark))),
            built.Examples);
        Assert.Equal(page.Parameters.Select(one => (one.Key, Words(one.Value))),
            built.Parameters.Select(one => (BuiltHelp.NameOf(one), BuiltHelp.DescriptionOf(one))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Syntax_is_that_of_the_page(string name) =>
        Assert.Equal(new HelpSource(name).Syntax.Select(one => one.Text), BuiltHelp.Of(name).Syntax);

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_are_as_they_are_bound(string name)
    {
        CommandEntry command = CommandCatalog.Find(name)!;
        object cmdlet = command.Create();
        Dictionary<string, XElement> built = BuiltHelp.Of(name).Parameters.ToDictionary(BuiltHelp.NameOf);
        Assert.All(CommandParameter.Of(command.Type), parameter =>
        {
            XElement element = built[parameter.Name];
            Assert.Equal(IsMandatory(parameter), bool.Parse(Attribute(element, "required")));
            Assert.Equal(PipelineInput(parameter), Attribute(element, "pipelineInput"));
            Assert.Equal(string.Join(", ", parameter.Aliases.DefaultIfEmpty("none")), Attribute(element, "aliases"));
            Assert.Equal(parameter.Position is { } at ? $"{at}" : "Named", Attribute(element, "position"));
            Assert.Equal(parameter.Property!.PropertyType.ToString(), BuiltHelp.TypeOf(element));
            Assert.Equal(parameter.ValidValues, BuiltHelp.ValuesOf(element));
            if (parameter.Property.GetValue(cmdlet) is int number)
                Assert.Equal(number.ToString(CultureInfo.InvariantCulture), BuiltHelp.DefaultOf(element));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_default_that_a_description_tells_is_the_default(string name)
    {
        const string Lead = "The default is ";
        foreach (XElement parameter in BuiltHelp.Of(name).Parameters)
        {
            string text = BuiltHelp.DescriptionOf(parameter);
            int at = text.IndexOf(Lead, StringComparison.Ordinal);
            if (at >= 0)
                Assert.Equal(BuiltHelp.DefaultOf(parameter), text[(at + Lead.Length)..].Split('.')[0]);
        }
    }

    /// <summary>The project has no address: Get-Help -Online says so where none stands in the help file.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void No_address_is_promised(string name)
    {
        Assert.Empty(new HelpFolder(Repository.Root).Read(name).HelpUri);
        Assert.DoesNotContain("Online Version", new HelpSource(name).Text, StringComparison.OrdinalIgnoreCase);
        Assert.All(BuiltHelp.Of(name).Links, link => Assert.Empty(link.Address));
        Assert.All(BuiltHelp.Of(name).Links, link => Assert.NotEqual("Online Version", link.Text));
        Assert.DoesNotContain(CommandCatalog.CmdletAttributeOf(CommandCatalog.Find(name)!.Type)!.NamedArguments,
            argument => argument.MemberName == "HelpUri");
    }

    private static string Attribute(XElement element, string name) => element.Attribute(name)!.Value;

    private static bool IsMandatory(CommandParameter parameter) => parameter.Property!.CustomAttributes
        .SelectMany(attribute => attribute.NamedArguments)
        .Any(argument => argument is { MemberName: "Mandatory", TypedValue.Value: true });

    private static string PipelineInput(CommandParameter parameter) =>
        (parameter.IsFromPipeline, parameter.IsFromProperty) switch
        {
            (true, true) => "true (ByValue, ByPropertyName)",
            (true, false) => "true (ByValue)",
            (false, true) => "true (ByPropertyName)",
            _ => "false",
        };
}
