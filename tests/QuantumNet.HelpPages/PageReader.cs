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
    private static readonly MarkdownPipeline s_markdown = new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePreciseSourceLocation().Build();
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
    /// <exception cref="FormatException">It is not a page of a cmdlet: the message names the line and what was expected there.</exception>
    public static CommandPage Read(string text) => new PageReader(text).ReadPage();

    private CommandPage ReadPage()
    {
        string frontMatter = _document.OfType<YamlFrontMatterBlock>().FirstOrDefault()?.Lines.ToString().Trim('\n')
            ?? throw new FormatException("line 1: a page begins with its front matter between two lines '---'.");
        return new CommandPage
        {
            Name = _headings.FirstOrDefault(heading => heading.Level == 1)?.Title ?? throw new FormatException("There is no heading of level 1."),
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
            Links = [.. Blocks(Section("RELATED LINKS")).SelectMany(block => block.Descendants<LinkInline>()).Select(ReadLink)],
        };
    }

    private PageHeading[] ReadHeadings()
    {
        HeadingBlock[] blocks = [.. _document.OfType<HeadingBlock>()];
        return [.. blocks.Select((block, i) =>
        {
            int end = i + 1 < blocks.Length ? blocks[i + 1].Span.Start : _text.Length;
            string title = _text[block.Span.Start..(block.Span.End + 1)].TrimStart('#').Trim();
            return new PageHeading(block.Level, title, _text[(block.Span.End + 1)..end].Trim(), block.Line + 1, new SourceSpan(block.Span.End + 1, end - 1));
        })];
    }

    private PageHeading Section(string title) => Array.Find(_headings, heading => heading.Level == 2 && heading.Title == title)
        ?? throw new FormatException($"There is no section '## {title}'.");

    private IEnumerable<PageHeading> Entries(string title) =>
        _headings.SkipWhile(heading => heading != Section(title)).Skip(1).TakeWhile(heading => heading.Level > 2);

    private IEnumerable<Block> Blocks(PageHeading heading) =>
        _document.Where(block => block.Span.Start >= heading.Span.Start && block.Span.End <= heading.Span.End);

    private FencedCodeBlock Fence(PageHeading heading) => Blocks(heading).OfType<FencedCodeBlock>().ToArray() is [var only]
        ? only
        : throw new FormatException($"line {heading.Line}: one block of code was expected below '{heading.Title}'.");

    private SyntaxBlock ReadSyntax(PageHeading heading)
    {
        const string Default = " (Default)";
        bool isDefault = heading.Title.EndsWith(Default, StringComparison.Ordinal);
        return SyntaxBlock.Parse(isDefault ? heading.Title[..^Default.Length] : heading.Title, isDefault, Fence(heading).Lines.ToString());
    }

    private PageExample ReadExample(PageHeading heading)
    {
        FencedCodeBlock code = Fence(heading);
        return Blocks(heading).First() == code
            ? new PageExample(heading.Title, code.Lines.ToString().Trim('\n'), _text[(code.Span.End + 1)..(heading.Span.End + 1)].Trim())
            : throw new FormatException($"line {heading.Line}: an example begins with its commands, and what is said of them follows.");
    }

    private PageParameter ReadParameter(PageHeading heading)
    {
        FencedCodeBlock yaml = Fence(heading);
        try
        {
            ParameterFacts facts = s_yaml.Deserialize<ParameterFacts>(yaml.Lines.ToString());
            return new PageParameter(heading.Title[1..], _text[heading.Span.Start..yaml.Span.Start].Trim(), facts);
        }
        catch (YamlException e)
        {
            throw new FormatException($"line {yaml.Line + 1 + e.Start.Line}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    private static PageLink ReadLink(LinkInline link) => new(string.Concat(link.Descendants<LiteralInline>()), link.Url ?? "");

    /// <summary>A heading and what stands below it, up to the next heading of any level.</summary>
    private sealed record PageHeading(int Level, string Title, string Body, int Line, SourceSpan Span);
}
