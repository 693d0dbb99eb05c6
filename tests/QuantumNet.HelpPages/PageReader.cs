using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace QuantumNet.HelpPages;

/// <summary>Reads a page of docs/en-US. Markdig finds headings, code and links; texts are taken verbatim.</summary>
internal sealed class PageReader
{
    private static readonly MarkdownPipeline s_markdown =
        new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePreciseSourceLocation().Build();
    private static readonly IDeserializer s_yaml = new DeserializerBuilder().Build();

    private readonly string _text;
    private readonly MarkdownDocument _document;
    private readonly PageHeading[] _headings;

    private PageReader(string text)
    {
        _text = text.ReplaceLineEndings("\n");
        _document = Markdown.Parse(_text, s_markdown);
        _headings = ReadHeadings();
    }

    /// <summary>Reads a page.</summary>
    /// <exception cref="FormatException">It is no cmdlet's page: the message says what was
    /// expected, and where.</exception>
    public static CommandPage Read(string text) => new PageReader(text).ReadPage();

    private CommandPage ReadPage()
    {
        string frontMatter = _document.OfType<YamlFrontMatterBlock>().FirstOrDefault()?.Lines.ToString().Trim('\n')
            ?? throw new FormatException("line 1: a page begins with its front matter between two lines '---'.");
        return new CommandPage
        {
            Name = Array.Find(_headings, heading => heading.Level == 1)?.Title
                ?? throw new FormatException("There is no heading of level 1."),
            FrontMatter = frontMatter,
            HelpUri = s_yaml.Deserialize<Dictionary<string, string>>(frontMatter).GetValueOrDefault("HelpUri", ""),
            Synopsis = Section("SYNOPSIS").Body,
            Syntax = [.. Entries("SYNTAX").Select(ReadSyntax)],
            Aliases = Section("ALIASES").Body,
            Description = Section("DESCRIPTION").Body,
            Examples = [.. Entries("EXAMPLES").Select(ReadExample)],
            Parameters = [.. Entries("PARAMETERS").Where(entry => entry.Title.StartsWith('-')).Select(ReadParameter)],
            Inputs = [.. Entries("INPUTS").Select(entry => new PageType(entry.Title, entry.Body))],
            Outputs = [.. Entries("OUTPUTS").Select(entry => new PageType(entry.Title, entry.Body))],
            Notes = Section("NOTES").Body,
            Links = [.. Blocks(Section("RELATED LINKS"))
                .SelectMany(block => block.Descendants<LinkInline>()).Select(ReadLink)],
        };
    }

    private PageHeading[] ReadHeadings()
    {
        HeadingBlock[] blocks = [.. _document.OfType<HeadingBlock>()];
        return [.. blocks.Select((block, i) =>
        {
            int end = i + 1 < blocks.Length ? blocks[i + 1].Span.Start : _text.Length;
            int start = block.Span.End + 1;
            string title = _text[block.Span.Start..start].TrimStart('#').Trim();
            return new PageHeading(block.Level, title, _text[start..end].Trim(), block.Line + 1, start, end);
        })];
    }

    private PageHeading Section(string title) =>
        Array.Find(_headings, heading => heading.Level == 2 && heading.Title == title)
        ?? throw new FormatException($"There is no section '## {title}'.");

    private IEnumerable<PageHeading> Entries(string title) =>
        _headings.SkipWhile(heading => heading != Section(title)).Skip(1).TakeWhile(heading => heading.Level > 2);

    private IEnumerable<Block> Blocks(PageHeading heading) =>
        _document.Where(block => block.Span.Start >= heading.Start && block.Span.End < heading.End);

    private FencedCodeBlock Fence(PageHeading heading) =>
        Blocks(heading).OfType<FencedCodeBlock>().ToArray() is [var only]
        ? only
        : throw new FormatException($"line {heading.Line}: one block of code was expected below '{heading.Title}'.");

    private SyntaxBlock ReadSyntax(PageHeading heading)
    {
        const string Default = " (Default)";
        bool isDefault = heading.Title.EndsWith(Default, StringComparison.Ordinal);
        string set = isDefault ? heading.Title[..^Default.Length] : heading.Title;
        return SyntaxBlock.Parse(set, isDefault, Fence(heading).Lines.ToString());
    }

    private PageExample ReadExample(PageHeading heading)
    {
        FencedCodeBlock code = Fence(heading);
        if (Blocks(heading).First() != code)
            throw new FormatException($"line {heading.Line}: an example begins with its commands; the remark follows.");
        string remark = _text[(code.Span.End + 1)..heading.End].Trim();
        return new PageExample(heading.Title, code.Lines.ToString().Trim('\n'), remark);
    }

    private PageParameter ReadParameter(PageHeading heading)
    {
        FencedCodeBlock yaml = Fence(heading);
        try
        {
            ParameterFacts facts = s_yaml.Deserialize<ParameterFacts>(yaml.Lines.ToString());
            return new PageParameter(heading.Title[1..], _text[heading.Start..yaml.Span.Start].Trim(), facts);
        }
        catch (YamlException e)
        {
            long line = yaml.Line + 1 + e.Start.Line;
            throw new FormatException($"line {line}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    private static PageLink ReadLink(LinkInline link) =>
        new(string.Concat(link.Descendants<LiteralInline>()), link.Url ?? "");

    /// <summary>A heading and what stands below it, up to the next heading of any level.</summary>
    private sealed record PageHeading(int Level, string Title, string Body, int Line, int Start, int End);
}
