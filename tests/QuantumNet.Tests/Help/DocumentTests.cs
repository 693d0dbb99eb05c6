using System.Text.RegularExpressions;
using QuantumNet.Cli;
using QuantumNet.Cli.Binding;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Help;

/// <summary>Topics and documents: their form, and that what they name exists.</summary>
public sealed partial class DocumentTests
{
    private static readonly string s_topics = Path.Combine(Repository.Root, "en-US");

    public static TheoryData<string> Topics =>
        new(Directory.EnumerateFiles(s_topics, "about_*.help.txt").Select(file => Path.GetFileName(file)!));

    public static TheoryData<string> Documents => new(["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md",
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")
            .Select(file => "docs/" + Path.GetFileName(file)),
        .. HelpSource.Cmdlets().Select(name => $"docs/en-US/{name}.md")]);

    public static TheoryData<string, string> Outputs => ReadmeOutputs();

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_has_the_form_that_Get_Help_finds(string file)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(s_topics, file));
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        string[] lines = File.ReadAllLines(Path.Combine(s_topics, file));
        Assert.Equal(["TOPIC", "    " + file[..file.IndexOf('.', StringComparison.Ordinal)], "", "SYNOPSIS"],
            lines[..4]);
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void Every_topic_that_is_named_exists()
    {
        string[] sources = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs",
                SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(s_topics, "*.txt"), Path.Combine(Repository.Root, "README.md")];
        string[] missing = [.. sources
            .SelectMany(file => Topic().Matches(File.ReadAllText(file)).Select(match => match.Value)).Distinct()
            .Where(name => !File.Exists(Path.Combine(s_topics, name + ".help.txt")))];
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_somewhere(string document)
    {
        string path = Path.Combine(Repository.Root, document);
        string[] dead = [.. Link().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, target.Split('#')[0])))];
        Assert.Empty(dead);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Files_of_the_project_that_are_named_exist(string document)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, document));
        string[] missing = [.. ProjectFile().Matches(text).Select(match => match.Value.TrimEnd('.', '/')).Distinct()
            .Where(name => !Path.Exists(SnapshotReader.Meant(Path.Combine(Repository.Root, name))))];
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Cmdlets_that_are_named_exist(string document)
    {
        string[] nouns = [.. HelpSource.Cmdlets().Select(name => name.Split('-')[1]).Distinct()];
        string[] unknown = [.. Cmdlet().Matches(File.ReadAllText(Path.Combine(Repository.Root, document)))
            .Select(match => match.Value).Distinct()
            .Where(name => Array.Exists(nouns, noun => name.EndsWith("-" + noun, StringComparison.Ordinal))
                && CommandCatalog.Find(name) is null)];
        Assert.Empty(unknown);
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void An_output_that_is_shown_is_what_comes_out(string command, string shown)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Application.Run(ExampleLine.ToArguments(command, ".")!,
            new CliTerminal { Output = output, Error = error, Width = 120 }, CancellationToken.None);
        Assert.Empty(error.ToString());
        string printed = Trimmed(output.ToString());
        foreach (string part in Trimmed(shown).Split("\n...\n"))
            Assert.Contains(part, printed, StringComparison.Ordinal);
    }

    /// <summary>Blocks of README.md that begin with <c>$ quantumnet</c>: the command, and what is said
    /// to come out of it.</summary>
    private static TheoryData<string, string> ReadmeOutputs()
    {
        var data = new TheoryData<string, string>();
        foreach (string block in File.ReadAllText(Path.Combine(Repository.Root, "README.md"))
            .ReplaceLineEndings("\n").Split("```"))
        {
            const string Prompt = "$ quantumnet ";
            int start = block.IndexOf(Prompt, StringComparison.Ordinal);
            if (start < 0)
                continue;
            string[] parts = block[(start + Prompt.Length)..].Split('\n', 2);
            data.Add(parts[0], parts[1]);
        }
        return data;
    }

    private static string Trimmed(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(line => line.TrimEnd()));

    [GeneratedRegex(@"about_QuantumNet\w*")]
    private static partial Regex Topic();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w/.~-])(docs|samples|tests|src|en-US)/[\w./+-]+")]
    private static partial Regex ProjectFile();

    [GeneratedRegex(@"\b[A-Z][a-z]+-[A-Z][A-Za-z]+\b")]
    private static partial Regex Cmdlet();
}
