using System.Text;

namespace QuantumNet.Cli.Help;

/// <summary>One example of a page.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Code">The commands, in PowerShell.</param>
/// <param name="Remark">What the page says about it.</param>
internal sealed record PageExample(string Title, string Code, string Remark);

/// <summary>A cmdlet's page of docs/en-US, of which Get-Help's text is made, too:
/// sections of two signs, their entries of three.</summary>
internal sealed class PageSource
{
    private const string Prefix = "help/";

    private readonly Dictionary<string, string> _sections = new(StringComparer.Ordinal);

    private PageSource(string text)
    {
        foreach (string section in text.ReplaceLineEndings("\n").Split("\n## ").Skip(1))
        {
            int end = section.IndexOf('\n');
            _sections[section[..end].Trim()] = section[end..].Trim();
        }
    }

    /// <summary>What the cmdlet does, in one sentence.</summary>
    public string Synopsis => Section("SYNOPSIS");

    /// <summary>What it does, in paragraphs.</summary>
    public string[] Description => Section("DESCRIPTION").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What is to be known besides.</summary>
    public string Notes => Section("NOTES");

    /// <summary>The examples.</summary>
    public IEnumerable<PageExample> Examples => Entries("EXAMPLES").Select(entry =>
    {
        string[] parts = entry.Body.Split("```");
        string code = parts.Length > 1 ? parts[1][(parts[1].IndexOf('\n') + 1)..].Trim() : "";
        int colon = entry.Heading.IndexOf(": ", StringComparison.Ordinal);
        return new PageExample(colon < 0 ? entry.Heading : entry.Heading[(colon + 2)..], code, parts[^1].Trim());
    });

    /// <summary>What the page says of each parameter.</summary>
    public Dictionary<string, string> Parameters => Entries("PARAMETERS").Where(entry => entry.Heading.StartsWith('-'))
        .ToDictionary(entry => entry.Heading[1..], entry => entry.Body.Split("```")[0].Trim(),
            StringComparer.OrdinalIgnoreCase);

    /// <summary>The page of a cmdlet.</summary>
    public static PageSource Of(string command)
    {
        using StreamReader reader = Open(command);
        return new PageSource(reader.ReadToEnd());
    }

    /// <summary>What a cmdlet does, without reading the rest of its page.</summary>
    public static string SynopsisOf(string command)
    {
        using StreamReader reader = Open(command);
        while (reader.ReadLine() is { } line && line != "## SYNOPSIS")
        {
        }
        reader.ReadLine();
        return reader.ReadLine() ?? "";
    }

    private static StreamReader Open(string command) => new(
        typeof(PageSource).Assembly.GetManifestResourceStream($"{Prefix}{command}.md") ?? Stream.Null, Encoding.UTF8);

    private string Section(string name) => _sections.GetValueOrDefault(name, "");

    private IEnumerable<(string Heading, string Body)> Entries(string section)
    {
        foreach (string entry in ("\n" + Section(section)).Split("\n### ").Skip(1))
        {
            int end = entry.IndexOf('\n');
            yield return end < 0 ? (entry, "") : (entry[..end].Trim(), entry[end..].Trim());
        }
    }
}
