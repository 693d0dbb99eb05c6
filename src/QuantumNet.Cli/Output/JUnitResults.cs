using System.Globalization;
using System.Text;
using System.Xml;

namespace QuantumNet.Cli.Output;

/// <summary>JUnit's XML: one test case for each verdict or finding. What could not be determined is an error, not
/// a pass. It begins with the number of cases, so it is written at the end.</summary>
internal sealed class JUnitResults(string command, TextWriter output) : ResultStream
{
    private readonly List<Case> _cases = [];

    public override void Add(object result) => _cases.Add(ToCase(result));

    /// <summary>A run that could not test is never an empty, and so a passed, suite.</summary>
    public override void Add(QuantumError error) =>
        _cases.Add(new Case(error.Target.Length > 0 ? $"{error.Id} {error.Target}" : error.Id, "", "error", error.Id,
            error.Message, error.Advice, 0));

    public override void End()
    {
        var settings = new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false),
            OmitXmlDeclaration = false, CloseOutput = false };
        using var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, settings))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", command);
            xml.WriteAttributeString("tests", Number(_cases.Count));
            xml.WriteAttributeString("failures", Number(_cases.Count(one => one.Outcome == "failure")));
            xml.WriteAttributeString("errors", Number(_cases.Count(one => one.Outcome == "error")));
            xml.WriteAttributeString("skipped", Number(_cases.Count(one => one.Outcome == "skipped")));
            foreach (Case one in _cases)
                Write(xml, command, one);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        output.WriteLine(text);
        output.Flush();
    }

    private sealed record Case(
        string Name, string Group, string Outcome, string Kind, string Message, string Details, double Seconds);

    private static Case ToCase(object result) => result switch
    {
        IVerdict verdict when VerdictName.Of(result) is { } name => Judged(verdict, name),
        Finding finding => new Case($"{finding.Code} {finding.Title} {finding.Object}".TrimEnd(), finding.ComputerName,
            Outcome(finding.Status), finding.Code, finding.Message, Describe(finding), 0),
        bool passed => new Case("Result", "", passed ? "" : "failure", "", "False", "", 0),
        _ => new Case(Values.ToText(result), result.GetType().Name, "", "", "", "", 0),
    };

    private static Case Judged(IVerdict verdict, VerdictName name) => new(
        name.Subject, name.Group, Outcome(verdict.Status), verdict.Cause ?? verdict.Status.ToString(), verdict.Summary,
        string.Join("\n", verdict.Findings.Select(Describe)), verdict.DurationSeconds);

    private static string Outcome(DhcpPathStatus status) => status switch
    {
        DhcpPathStatus.Broken => "failure",
        DhcpPathStatus.Unknown => "error",
        _ => "",
    };

    private static string Outcome(FindingStatus status) => status switch
    {
        FindingStatus.Fail => "failure",
        FindingStatus.Unknown => "error",
        FindingStatus.NotApplicable => "skipped",
        _ => "",
    };

    private static string Describe(Finding finding) =>
        $"{finding}\n{string.Join("\n", finding.Evidence.Select(line => "  " + line))}\n  {finding.Remedy}";

    private static void Write(XmlWriter xml, string command, Case one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(one.Group.Length > 0 ? $"{command}.{one.Group}" : command));
        xml.WriteAttributeString("name", Clean(one.Name));
        xml.WriteAttributeString("time", one.Seconds.ToString("0.000", CultureInfo.InvariantCulture));
        if (one.Outcome.Length > 0)
        {
            xml.WriteStartElement(one.Outcome);
            xml.WriteAttributeString("type", Clean(one.Kind));
            xml.WriteAttributeString("message", Clean(one.Message));
            xml.WriteString(Clean(one.Details));
            xml.WriteEndElement();
        }
        else if (one.Details.Length > 0)
        {
            xml.WriteElementString("system-out", Clean(one.Details));
        }
        xml.WriteEndElement();
    }

    /// <summary>XML 1.0 has no place for most control characters, nor for half a surrogate pair.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\ufffd" : rune.ToString());
        return clean.ToString();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => new UTF8Encoding(false);
    }
}
