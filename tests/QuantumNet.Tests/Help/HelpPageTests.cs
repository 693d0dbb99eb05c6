using QuantumNet.Cli;
using QuantumNet.Cli.Binding;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Help;

/// <summary>Help says what is so: its pages and the code are held against each other, and examples run.</summary>
public sealed class HelpPageTests
{
    public static TheoryData<string> Names => new(HelpSource.Cmdlets());

    public static TheoryData<string, string> Lines => Examples();

    [Fact]
    public void Every_page_is_a_cmdlets() =>
        Assert.Equal(HelpSource.Cmdlets(), Directory.EnumerateFiles(HelpSource.Folder, "*-*.md")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.OrdinalIgnoreCase));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_is_filled_in_and_has_three_examples(string name)
    {
        var page = new HelpSource(name);
        Assert.DoesNotContain("{{", page.Text, StringComparison.Ordinal);
        Assert.NotEmpty(page.Description);
        Assert.True(page.Examples.Length >= 3, $"{name} has {page.Examples.Length} examples.");
        Assert.All(page.Examples, example => Assert.NotEmpty(example.Remark));
        Assert.All(page.Examples,
            example => Assert.Contains(example.Lines, line => line.Contains(name, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_synopsis_is_the_classs_own_summary(string name)
    {
        string summary = XmlDocumentation.Read()[$"T:{CommandCatalog.Find(name)!.Type.FullName}"];
        string synopsis = new HelpSource(name).Synopsis;
        Assert.True(summary == synopsis || summary.StartsWith(synopsis + " ", StringComparison.Ordinal),
            $"{name}: '{synopsis}' is not how '{summary}' begins.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_parameter_is_described(string name)
    {
        CommandEntry command = CommandCatalog.Find(name)!;
        IEnumerable<string> expected = CommandParameter.Of(command.Type).Select(parameter => parameter.Name);
        if (command.SupportsShouldProcess)
            expected = expected.Append("WhatIf").Append("Confirm");
        IReadOnlyDictionary<string, string> described = new HelpSource(name).Parameters;
        Assert.Equal(expected.Order(StringComparer.Ordinal), described.Keys.Order(StringComparer.Ordinal));
        Assert.All(described, parameter => Assert.EndsWith(".", parameter.Value.TrimEnd(), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void An_example_on_the_samples_runs(string name, string line)
    {
        string folder = Directory.CreateTempSubdirectory("quantumnet-help-").FullName;
        try
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            var terminal = new CliTerminal { Output = output, Error = error };
            int status = Application.Run(ExampleLine.ToArguments(line, folder)!, terminal, CancellationToken.None);
            Assert.DoesNotContain("error:", error.ToString(), StringComparison.Ordinal);
            Assert.NotEqual(1, status);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        Assert.NotEmpty(name);
    }

    [Fact]
    public void Most_cmdlets_have_an_example_that_runs_here()
    {
        string[] live = ["Connect-Quantum", "Disconnect-Quantum", "Get-NovaConsoleLog", "Get-QuantumConnection",
            "New-QuantumInventory", "Restart-QuantumAgent", "Send-DhcpProbe", "Trace-DhcpPacket"];
        IEnumerable<string> run = HelpSource.Cmdlets().Where(name => RunnableOf(name).Any());
        Assert.Empty(HelpSource.Cmdlets().Except(run).Except(live).Except(["Get-QuantumCheck", "Get-QuantumSample"]));
    }

    private static TheoryData<string, string> Examples()
    {
        var data = new TheoryData<string, string>();
        foreach (string name in HelpSource.Cmdlets())
        {
            foreach (string line in RunnableOf(name))
                data.Add(name, line);
        }
        return data;
    }

    private static IEnumerable<string> RunnableOf(string name) => File.Exists(HelpSource.PathOf(name))
        ? new HelpSource(name).Examples.SelectMany(example => example.Lines)
            .Where(line => ExampleLine.ToArguments(line, ".") is not null)
        : [];
}
