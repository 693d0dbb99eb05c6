using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Core.Tests.Parsing.Ovs;

public sealed class OvsFdbParserTests
{
    public static TheoryData<string> Tables => Recorded.Files("fdb-show-*.txt");

    private static List<OvsFdbEntry> Parse(string text, out IReadOnlyList<ParseIssue> issues)
    {
        TextSource source = Recorded.Source("ovs-appctl fdb/show br-int", "br-int");
        List<OvsFdbEntry> entries = OvsFdbParser.ParseAll(text, source);
        issues = [.. source.Issues];
        return entries;
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_recorded_line_is_read_without_leftovers(string path)
    {
        string text = Samples.Text(path);
        List<OvsFdbEntry> entries = Parse(text, out IReadOnlyList<ParseIssue> issues);
        Assert.Empty(issues);
        string[] lines = text.TrimEnd('\n').Split('\n')[1..];
        Assert.Equal(lines, entries.Select(
            entry => $"{entry.OfPort,5}  {entry.Vlan,4}  {entry.Mac}  {entry.AgeSeconds?.ToString() ?? "static",3}"));
    }

    [Fact]
    public void Learned_local_and_static_entries_are_told_apart()
    {
        List<OvsFdbEntry> learned = Parse(
            Samples.Text("neutron-zed/hybrid+vxlan/compute1/fdb-show-br-vlan.txt"), out _);
        Assert.Equal(("LOCAL", 0, 33), (learned[0].OfPort, learned[0].Vlan, learned[0].AgeSeconds));
        OvsFdbEntry fixedEntry = Assert.Single(Parse(Samples.Text("openvswitch-3.1/dummy/fdb-show-br0.txt"), out _));
        Assert.Equal(("br-int", "1", 5, "00:11:22:33:44:55", null),
            (fixedEntry.Bridge, fixedEntry.OfPort, fixedEntry.Vlan, fixedEntry.Mac, fixedEntry.AgeSeconds));
    }

    [Fact]
    public void What_is_not_understood_is_reported()
    {
        Assert.Empty(Parse(" port  VLAN  MAC                Age\nno such bridge\n    2     x  fa:16:3e:84:93:f6    0\n",
            out IReadOnlyList<ParseIssue> issues));
        Assert.Equal([2, 3], issues.Select(issue => issue.LineNumber));
    }

    [Fact]
    public void Never_throws() => Mutations.NeverThrow(
        Samples.Text("neutron-zed/hybrid+vxlan/compute1/fdb-show-br-int.txt"), text => Parse(text, out _));
}
