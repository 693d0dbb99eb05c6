using QuantumNet.Parsing;
using QuantumNet.Parsing.Iptables;

namespace QuantumNet.Core.Tests.Parsing.Iptables;

public sealed class IpSetParserTests
{
    private const string Neutron = "NIPv46c7567d3-13e0-49be-ba7b-";

    [Theory]
    [InlineData("save.txt")]
    [InlineData("list.txt")]
    public void Both_forms_tell_the_same(string file)
    {
        List<IpSet> sets = Read(file);
        Assert.Equal([Neutron, "NIPv66c7567d3-13e0-49be-ba7b-", "NIPv4empty", "known", "halves", "net,port", "bm",
            "lst"], sets.Select(set => set.Name));
        Assert.All(sets, set => Assert.True(set.IsListed));
        Assert.Equal(["hash:net", "hash:net", "hash:net", "hash:ip", "hash:ip", "hash:net,port", "bitmap:ip",
            "list:set"], sets.Select(set => set.Type));
        Assert.Equal(["10.0.0.0/24", "10.0.0.77!", "10.0.0.9", "128.0.0.0/1", "0.0.0.0/1"],
            sets[0].Members.Select(member => member.Text + (member.IsExcepted ? "!" : ""))
                .OrderByDescending(text => text.StartsWith("10.", StringComparison.Ordinal))
                .ThenBy(text => text == "0.0.0.0/1").ThenBy(text => text, StringComparer.Ordinal));
        Assert.Empty(sets[2].Members);
        Assert.Equal([new IpSetMember("10.0.0.7", false)], sets[3].Members);
        Assert.Contains("netmask", sets[4].Options);
    }

    [Fact]
    public void List_without_members_tells_none()
    {
        List<IpSet> sets = Read("list-t.txt");
        Assert.Equal(8, sets.Count);
        Assert.All(sets, set => Assert.False(set.IsListed));
    }

    [Fact]
    public void What_is_not_understood_is_reported()
    {
        TextSource source = Sources.Of("ipset save", out List<ParseIssue> issues);
        Assert.Empty(IpSetParser.ParseAll("add unknown 10.0.0.1\nwibble\nMembers:\n", source));
        Assert.Equal([1, 2, 3], issues.Select(issue => issue.LineNumber));
    }

    [Theory]
    [InlineData("save.txt")]
    [InlineData("list.txt")]
    public void Never_throws(string file) => Mutations.NeverThrow(Samples.Text($"ipset-7.17/{file}"),
        text => IpSetParser.ParseAll(text, Sources.Of("ipset save", out _)));

    private static List<IpSet> Read(string file)
    {
        TextSource source = Sources.Of("ipset save", out List<ParseIssue> issues);
        List<IpSet> sets = IpSetParser.ParseAll(Samples.Text($"ipset-7.17/{file}"), source);
        Assert.Empty(issues);
        return sets;
    }
}
