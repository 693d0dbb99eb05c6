using System.Text.Json;
using QuantumNet.Cli;
using QuantumNet.Cli.Binding;
using QuantumNet.Faults;

namespace QuantumNet.Tests.Cli;

public sealed class ApplicationTests
{
    [Fact]
    public void Alone_it_lists_every_cmdlet_with_what_it_does()
    {
        (int status, string output, _) = Run();
        Assert.Equal(0, status);
        Assert.Contains("Gets the OpenFlow entries of bridges.", output, StringComparison.Ordinal);
        foreach (var command in QuantumNet.Cli.Binding.CommandCatalog.All())
            Assert.Contains(command.Name, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-DhcpPath", "-?")]
    [InlineData("Test-DhcpPath", "-Help")]
    [InlineData("Test-DhcpPath", "--help")]
    [InlineData("Test-DhcpPath", "-h")]
    [InlineData("-h", "Test-DhcpPath")]
    [InlineData("help", "test-dhcppath")]
    public void Help_shows_the_parameters(string first, string second)
    {
        (int status, string output, _) = Run(first, second);
        Assert.Equal(0, status);
        Assert.Contains("-PortId <text>[,...]", output, StringComparison.Ordinal);
        Assert.DoesNotContain("-InputObject", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("init", "New-QuantumInventory")]
    [InlineData("explain", "Get-QuantumCheck")]
    public void Help_of_a_word_is_that_of_the_cmdlet_behind_it(string word, string cmdlet) =>
        Assert.Equal(Run("help", cmdlet).Output, Run("help", word).Output);

    [Fact]
    public void Help_prints_every_topic()
    {
        string folder = Path.Combine(Lab.Repository.Root, "en-US");
        string[] files = Directory.GetFiles(folder, "about_*.help.txt");
        Assert.NotEmpty(files);
        string overview = Words(Run().Output);
        foreach (string file in files)
        {
            string name = Path.GetFileName(file)[..^".help.txt".Length];
            (int status, string output, string error) = Run("help", name.ToUpperInvariant());
            Assert.Equal((0, ""), (status, error));
            Assert.Equal(File.ReadAllText(file).Trim(), output.Trim());
            Assert.Contains(name, overview, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("about_QuantumNet_Inventroy", "Did you mean about_QuantumNet_Inventory")]
    [InlineData("Inventory", "Did you mean New-QuantumInventory or Test-QuantumInventory or about_QuantumNet_Inv")]
    [InlineData("Test-DhcpPth", "Did you mean Test-DhcpPath?")]
    public void Help_for_an_unknown_name_suggests_a_cmdlet_or_a_topic(string name, string told)
    {
        (int status, string output, string error) = Run("help", name);
        Assert.Equal((1, ""), (status, output));
        Assert.Contains($"There is no cmdlet and no topic '{name}'. {told}", error, StringComparison.Ordinal);
        Assert.Contains("(UnknownTopic)", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_says_what_Get_Help_says()
    {
        foreach (string name in Help.HelpSource.Cmdlets())
        {
            var page = new Help.HelpSource(name);
            (_, string output, _) = Run(name, "-?");
            string said = Words(output);
            Assert.Contains(Words(page.Synopsis), said, StringComparison.Ordinal);
            Assert.Contains(Words(page.Description.Replace("`", "", StringComparison.Ordinal)), said,
                StringComparison.Ordinal);
            Assert.All(page.Examples,
                example => Assert.Contains(Words(string.Join(' ', example.Lines)), said, StringComparison.Ordinal));
            foreach (CommandParameter parameter in CommandParameter.Of(CommandCatalog.Find(name)!.Type)
                .Where(one => one.IsBindable))
                Assert.Contains(Words(page.Parameters[parameter.Name].Replace("`", "", StringComparison.Ordinal)), said,
                    StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Init_writes_an_inventory_checks_one_and_prints_the_schema()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("cli-init-").FullName, "cloud.json");
        Assert.Equal(0, Run("init", file, "--computer-name", "n1,n2").Status);
        Assert.Contains("quantumnet init -Validate cloud.json", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Contains("2 nodes", Run("init", "-Validate", file).Output, StringComparison.Ordinal);
        File.WriteAllText(file, "{ \"nods\": [] }");
        (int status, string output, _) = Run("init", "--validate", file);
        Assert.Equal(2, status);
        Assert.Contains("1:3: unknown name 'nods': did you mean nodes?", output, StringComparison.Ordinal);
        Assert.Contains("json-schema.org", Run("init", "-Schema").Output, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void A_mistyped_cmdlet_is_an_error_with_a_suggestion()
    {
        (int status, string output, string error) = Run("Get-OvsFlwo");
        Assert.Equal((1, ""), (status, output));
        Assert.Contains("Did you mean Get-OvsFlow?", error, StringComparison.Ordinal);
        Assert.Contains("(UnknownCommand)", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_catalogue_needs_no_cloud()
    {
        (int status, string output, string error) = Run("Get-QuantumCheck", "QN4002", "-As", "Json");
        Assert.Equal((0, ""), (status, error));
        Assert.Contains("\"Code\": \"QN4002\"", output, StringComparison.Ordinal);
        Assert.Contains("\"Severity\": \"Error\"", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Export-DhcpPathReport", "report.md")]
    [InlineData("Export-QuantumTopology", "cloud.svg")]
    public void Written_file_is_json_that_pipes_by_its_path(string cmdlet, string name)
    {
        string folder = Directory.CreateTempSubdirectory("quantumnet-passed-").FullName;
        string path = Path.Combine(folder, name);
        (int status, string output, string error) = Run(cmdlet, path, "-Snapshot",
            Path.Combine(Lab.Repository.Root, "samples", "fleet-three-causes"), "-PassThru", "-As", "Json");
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement file = Assert.Single(document.RootElement.EnumerateArray());
        Assert.Equal((path, new FileInfo(path).Length),
            (file.GetProperty("FullName").GetString(), file.GetProperty("Length").GetInt64()));
        Assert.Equal((0, ""), (status, error));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("QN4001")]
    [InlineData("qn4001")]
    public void Explain_tells_what_the_catalogue_knows(string code)
    {
        (int status, string output, string error) = Run("explain", code);
        Assert.Equal((0, ""), (status, error));
        CheckInfo check = CheckCatalog.All.Single(one => one.Code == "QN4001");
        string said = Words(output);
        foreach (string known in (string[])[check.Title, check.Layer, $"{check.Severity}", check.Remedy,
            check.Reference, .. check.Explains])
            Assert.Contains(Words(known), said, StringComparison.Ordinal);
        Assert.Equal(output, Run("Get-QuantumCheck", "QN4001", "-As", "List").Output);
    }

    [Theory]
    [InlineData("QN4001", "QN4002")]
    [InlineData("QN4001,", "QN4002")]
    [InlineData("QN4001,QN4002", "--as=list")]
    public void Explain_takes_several_codes(params string[] codes)
    {
        (int status, string output, _) = Run(["explain", .. codes]);
        Assert.Equal(0, status);
        Assert.Equal(Run("Get-QuantumCheck", "QN4001,QN4002", "-As", "List").Output, output);
    }

    [Fact]
    public void Explain_prints_another_form_where_one_is_named() => Assert.Equal(
        Run("Get-QuantumCheck", "QN4001", "-As", "Json").Output, Run("explain", "QN4001", "--as", "json").Output);

    [Theory]
    [InlineData("QN4099", "Nearest: QN4")]
    [InlineData("4001", "Nearest: QN4001.")]
    [InlineData("QM4001", "QN4001")]
    [InlineData("nonsense", "lists them all")]
    public void An_unknown_code_gets_the_nearest_ones(string code, string told)
    {
        (int status, string output, string error) = Run("explain", code);
        Assert.Equal((1, ""), (status, output));
        Assert.Contains($"There is no check '{code}'.", error, StringComparison.Ordinal);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.InRange(error.Split("QN").Length, 1, 8);
    }

    [Fact]
    public void Explain_alone_asks_for_a_code()
    {
        (int status, _, string error) = Run("explain");
        Assert.Equal(1, status);
        Assert.Contains("explain needs a code", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_source_it_says_which_can_be_named()
    {
        (int status, string output, string error) = Run("Get-OvsFlow", "-As", "Json");
        Assert.Equal(1, status);
        Assert.Equal("[]", output.Trim());
        Assert.Contains("-Snapshot", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("-V")]
    public void The_version_is_the_manifests(string argument)
    {
        string manifest = File.ReadAllText(Path.Combine(Commands.CommandSurfaceTests.Root(), "QuantumNet.psd1"));
        (_, string output, _) = Run(argument);
        Assert.Contains($"'{output.Trim().Split(' ')[1]}'", manifest, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_run_says_so()
    {
        using var interrupted = new CancellationTokenSource();
        interrupted.Cancel();
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(130, Application.Run(["Get-QuantumCheck"], Terminal(output, error), interrupted.Token));
    }

    private static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static (int Status, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int status = Application.Run(arguments, Terminal(output, error), CancellationToken.None);
        return (status, output.ToString(), error.ToString());
    }

    private static CliTerminal Terminal(TextWriter output, TextWriter error) =>
        new() { Output = output, Error = error };
}
