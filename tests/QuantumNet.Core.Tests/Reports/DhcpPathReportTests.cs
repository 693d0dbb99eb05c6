using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using QuantumNet.Reports;

namespace QuantumNet.Core.Tests.Reports;

public sealed class DhcpPathReportTests
{
    private static readonly ReportContext s_context = new() { Source = "incident.zip", CreatedAt = DateTime.UnixEpoch };

    [Fact]
    public void A_broken_path_is_told_drawn_and_proved()
    {
        DhcpPathResult broken = ReportSamples.Broken;
        XDocument page = Page([broken]);
        Assert.Contains(broken.Summary, Text(Class(page, "verdict bad")), StringComparison.Ordinal);
        string drawing = string.Concat(Class(page, "path").DescendantNodes().OfType<XText>()
            .Select(text => text.Value + "\n"));
        Assert.All(broken.Hops, hop => Assert.Contains(hop.Object, drawing, StringComparison.Ordinal));
        Assert.Contains("The request is lost here", drawing, StringComparison.Ordinal);
        string findings = Text(Class(page, "findings"));
        Assert.NotEmpty(broken.Findings);
        Assert.All(broken.Findings, finding =>
        {
            Assert.Contains(finding.Message, findings, StringComparison.Ordinal);
            // Told once, not again with the finding
            Assert.Equal(1, Text(page.Descendants().First(element => element.Name.LocalName == "body"))
                .Split(finding.Remedy).Length - 1);
            Assert.All(finding.Evidence,
                line => Assert.Contains(line.Text.Trim('\n', '\r'), findings, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void What_was_collected_is_told_with_what_was_not()
    {
        DhcpPathResult result = ReportSamples.Verdict(ReportSamples.Healthy) with
        {
            Collection = QuantumCollection.Of(ReportSamples.Healthy) with
            {
                Failures = [new GatherFailure { ComputerName = "compute9", Code = "QN9002",
                    Message = "Connection refused", Advice = "Start sshd." }],
                Issues = [new ParseIssue { ComputerName = "compute1", Command = "ip link", LineNumber = 7,
                    Reason = "Unknown field", Text = "<oops>" }],
            },
        };
        string told = Text(Id(Page([result]), "collected"));
        Assert.All(ReportSamples.Healthy.Nodes.Values.Where(node => node.Commands.Count > 0),
            node => Assert.Contains(node.ComputerName, told, StringComparison.Ordinal));
        Assert.All(ReportSamples.Healthy.Node("compute1")!.Commands,
            command => Assert.Contains(command.Command, told, StringComparison.Ordinal));
        Assert.All(new[] { "QN9002", "compute9", "Connection refused", "Start sshd.", "line 7", "<oops>" },
            word => Assert.Contains(word, told, StringComparison.Ordinal));
    }

    [Fact]
    public void A_result_read_back_from_text_says_that_its_collection_is_not_known() =>
        Assert.Contains("do not tell what was collected",
            Text(Id(Page([ReportSamples.Broken with { Collection = null }]), "collected")), StringComparison.Ordinal);

    [Fact]
    public void Many_ports_are_grouped_by_cause_and_fine_ones_are_folded()
    {
        List<DhcpPathResult> fleet = ReportSamples.Fleet();
        Assert.Equal(4, fleet.Select(result => result.Cause ?? "").Distinct().Count());
        XDocument page = Page(fleet);
        Assert.Contains("60 ports tested: 45 get no lease, from 3 causes; 15 are fine.", Text(page.Root!),
            StringComparison.Ordinal);
        XElement[] rows = [.. Id(page, "causes").Descendants(X("tbody")).Single().Elements(X("tr"))];
        Assert.Equal(3, rows.Length);
        Assert.All(rows, row => Assert.Contains(row.Elements(), cell => cell.Value == "15"));
        XElement fine = Id(page, "fine").Elements(X("details")).Single();
        Assert.Null(fine.Attribute("open"));
        Assert.All(fleet.Where(result => result.Status == DhcpPathStatus.Ok),
            result => Assert.Contains(result.PortId, Text(fine), StringComparison.Ordinal));
        Assert.All(fleet, result => Assert.Contains(result.InstanceName, Text(page.Root!), StringComparison.Ordinal));
    }

    [Fact]
    public void Symptoms_stand_under_their_cause_whatever_the_chain()
    {
        Finding[] findings =
        [
            new() { Code = "QN1", CausedBy = "QN2", ComputerName = "n" },
            new() { Code = "QN2", CausedBy = "QN3", ComputerName = "n" }, new() { Code = "QN3", ComputerName = "n" },
            new() { Code = "QN4", CausedBy = "QN5" }, new() { Code = "QN5", CausedBy = "QN4" },
            new() { Code = "QN6", CausedBy = "QN6" }, new() { Code = "QN7", CausedBy = "none such" },
        ];
        int[] roots = FindingList.RootsOf(findings);
        Assert.Equal([2, 2, 2], roots[..3]);
        Assert.All(roots, root => Assert.Equal(root, roots[root]));
        Assert.Equal([5, 6], roots[5..]);
    }

    [Fact]
    public void Hostile_names_stay_text_and_show_what_they_hide()
    {
        DhcpPathResult hostile = ReportSamples.Hostile();
        string html = DhcpPathReport.Render([hostile], s_context);
        XDocument page = Parse(html);
        Assert.Empty(page.Descendants(X("script")));
        Assert.Contains("<script>alert(1)</script>\"'&[U+202E]txt.exe\u2400\u241b[31m", Text(page.Root!),
            StringComparison.Ordinal);
        Assert.DoesNotContain(html, sign => sign is '\u202e' or '\0' or '\u001b' || char.IsSurrogate(sign));
    }

    [Fact]
    public void Only_the_script_that_the_policy_names_by_its_hash_may_run()
    {
        DhcpPathResult hostile = ReportSamples.Hostile();
        string html = DhcpPathReport.Render([.. ReportSamples.Fleet(), hostile], s_context);
        XElement script = Parse(html).Descendants(X("script")).Single();
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.Value)));
        string policy = Parse(html).Descendants(X("meta"))
            .Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy")
            .Attribute("content")!.Value;
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.EndsWith($"script-src 'sha256-{hash}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(script.Value, sign => sign is '<' or '&');
    }

    [Fact]
    public void The_search_box_has_a_label_and_is_hidden_until_the_script_runs()
    {
        XDocument page = Page(ReportSamples.Fleet());
        XElement box = page.Descendants(X("input")).Single();
        Assert.Equal((string?)box.Attribute("id"),
            (string?)page.Descendants(X("label")).Single().Attribute("for"));
        Assert.NotNull(box.Parent!.Attribute("hidden"));
        Assert.Empty(Page([ReportSamples.Broken]).Descendants(X("input")));
    }

    [Fact]
    public void The_page_needs_nothing_from_elsewhere()
    {
        XDocument page = Page(ReportSamples.Fleet());
        Assert.Null(page.Descendants(X("script")).Single().Attribute("src"));
        string[] loading = ["link", "img", "iframe", "object", "embed", "image", "use", "form"];
        Assert.DoesNotContain(page.Descendants(), element => loading.Contains(element.Name.LocalName));
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "style"
            || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(page.Descendants(X("a")),
            link => Assert.StartsWith("#", (string?)link.Attribute("href"), StringComparison.Ordinal));
        Assert.DoesNotContain("url(", page.Descendants(X("style")).Single().Value, StringComparison.Ordinal);
        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(page.Descendants(X("a")), link => Assert.Contains(((string)link.Attribute("href")!)[1..], ids));
    }

    [Fact]
    public void Any_results_make_a_well_formed_page() => Prop
        .ForAll(RandomResults.Generator().ToArbitrary(), results => { Parse(
            DhcpPathReport.Render(results, s_context)); return true; })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Results_with_nulls_make_a_well_formed_page()
    {
        var result = new DhcpPathResult { PortId = null!, Summary = null!, Findings = null!, DhcpNodes = [null!],
            Hops = [null!, new Hop { Object = null!, Reason = null!, Evidence = null! }] };
        Parse(DhcpPathReport.Render([result, null!, result with { Findings = [null!,
            new Finding { Code = null!, Evidence = [null!, new Evidence { Text = null! }] }] }], s_context));
        Assert.Contains("No port was tested.", DhcpPathReport.Render([], s_context), StringComparison.Ordinal);
    }

    internal static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, CheckCharacters = true });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    private static XDocument Page(IReadOnlyList<DhcpPathResult> results) =>
        Parse(DhcpPathReport.Render(results, s_context));

    private static XName X(string name) => XName.Get(name, "http://www.w3.org/1999/xhtml");

    private static XElement Class(XDocument page, string name) =>
        page.Descendants().First(element => (string?)element.Attribute("class") == name);

    private static XElement Id(XDocument page, string id) =>
        page.Descendants().Single(element => (string?)element.Attribute("id") == id);

    private static string Text(XElement element) => element.Value;
}
