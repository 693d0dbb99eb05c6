using QuantumNet.Parsing.Iptables;

namespace QuantumNet.Core.Tests.Parsing.Iptables;

/// <summary>What iptables 1.8.9 lists of rules, held against what iptables-save tells of the same ones.</summary>
public sealed class IptablesListParserTests
{
    private const string Folder = "iptables-1.8.9/";

    [Theory]
    [InlineData("iptables -vnxL", "vnxL.txt", "filter")]
    [InlineData("iptables -t nat -L -n -v --line-numbers", "t-nat-nvL-line-numbers.txt", "nat")]
    [InlineData("iptables -t raw -nvL", "t-raw-nvL.txt", "raw")]
    [InlineData("iptables -t mangle -nvL", "t-mangle-nvL.txt", "mangle")]
    [InlineData("iptables-legacy -t filter -nvL", "legacy-t-filter-nvL.txt", "filter")]
    public void Listing_tells_what_save_tells(string command, string sample, string table)
    {
        IptablesSave listed = IptablesListParser.ParseAll(Samples.Text(Folder + sample),
            Sources.Of(command, out List<ParseIssue> issues));
        IptablesSave saved = IptablesSaveParser.ParseAll(Samples.Text(Folder + "save-c.txt"),
            Sources.Of("iptables-save -c", out _));
        Assert.Empty(issues);
        Assert.Equal(saved.Rules.Where(rule => rule.Table == table).Select(Told).Order(),
            listed.Rules.Select(Told).Order());
        HashSet<(string, string)> chains =
            [.. saved.Chains.Where(chain => chain.Table == table).Select(chain => (chain.Chain, chain.Policy))];
        Assert.DoesNotContain(listed.Chains.Select(chain => (chain.Chain, chain.Policy)),
            chain => !chains.Contains(chain) && chain.Item2 is "DROP" or "-");
    }

    [Theory]
    [InlineData("iptables -v -S", "S-v.txt", "filter")]
    [InlineData("iptables -t nat -S", "t-nat-S.txt", "nat")]
    public void Printed_rules_have_the_commands_table(string command, string sample, string table)
    {
        IptablesSave printed = IptablesSaveParser.ParseAll(Samples.Text(Folder + sample),
            Sources.Of(command, out List<ParseIssue> issues));
        IptablesSave saved = IptablesSaveParser.ParseAll(Samples.Text(Folder + "save-c.txt"),
            Sources.Of("iptables-save -c", out _));
        Assert.Empty(issues);
        Assert.Equal(saved.Rules.Where(rule => rule.Table == table).Select(Told).Order(),
            printed.Rules.Select(Told).Order());
        Assert.Equal(saved.Chains.Where(chain => chain.Table == table).Select(chain => (chain.Chain, chain.Policy))
            .Order(), printed.Chains.Select(chain => (chain.Chain, chain.Policy)).Order());
    }

    [Fact]
    public void Listing_without_v_says_that_interfaces_are_hidden()
    {
        IptablesSave listed = IptablesListParser.ParseAll(Samples.Text(Folder + "L.txt"),
            Sources.Of("iptables -L", out List<ParseIssue> issues));
        Assert.Contains(issues, issue => issue.Reason.StartsWith("Interfaces not shown", StringComparison.Ordinal));
        IptablesRule dhcp = Assert.Single(listed.Rules,
            rule => rule.Chain.StartsWith("neutron-openvswi-i", StringComparison.Ordinal));
        Assert.Equal(("67", "68", null), (dhcp.Find("sport")!.Value, dhcp.Find("dport")!.Value, dhcp.PacketCount));
    }

    [Fact]
    public void Unknown_match_is_kept_as_one_that_cannot_be_told()
    {
        const string text = """
            Chain INPUT (policy DROP 609K packets, 40M bytes)
             pkts bytes target     prot opt in     out     source               destination
                1   100 ACCEPT     udp  --  *      *       0.0.0.0/0            0.0.0.0/0            udp dpt:67 u32 "0x0=0x1"
            """;
        IptablesSave listed = IptablesListParser.ParseAll(text,
            Sources.Of("iptables -nvL", out List<ParseIssue> issues));
        Assert.Equal((609_000L, 40_000_000L), (listed.Chains[0].PacketCount, listed.Chains[0].ByteCount));
        Assert.NotNull(Assert.Single(listed.Rules).Find("u32"));
        Assert.Equal("Unknown match", issues[0].Reason);
    }

    [Fact]
    public void Never_throws() => Mutations.NeverThrow(Samples.Text(Folder + "vnxL.txt"),
        text => IptablesListParser.ParseAll(text, Sources.Of("iptables -nvL", out _)));

    /// <summary>What decides, in an order of its own: a listing puts the protocol's ports behind other matches,
    /// and prints limits of its own.</summary>
    private static string Told(IptablesRule rule)
    {
        IEnumerable<string> matches = rule.Matches.Where(match =>
                match.Option.Length > 0 && match.Option is not ("comment" or "tcp-flags" or "limit" or "limit-burst"))
            .Select(match => $"{(match.Negated ? "!" : "")}{match.Option}={match.Value.ToLowerInvariant()}")
            .Order(StringComparer.Ordinal);
        return $"{rule.Chain} {rule.RuleNumber} {string.Join(' ', matches)} -> "
            + $"{rule.Target}{(rule.IsGoto ? " goto" : "")}";
    }
}
