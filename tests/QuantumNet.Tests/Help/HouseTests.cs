using QuantumNet.Tests.Lab;
using YamlDotNet.RepresentationModel;

namespace QuantumNet.Tests.Help;

/// <summary>What somebody meets who wants to help: files that are there, well-formed, and true.</summary>
public sealed class HouseTests
{
    private static readonly string s_house = Path.Combine(Repository.Root, ".github");

    public static TheoryData<string> Files => new(Directory.EnumerateFiles(s_house, "*.yml",
        SearchOption.AllDirectories).Select(file => Path.GetRelativePath(s_house, file)));

    [Theory]
    [MemberData(nameof(Files))]
    public void File_is_yaml(string file)
    {
        var text = new YamlStream();
        text.Load(new StringReader(File.ReadAllText(Path.Combine(s_house, file))));
        Assert.IsType<YamlMappingNode>(Assert.Single(text.Documents).RootNode);
    }

    [Theory]
    [InlineData("wrong-verdict.yml")]
    [InlineData("error.yml")]
    public void Issue_template_asks_for_a_snapshot_and_warns_of_what_is_in_it(string file)
    {
        string text = File.ReadAllText(Path.Combine(s_house, "ISSUE_TEMPLATE", file));
        Assert.Contains("Save-QuantumSnapshot", text, StringComparison.Ordinal);
        Assert.Contains("ook into it", text, StringComparison.Ordinal);
        foreach (string part in (string[])["name:", "description:", "body:"])
            Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Workflow_runs_the_readmes_commands()
    {
        string workflow = Words(File.ReadAllText(Path.Combine(s_house, "workflows", "tests.yml")));
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");
        string tried = readme[readme.IndexOf("\n## Try it", StringComparison.Ordinal)..readme.IndexOf("\n## Install",
            StringComparison.Ordinal)];
        string[] commands = [.. Blocks(tried).Select(Words)];
        Assert.Equal(3, commands.Length);
        Assert.Contains(commands[0], workflow, StringComparison.Ordinal);
        Assert.Contains(commands[1], workflow, StringComparison.Ordinal);
        Assert.Contains("Import-Module ./out/QuantumNet; Test-DhcpPath -Snapshot samples/fleet-three-causes", workflow,
            StringComparison.Ordinal);
        string examples = readme[readme.IndexOf("\n## Three examples", StringComparison.Ordinal)..];
        Assert.Contains(Words(Blocks(examples)[0]), workflow, StringComparison.Ordinal);
        Assert.Contains(Words(Blocks(examples)[2]), workflow, StringComparison.Ordinal);
    }

    /// <summary>The code of a document, block by block.</summary>
    private static string[] Blocks(string text) => [.. text.Split("```").Where((_, index) => index % 2 == 1)
        .Select(block => block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..])];

    private static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
