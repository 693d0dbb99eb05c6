using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using QuantumNet.Reports;

namespace QuantumNet.Core.Tests.Reports;

/// <summary>The Markdown as a reader of Markdown takes it.</summary>
public sealed class DhcpPathMarkdownTests
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    [Fact]
    public void Broken_port_has_its_cause_its_lines_and_its_path()
    {
        DhcpPathResult result = ReportSamples.Broken;
        MarkdownDocument page = Read([result]);
        Finding root = result.Findings.First(finding => finding.Code == result.Cause);
        Assert.Contains(page.Descendants<FencedCodeBlock>(),
            block => block.Lines.ToString().Contains(root.Evidence[0].Text.Trim(), StringComparison.Ordinal));
        Table path = Assert.Single(page.Descendants<Table>());
        Assert.Equal(result.Hops.Length + 1, path.Count);
        string text = DhcpPathMarkdown.Render([result], new ReportContext());
        Assert.Contains(result.Cause!, text, StringComparison.Ordinal);
        Assert.Contains("**What to do:**", text, StringComparison.Ordinal);
        Assert.Contains("**lost here**", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Fleet_begins_with_a_table_of_its_causes()
    {
        List<DhcpPathResult> fleet = ReportSamples.Fleet();
        Table causes = Read(fleet).Descendants<Table>().First();
        Assert.Equal(CauseGroup.Of(ReportInput.Of(fleet)).Count + 1, causes.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("**[y](http://evil)** ")]
    public void Text_of_nodes_becomes_no_link_picture_markup_or_heading(string start)
    {
        string evil = start
            + "x](http://evil) ![p](http://evil/p.png) <script>alert(1)</script> ```\n# heading | a | b\u202e";
        DhcpPathResult hostile = ReportSamples.Hostile();
        hostile = hostile with
        {
            Summary = evil,
            InstanceName = evil,
            ComputerName = evil,
            Findings = [.. hostile.Findings.Select(finding => finding with
            {
                Message = evil,
                Evidence = [new Evidence { ComputerName = evil, Command = evil, Text = evil }],
            })],
            Hops = [new Hop { ComputerName = evil, Object = evil, Reason = evil, Action = HopAction.Dropped }],
        };
        MarkdownDocument page = Read([hostile]);
        Assert.Empty(page.Descendants<LinkInline>());
        Assert.Empty(page.Descendants<HtmlInline>());
        Assert.Empty(page.Descendants<HtmlBlock>());
        Assert.DoesNotContain(page.Descendants<HeadingBlock>(),
            heading => heading.Inline?.FirstChild?.ToString() == "heading");
        Assert.All(page.Descendants<Table>(), table => Assert.All(table.Cast<TableRow>(),
            row => Assert.Equal(5, row.Count)));
        Assert.DoesNotContain('\u202e', DhcpPathMarkdown.Render([hostile], new ReportContext()));
    }

    [Fact]
    public void Summary_has_a_line_for_each_cause_and_one_for_what_is_fine()
    {
        DhcpPathResult fine = new() { PortId = "a", Status = DhcpPathStatus.Ok, NetworkId = "n" };
        DhcpPathResult broken = fine with { Status = DhcpPathStatus.Broken, Cause = "QN4001", ComputerName = "c1" };
        IReadOnlyList<DhcpPathSummary> lines = PathSummaries.Of(
            [fine, broken with { PortId = "b" }, fine with { PortId = "c" }, broken with { PortId = "d" }]);
        Assert.Equal([("QN4001", 2, "b d"), (null, 2, "a c")],
            lines.Select(line => (line.Cause, line.PortCount, string.Join(' ', line.PortId))));
        Assert.Equal("4 ports tested: 2 get no lease, from 1 cause; 2 are fine.",
            PathSummaries.Sentence([fine, broken, fine, broken]));
    }

    private static MarkdownDocument Read(IReadOnlyList<DhcpPathResult> results) =>
        Markdown.Parse(DhcpPathMarkdown.Render(results, new ReportContext()), s_pipeline);
}
