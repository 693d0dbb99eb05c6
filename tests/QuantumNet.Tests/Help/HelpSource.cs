using QuantumNet.Cli.Binding;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Help;

/// <summary>One example of a page: its title, its lines, and what the page says about it.</summary>
/// <param name="Title">The title.</param>
/// <param name="Lines">The commands.</param>
/// <param name="Remark">The text below.</param>
internal sealed record HelpExample(string Title, string[] Lines, string Remark);

/// <summary>A cmdlet's page of docs/en-US, as PlatyPS writes them: headings of two signs are sections,
/// of three their entries.</summary>
internal sealed class HelpSource
{
    private readonly Dictionary<string, string> _sections = [];

    public HelpSource(string cmdlet)
    {
        Cmdlet = cmdlet;
        Text = File.ReadAllText(PathOf(cmdlet)).ReplaceLineEndings("\n");
        foreach (string section in Text.Split("\n## ").Skip(1))
        {
            int end = section.IndexOf('\n', StringComparison.Ordinal);
            _sections[section[..end]] = section[end..].Trim();
        }
    }

    public string Cmdlet { get; }

    public string Text { get; }

    public string Synopsis => _sections["SYNOPSIS"];

    public string Description => _sections["DESCRIPTION"];

    /// <summary>Parameters and what the page says of each.</summary>
    public IReadOnlyDictionary<string, string> Parameters => Entries("PARAMETERS")
        .Where(entry => entry.Heading.StartsWith('-'))
        .ToDictionary(entry => entry.Heading[1..], entry => entry.Body.Split("```yaml")[0].Trim());

    public string Notes => _sections["NOTES"];

    /// <summary>What the pipeline may bring: type and words.</summary>
    public IEnumerable<(string Name, string Description)> Inputs =>
        Entries("INPUTS").Select(entry => (entry.Heading, Words(entry.Body)));

    /// <summary>What comes out: type and words.</summary>
    public IEnumerable<(string Name, string Description)> Outputs =>
        Entries("OUTPUTS").Select(entry => (entry.Heading, Words(entry.Body)));

    /// <summary>The texts of the links.</summary>
    public IEnumerable<string> Links => _sections["RELATED LINKS"].Split('\n').Select(line => line.Split('[', ']')[1]);

    /// <summary>Each parameter set with its syntax in one line.</summary>
    public IEnumerable<(string Set, string Text)> Syntax =>
        Entries("SYNTAX").Select(entry => (entry.Heading, Words(entry.Body.Split("```")[1])));

    public HelpExample[] Examples => [.. Entries("EXAMPLES").Select(Example)];

    public static string Folder { get; } = Path.Combine(Repository.Root, "docs", "en-US");

    public static string PathOf(string cmdlet) => Path.Combine(Folder, cmdlet + ".md");

    public static IEnumerable<string> Cmdlets() => CommandCatalog.All().Select(command => command.Name);

    /// <summary>A text's words with one space between them.</summary>
    public static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IEnumerable<(string Heading, string Body)> Entries(string section)
    {
        foreach (string entry in ("\n" + _sections[section]).Split("\n### ").Skip(1))
        {
            int end = entry.IndexOf('\n', StringComparison.Ordinal);
            yield return (entry[..end], entry[end..].Trim());
        }
    }

    private static HelpExample Example((string Heading, string Body) entry)
    {
        string[] parts = entry.Body.Split("```");
        string[] lines = parts[1].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new HelpExample(entry.Heading, lines[1..], parts[2].Trim());
    }
}
