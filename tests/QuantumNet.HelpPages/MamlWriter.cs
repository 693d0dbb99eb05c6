using System.Globalization;
using System.Management.Automation;
using System.Xml;
using System.Xml.Linq;

namespace QuantumNet.HelpPages;

/// <summary>Writes the help that <c>Get-Help</c> reads (MAML) from pages. Elements, attributes and their order are
/// those of Export-MamlCommandHelp of PlatyPS 1.0, but for what it leaves undone: an example's commands stand in
/// <c>dev:code</c> without fences, defaults are told (<c>dev:defaultValue</c>), links to other cmdlets name no file,
/// and without an address there is no link "Online Version".</summary>
internal static class MamlWriter
{
    private static readonly XNamespace s_msh = "http://msh";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The help file of the pages, in their order.</summary>
    public static string Write(IEnumerable<CommandPage> pages)
    {
        var root = new XElement(s_msh + "helpItems",
            new XAttribute(XNamespace.Xmlns + "maml", s_maml), new XAttribute(XNamespace.Xmlns + "command", s_command),
            new XAttribute(XNamespace.Xmlns + "dev", s_dev), new XAttribute("schema", "maml"), pages.Select(Command));
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };
        using (var writer = XmlWriter.Create(text, settings))
            root.Save(writer);
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{text}\n";
    }

    private static XElement Command(CommandPage page) => new(s_command + "command",
        Details(page),
        Description(page.Description),
        new XElement(s_command + "syntax", page.Syntax.Select(block => SyntaxItem(block, page.Parameters))),
        new XElement(s_command + "parameters", page.Parameters.Select(Parameter)),
        new XElement(s_command + "inputTypes", page.Inputs.Select(type => PipelineType("inputType", type))),
        new XElement(s_command + "returnValues", page.Outputs.Select(type => PipelineType("returnValue", type))),
        new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", Paragraph(page.Notes))),
        new XElement(s_command + "examples", page.Examples.Select(Example)),
        new XElement(s_command + "relatedLinks", OnlineVersion(page),
            page.Links.Select(link => Link(link.Text, Address(link.Target)))));

    private static XElement Details(CommandPage page) => new(s_command + "details",
        new XElement(s_command + "name", page.Name),
        Description(page.Synopsis),
        new XElement(s_command + "verb", page.Name.Split('-')[0]),
        new XElement(s_command + "noun", page.Name.Split('-')[^1]));

    private static XElement SyntaxItem(SyntaxBlock block, PageParameter[] parameters)
    {
        int position = 0;
        return new XElement(s_command + "syntaxItem",
            new XElement(s_maml + "name", block.Command),
            block.Parameters.Select(shown =>
            {
                string at = shown.IsPositional ? $"{position++}" : "named";
                return SyntaxParameter(shown, at, FactsOf(parameters, shown.Name));
            }));
    }

    private static ParameterFacts FactsOf(PageParameter[] parameters, string name) =>
        Array.Find(parameters, one => one.Name == name)?.Facts
        ?? throw new FormatException($"-{name} stands in the syntax, and not among the parameters.");

    private static XElement SyntaxParameter(SyntaxParameter shown, string position, ParameterFacts facts)
    {
        bool isSwitch = shown.Type.Length == 0;
        return new XElement(s_command + "parameter",
            Attributes(shown.IsMandatory, false, "false", position, isSwitch ? [] : facts.Aliases),
            new XElement(s_maml + "name", shown.Name),
            new XElement(s_maml + "description"),
            isSwitch ? null : ValueGroup(facts),
            isSwitch ? null : Value(shown.Type, isRequired: true, isVariable: false),
            TypeName(facts.Type));
    }

    private static XElement Parameter(PageParameter parameter)
    {
        ParameterFacts facts = parameter.Facts;
        return new XElement(s_command + "parameter",
            Attributes(facts.ParameterSets.Any(set => set.IsRequired), facts.SupportsWildcards, PipelineInput(facts),
                facts.ParameterSets[0].Position, facts.Aliases),
            new XElement(s_maml + "name", parameter.Name),
            new XElement(s_maml + "description", Paragraphs(parameter.Description)),
            ValueGroup(facts),
            facts.Type == typeof(SwitchParameter).FullName ? null : Value(facts.Type, true, isVariable: true),
            TypeName(facts.Type),
            facts.DefaultValue.Length == 0 ? null : new XElement(s_dev + "defaultValue", facts.DefaultValue));
    }

    private static XAttribute[] Attributes(
        bool isRequired, bool isGlobbing, string pipelineInput, string position, string[] aliases) =>
    [
        new("required", isRequired), new("variableLength", false), new("globbing", isGlobbing),
        new("pipelineInput", pipelineInput), new("position", position),
        new("aliases", aliases.Length == 0 ? "none" : string.Join(", ", aliases)),
    ];

    private static string PipelineInput(ParameterFacts facts) =>
        (Array.Exists(facts.ParameterSets, set => set.ValueFromPipeline),
            Array.Exists(facts.ParameterSets, set => set.ValueFromPipelineByPropertyName)) switch
        {
            (true, true) => "true (ByValue, ByPropertyName)",
            (true, false) => "true (ByValue)",
            (false, true) => "true (ByPropertyName)",
            _ => "false",
        };

    private static XElement? ValueGroup(ParameterFacts facts) => facts.AcceptedValues.Length == 0
        ? null
        : new XElement(s_command + "parameterValueGroup",
            facts.AcceptedValues.Select(value => Value(value, isRequired: false, isVariable: false)));

    private static XElement Value(string text, bool isRequired, bool isVariable) => new(s_command + "parameterValue",
        new XAttribute("required", isRequired), new XAttribute("variableLength", isVariable), text);

    private static XElement TypeName(string name) => new(s_dev + "type", new XElement(s_maml + "name", name));

    private static XElement PipelineType(string element, PageType type) =>
        new(s_command + element, TypeName(type.Name), Description(type.Description));

    private static XElement Example(PageExample example) => new(s_command + "example",
        new XElement(s_maml + "title", $"--------- {example.Title} ---------"),
        new XElement(s_maml + "introduction"),
        new XElement(s_dev + "code", example.Code),
        new XElement(s_dev + "remarks", Paragraphs(example.Remark)));

    private static XElement? OnlineVersion(CommandPage page) =>
        page.HelpUri.Length == 0 ? null : Link("Online Version", page.HelpUri);

    /// <summary>Get-Help -Online would open the first link that has an address: a page of docs/en-US is none.</summary>
    private static string Address(string target) => target.Contains("://", StringComparison.Ordinal) ? target : "";

    private static XElement Link(string text, string address) => new(s_maml + "navigationLink",
        new XElement(s_maml + "linkText", text), new XElement(s_maml + "uri", address));

    private static XElement Description(string text) => new(s_maml + "description", Paragraph(text));

    private static XElement Paragraph(string text) => new(s_maml + "para", text);

    private static IEnumerable<XElement> Paragraphs(string text) =>
        text.Split("\n\n").Select(paragraph => Paragraph(paragraph.Trim()));
}
