using System.Xml.Linq;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Help;

/// <summary>The help of one cmdlet in the checked-in MAML, read as Get-Help reads it.</summary>
internal sealed class BuiltHelp
{
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly Lazy<Dictionary<string, XElement>> s_commands = new(() => XDocument.Load(FilePath).Root!
        .Elements(s_command + "command")
        .ToDictionary(command => command.Element(s_command + "details")!.Element(s_command + "name")!.Value));

    private readonly XElement _root;

    private BuiltHelp(XElement root) => _root = root;

    public static string FilePath => Path.Combine(Repository.Root, "en-US", "QuantumNet.dll-Help.xml");

    public static IEnumerable<string> Cmdlets => s_commands.Value.Keys;

    public string Synopsis => Text(_root.Element(s_command + "details")!.Element(s_maml + "description"));

    public string Description => Text(_root.Element(s_maml + "description"));

    public string Notes => Text(_root.Element(s_maml + "alertSet"));

    public IEnumerable<XElement> Parameters => _root.Element(s_command + "parameters")!.Elements();

    public IEnumerable<(string Title, string Code, string Remark)> Examples =>
        _root.Descendants(s_command + "example").Select(example => (
            example.Element(s_maml + "title")!.Value.Trim('-', ' '),
            example.Element(s_dev + "code")!.Value.ReplaceLineEndings("\n"),
            Text(example.Element(s_dev + "remarks"))));

    public IEnumerable<(string Name, string Description)> Inputs => Types("inputType");

    public IEnumerable<(string Name, string Description)> Outputs => Types("returnValue");

    public IEnumerable<(string Text, string Address)> Links => _root.Descendants(s_maml + "navigationLink")
        .Select(link => (link.Element(s_maml + "linkText")!.Value, link.Element(s_maml + "uri")!.Value));

    /// <summary>Each parameter set as Get-Help prints it, without the common parameters.</summary>
    public IEnumerable<string> Syntax => _root.Descendants(s_command + "syntaxItem").Select(item =>
        string.Join(' ', item.Elements(s_command + "parameter").Select(Print).Prepend(NameOf(item))));

    public static BuiltHelp Of(string cmdlet) => new(s_commands.Value[cmdlet]);

    public static string NameOf(XElement element) => element.Element(s_maml + "name")!.Value;

    public static string TypeOf(XElement parameter) => NameOf(parameter.Element(s_dev + "type")!);

    public static string DefaultOf(XElement parameter) => parameter.Element(s_dev + "defaultValue")?.Value ?? "";

    public static string DescriptionOf(XElement element) => Text(element.Element(s_maml + "description"));

    public static string[] ValuesOf(XElement parameter) =>
        [.. parameter.Elements(s_command + "parameterValueGroup").Elements().Select(value => value.Value)];

    private IEnumerable<(string Name, string Description)> Types(string element) =>
        _root.Descendants(s_command + element).Select(type => (TypeOf(type), DescriptionOf(type)));

    private static string Print(XElement parameter)
    {
        string name = "-" + NameOf(parameter);
        name = parameter.Attribute("position")!.Value == "named" ? name : $"[{name}]";
        string text = parameter.Element(s_command + "parameterValue") is { } value ? $"{name} <{value.Value}>" : name;
        return parameter.Attribute("required")!.Value == "true" ? text : $"[{text}]";
    }

    /// <summary>The words of an element's paragraphs.</summary>
    private static string Text(XElement? element) => HelpSource.Words(
        string.Join(' ', element?.Descendants(s_maml + "para").Select(para => para.Value) ?? []));
}
