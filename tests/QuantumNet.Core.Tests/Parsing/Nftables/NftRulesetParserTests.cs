using QuantumNet.Parsing;
using QuantumNet.Parsing.Nftables;

namespace QuantumNet.Core.Tests.Parsing.Nftables;

/// <summary>What nft 1.0.6 lists of firewalld's tables and of tables written by hand.</summary>
public sealed class NftRulesetParserTests
{
    [Theory]
    [InlineData("hand-written.txt")]
    [InlineData("hand-written-handles.txt")]
    public void Tables_chains_rules_and_sets_are_read(string file)
    {
        NftTable table = Assert.Single(Read(Samples.Text($"nftables-1.0.6/{file}")));
        Assert.Equal(("inet filter", true), (table.Title, table.IsListed));
        Assert.Equal(["input", "underlay"], table.Chains.Select(chain => chain.Name));
        NftChain input = table.Chains[0];
        Assert.Equal(("filter", "input", 0, true), (input.Type, input.Hook, input.Priority, input.DropsByPolicy));
        Assert.Equal(6, input.Rules.Count);
        Assert.Equal(["ct", "state", "vmap", "{ invalid : drop, established : accept, related : accept }"],
            input.Rules[0].Words);
        Assert.Contains("drop input: ", input.Rules[4].Words);
        Assert.Equal(["nodes", "wires", "pairs", "zones"], table.Sets.Select(set => set.Name));
        Assert.Equal(["192.0.2.0/28", "192.0.2.64/27", "198.51.100.7"], table.Sets[0].Elements);
        Assert.Equal("\"eth0\" : jump underlay", table.Sets[3].Elements[1]);
    }

    [Fact]
    public void Rule_keeps_its_line_and_number()
    {
        string text = Samples.Text("nftables-1.0.6/hand-written.txt");
        NftRule rule = Read(text)[0].Chains[1].Rules[1];
        Assert.Equal("ip saddr . udp dport @pairs accept", rule.RawText);
        Assert.Equal(rule.RawText, text.Split('\n')[rule.LineNumber - 1].Trim());
    }

    [Fact]
    public void Priorities_are_numbers()
    {
        NftTable table = Assert.Single(Read(Samples.Text("nftables-1.0.6/firewalld-1.3-default.txt")));
        Assert.Equal("inet firewalld", table.Title);
        Assert.Equal(-140, table.Chains.Find(chain => chain.Name == "mangle_PREROUTING")!.Priority);
        Assert.Equal(10, table.Chains.Find(chain => chain.Name == "filter_INPUT")!.Priority);
        Assert.Equal(-300, Assert.Single(Read("table ip raw {\n\tchain early {\n"
            + "\t\ttype filter hook prerouting priority -300; policy accept;\n\t}\n}\n")).Chains[0].Priority);
    }

    [Fact]
    public void List_of_chains_tells_no_rules()
    {
        NftTable table = Assert.Single(Read(Samples.Text("nftables-1.0.6/firewalld-1.3-chains.txt"), "chains"));
        Assert.False(table.IsListed);
        Assert.Equal("input", table.Chains.Find(chain => chain.Name == "filter_INPUT")!.Hook);
    }

    [Theory]
    [InlineData("nftables-1.0.6/firewalld-1.3-open.txt")]
    [InlineData("nftables-1.0.6/hand-written-handles.txt")]
    public void Damaged_text_never_throws(string file) => Mutations.NeverThrow(Samples.Text(file),
        text => NftRulesetParser.ParseAll(text, new TextSource("n1", "nft list ruleset", []), showsRules: true));

    [Fact]
    public void Line_outside_of_a_table_is_reported()
    {
        List<ParseIssue> issues = [];
        Assert.Empty(NftRulesetParser.ParseAll("it went wrong\n", new TextSource("n1", "nft", issues), true));
        Assert.Equal("Unknown line", Assert.Single(issues).Reason);
    }

    private static List<NftTable> Read(string text, string what = "ruleset")
    {
        List<ParseIssue> issues = [];
        List<NftTable> tables =
            NftRulesetParser.ParseAll(text, new TextSource("n1", $"nft list {what}", issues), what == "ruleset");
        Assert.Empty(issues);
        return tables;
    }
}
