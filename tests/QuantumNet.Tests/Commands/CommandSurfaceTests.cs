using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using QuantumNet.Cli.Binding;
using QuantumNet.Cli.Output;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Commands;

/// <summary>What holds for every cmdlet; a new one that forgets something fails here.</summary>
public sealed class CommandSurfaceTests
{
    private static readonly string[] s_identifying =
        ["ComputerName", "PortId", "NetworkId", "Bridge", "Mac", "IpAddress"];

    public static TheoryData<string> Names => [.. CommandCatalog.All().Select(command => command.Name)];

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets_there_are()
    {
        string manifest = File.ReadAllText(Path.Combine(Root(), "QuantumNet.psd1"));
        int start = manifest.IndexOf("CmdletsToExport", StringComparison.Ordinal);
        string list = manifest[start..manifest.IndexOf(')', start)];
        Assert.Equal(CommandCatalog.All().Select(command => command.Name),
            list.Split('\'').Where((_, index) => index % 2 == 1).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_verb_is_approved_and_the_noun_singular(string name)
    {
        string[] approved = [.. typeof(VerbsCommon).Assembly.GetExportedTypes()
            .Where(type => type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => field.Name)];
        string[] parts = name.Split('-');
        Assert.Contains(parts[0], approved);
        Assert.False(parts[1].EndsWith('s'), $"{parts[1]} is a plural");
        Assert.Equal($"{parts[0]}{parts[1]}Command", Find(name).Type.Name);
        Assert.True(Find(name).Type.IsSealed);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_what_it_emits(string name) =>
        Assert.Contains(Find(name).Type.CustomAttributes,
            attribute => attribute.AttributeType == typeof(OutputTypeAttribute));

    [Theory]
    [MemberData(nameof(Names))]
    public void Identifying_parameters_are_texts(string name)
    {
        foreach (CommandParameter parameter in CommandParameter.Of(Find(name).Type)
            .Where(one => s_identifying.Contains(one.Name)))
            Assert.Equal(typeof(string[]), parameter.Type);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_name_or_alias_means_two_parameters(string name)
    {
        string[] names = [.. CommandParameter.Of(Find(name).Type)
            .Concat(CommonOptions.Parameters(changesSomething: true, takesCredential: true))
            .SelectMany(parameter => parameter.Aliases.Append(parameter.Name))];
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_and_its_parameters_are_described(string name)
    {
        Dictionary<string, string> summaries = QuantumNet.Tests.Help.XmlDocumentation.Read();
        Type type = Find(name).Type;
        Assert.True(summaries.ContainsKey($"T:{type.FullName}"), name);
        foreach (CommandParameter parameter in CommandParameter.Of(type))
        {
            Type declaring = parameter.Property!.DeclaringType!;
            string key = declaring.IsGenericType ? declaring.GetGenericTypeDefinition().FullName! : declaring.FullName!;
            Assert.True(summaries.TryGetValue($"P:{key}.{parameter.Name}", out string? summary) && summary.Length > 0,
                $"{name} -{parameter.Name}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cmdlet_that_changes_something_asks_first(string name)
    {
        CommandEntry command = Find(name);
        string verb = name.Split('-')[0];
        // Two change nothing, but send packets.
        Assert.Equal(verb is "Save" or "Export" or "Send" or "Restart" or "Set" or "Remove" or "New"
            || name is "Test-OvsTunnel" or "Test-InstanceReachability", command.SupportsShouldProcess);
    }

    [Fact]
    public void The_collectors_that_cmdlets_ask_for_exist()
    {
        string[] known = [.. Collectors.All.Select(collector => collector.Name)];
        var missing = new List<string>();
        foreach (CommandEntry command in CommandCatalog.All())
        {
            PropertyInfo? property = command.Type.GetProperty("Collectors",
                BindingFlags.Instance | BindingFlags.NonPublic);
            string[] wanted = property?.GetValue(command.Create()) as string[] ?? [];
            missing.AddRange(wanted.Except(known).Select(name => $"{command.Name}: {name}"));
        }
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_type_that_is_emitted_has_a_table_and_a_list()
    {
        Dictionary<string, TypeView> views = FormatFile.Load();
        foreach (CommandEntry command in CommandCatalog.All())
        {
            foreach (Type type in OutputTypes(command.Type)
                .Where(type => !type.IsPrimitive && type != typeof(void) && type != typeof(string)
                    && type != typeof(FileInfo)))
            {
                Assert.True(views.TryGetValue(type.FullName!, out TypeView? view), type.FullName);
                Assert.InRange(view.Table.Length, 1, 6);
                Assert.NotEmpty(view.List);
            }
        }
    }

    [Fact]
    public void Views_name_properties_that_exist()
    {
        foreach ((string name, TypeView view) in FormatFile.Load())
        {
            Type type = typeof(OvsFlow).Assembly.GetType(name) ?? typeof(QuantumConnection).Assembly.GetType(name)
                ?? throw new InvalidOperationException($"There is no type {name}.");
            foreach (ViewColumn column in view.Table.Concat(view.List))
                Assert.True(type.GetProperty(column.Property) is not null, $"{name}.{column.Property}");
            Assert.True(view.GroupBy is null || type.GetProperty(view.GroupBy) is not null,
                $"{name} by {view.GroupBy}");
        }
    }

    [Fact]
    public void Tables_fit_80_columns_but_for_their_last_column()
    {
        XDocument file = XDocument.Load(Path.Combine(Root(), "src", "QuantumNet", "QuantumNet.Format.ps1xml"));
        foreach (XElement table in file.Descendants("TableControl"))
        {
            XElement[] columns = [.. table.Descendants("TableColumnHeader")];
            int fixedWidth = columns.Sum(column => ((int?)column.Element("Width") ?? 0) + 1);
            Assert.True(fixedWidth <= 80, $"{table.Parent!.Element("Name")!.Value}: {fixedWidth}");
            Assert.All(columns.SkipLast(1), column => Assert.NotNull(column.Element("Width")));
        }
    }

    [Fact]
    public void The_module_never_touches_the_console()
    {
        string[] guilty =
            [.. Directory.EnumerateFiles(Path.Combine(Root(), "src", "QuantumNet"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
                .Where(file => File.ReadLines(file).Any(
                    line => line.Contains("Console.") && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
                        && !line.Contains("RecordKinds.Console") && !line.Contains("nameof(")))];
        Assert.Empty(guilty);
    }

    internal static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    private static CommandEntry Find(string name) => CommandCatalog.Find(name)!;

    private static IEnumerable<Type> OutputTypes(Type command) => command.CustomAttributes
        .Where(attribute => attribute.AttributeType == typeof(OutputTypeAttribute))
        .SelectMany(attribute => attribute.ConstructorArguments)
        .SelectMany(argument => argument.Value as IEnumerable<CustomAttributeTypedArgument> ?? [argument])
        .Select(argument => argument.Value).OfType<Type>();
}
