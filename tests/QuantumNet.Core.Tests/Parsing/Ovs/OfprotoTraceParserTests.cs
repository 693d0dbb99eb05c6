using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Core.Tests.Parsing.Ovs;

public sealed class OfprotoTraceParserTests
{
    public static TheoryData<string> Recordings => Recorded.Files("trace-*.txt");

    private static OfprotoTrace Parse(string text, out IReadOnlyList<ParseIssue> issues)
    {
        TextSource source = Recorded.Source("ovs-appctl ofproto/trace");
        OfprotoTrace trace = OfprotoTraceParser.Parse(text, source);
        issues = [.. source.Issues];
        return trace;
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Every_recorded_line_is_read_without_leftovers(string path)
    {
        OfprotoTrace trace = Parse(Samples.Text(path), out IReadOnlyList<ParseIssue> issues);
        Assert.Empty(issues);
        Assert.NotEmpty(trace.Steps);
        Assert.StartsWith("udp,", trace.Flow, StringComparison.Ordinal);
        Assert.NotEqual("", trace.FinalFlow);
        Assert.Single(trace.DatapathActions);
    }

    [Fact]
    public void Bridges_below_each_other_keep_their_own_tables()
    {
        OfprotoTrace trace = Parse(Samples.Text("neutron-zed/ovsfw+vxlan/compute1/trace-discover.txt"), out _);
        Assert.Equal(["br-int 0", "br-int 59", "br-int 60", "br-int 71", "br-int 73", "br-int 94", "br-vlan 0",
            "br-tun 0",
            "br-tun 2", "br-tun 22", "br-phy 0"], trace.Steps.Select(step => $"{step.Bridge} {step.Table}"));
        Assert.Equal(["br-phy"], trace.Steps.Where(step => step.IsUnderlay).Select(step => step.Bridge));
        OfprotoTraceStep chosen = trace.Steps[2];
        Assert.Equal(("in_port=3", 100), (chosen.Match, chosen.Priority));
        Assert.Equal(["set_field:0x3->reg5", "set_field:0x1->reg6", "resubmit(,71)"], chosen.Actions);
    }

    [Fact]
    public void A_table_without_a_flow_has_no_priority()
    {
        OfprotoTrace trace = Parse("""
            Flow: udp,in_port=1

            bridge("br0")
            -------------
             0. No match.
                drop

            Final flow: unchanged
            Megaflow: recirc_id=0,eth,in_port=1
            Datapath actions: drop
            """, out IReadOnlyList<ParseIssue> issues);
        Assert.Empty(issues);
        OfprotoTraceStep step = Assert.Single(trace.Steps);
        Assert.Null(step.Priority);
        Assert.Equal(["drop"], step.Actions);
    }

    [Fact]
    public void What_is_not_understood_is_reported()
    {
        Parse("br9: no such bridge\novs-appctl: ovs-vswitchd: server returned an error\n",
            out IReadOnlyList<ParseIssue> issues);
        Assert.Equal([1, 2], issues.Select(issue => issue.LineNumber));
    }

    [Fact]
    public void Never_throws() => Mutations.NeverThrow(
        Samples.Text("neutron-zed/ovsfw+vxlan/compute1/trace-discover.txt"), text => Parse(text, out _));
}
