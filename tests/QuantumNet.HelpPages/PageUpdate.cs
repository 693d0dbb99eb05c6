using QuantumNet.Cli.Binding;

namespace QuantumNet.HelpPages;

/// <summary>Brings a page up to its cmdlet's class. What people write is kept. What is new gets a place to be filled
/// in, which a test refuses until it is.</summary>
internal static class PageUpdate
{
    /// <summary>The page of a cmdlet, with syntax, facts of parameters and types as the class has them.</summary>
    public static CommandPage Update(CommandPage page, CommandEntry command)
    {
        var facts = new CmdletFacts(command);
        string aliases = string.Join(", ", facts.Aliases);
        return page with
        {
            Syntax = [.. facts.Syntax],
            Aliases = aliases.Length == 0 ? "This cmdlet has no aliases." : $"The cmdlet has these aliases: {aliases}.",
            Parameters = [.. facts.Parameters
                .Select(one => new PageParameter(one.Name, DescriptionOf(page, one.Name), one.Facts))],
            Inputs = Merge(page.Inputs, [.. facts.Inputs]),
            Outputs = Merge(page.Outputs, [.. facts.Outputs]),
        };
    }

    /// <summary>The page of a cmdlet that has none.</summary>
    public static CommandPage Create(string name) => new()
    {
        Name = name,
        FrontMatter = $"""
            document type: cmdlet
            external help file: QuantumNet.dll-Help.xml
            HelpUri: ''
            Locale: en-US
            Module Name: QuantumNet
            ms.date: {DateTime.UtcNow:MM\/dd\/yyyy}
            PlatyPS schema version: 2024-05-01
            title: {name}
            """.ReplaceLineEndings("\n"),
        Synopsis = Fill("Synopsis"),
        Syntax = [],
        Aliases = "",
        Description = Fill("Description"),
        Examples = [.. Enumerable.Range(1, 3)
            .Select(i => new PageExample($"Example {i}: {Fill("Title")}", name, Fill("Remark")))],
        Parameters = [],
        Inputs = [],
        Outputs = [],
        Notes = Fill("Notes"),
        Links = [],
    };

    private static string DescriptionOf(CommandPage page, string parameter) =>
        Array.Find(page.Parameters, one => one.Name == parameter)?.Description ?? Fill($"{parameter} Description");

    /// <summary>Types that are there keep their place and text.</summary>
    private static PageType[] Merge(PageType[] written, string[] types) =>
        [.. written.Where(type => types.Contains(type.Name)),
         .. types.Where(name => !Array.Exists(written, type => type.Name == name))
            .Select(name => new PageType(name, Fill("Description")))];

    private static string Fill(string what) => $"{{{{ Fill {what} }}}}";
}
