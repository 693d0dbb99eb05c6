using System.Text;
using YamlDotNet.Serialization;

namespace QuantumNet.HelpPages;

/// <summary>Writes a page as PlatyPS writes it, so that its cmdlets read it. An unchanged one stays as it is.</summary>
internal static class PageWriter
{
    private const string CommonParameters = """
        This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable,
        -InformationAction, -InformationVariable, -OutBuffer, -OutVariable, -PipelineVariable,
        -ProgressAction, -Verbose, -WarningAction, and -WarningVariable. For more information, see
        [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).
        """;

    private static readonly ISerializer s_yaml = new SerializerBuilder().DisableAliases().WithNewLine("\n").Build();

    /// <summary>The page's text.</summary>
    public static string Write(CommandPage page)
    {
        var text = new StringBuilder($"---\n{page.FrontMatter}\n---\n\n# {page.Name}\n\n");
        Section(text, "SYNOPSIS", page.Synopsis);
        Section(text, "SYNTAX", "");
        foreach (SyntaxBlock block in page.Syntax)
            Entry(text, block.IsDefault ? $"{block.Set} (Default)" : block.Set, $"```\n{block}\n```");
        Section(text, "ALIASES", page.Aliases);
        Section(text, "DESCRIPTION", page.Description);
        Section(text, "EXAMPLES", "");
        foreach (PageExample example in page.Examples)
            Entry(text, example.Title, $"```powershell\n{example.Code}\n```\n\n{example.Remark}");
        Section(text, "PARAMETERS", "");
        foreach ((string name, string description, ParameterFacts facts) in page.Parameters)
            Entry(text, $"-{name}", $"{description}\n\n```yaml\n{s_yaml.Serialize(facts).TrimEnd()}\n```");
        Entry(text, "CommonParameters", CommonParameters.ReplaceLineEndings("\n"));
        Types(text, "INPUTS", page.Inputs);
        Types(text, "OUTPUTS", page.Outputs);
        Section(text, "NOTES", page.Notes);
        Section(text, "RELATED LINKS", string.Join('\n', page.Links.Select(link => $"- [{link.Text}]({link.Target})")));
        return text.ToString();
    }

    private static void Types(StringBuilder text, string title, PageType[] types)
    {
        Section(text, title, "");
        foreach (PageType type in types)
            Entry(text, type.Name, type.Description);
    }

    private static void Section(StringBuilder text, string title, string body) => Append(text, $"## {title}", body);

    private static void Entry(StringBuilder text, string title, string body) => Append(text, $"### {title}", body);

    private static void Append(StringBuilder text, string heading, string body)
    {
        text.Append(heading).Append("\n\n");
        if (body.Length > 0)
            text.Append(body).Append("\n\n");
    }
}
