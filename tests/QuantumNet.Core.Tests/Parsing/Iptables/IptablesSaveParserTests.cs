using QuantumNet.Parsing.Iptables;

namespace QuantumNet.Core.Tests.Parsing.Iptables;

public sealed class IptablesSaveParserTests
{
    private static IptablesSave Parse(string text, out List<ParseIssue> issues) =>
        IptablesSaveParser.ParseAll(text, Sources.Of("iptables-save -c", out issues));

    private static IptablesRule Rule(string rule)
    {
        IptablesSave save = Parse($"*filter\n{rule}\nCOMMIT\n", out List<ParseIssue> issues);
        Assert.Empty(issues);
        return Assert.Single(save.Rules);
    }

    [Fact]
    public void Reads_every_line_of_the_seed()
    {
        IptablesSave save = Parse(Samples.Text("seed/iptables-save.txt"), out List<ParseIssue> issues);

        Assert.Empty(issues);
        Assert.Equal(22, save.Chains.Count);
        Assert.Equal(34, save.Rules.Count);
        IptablesChain input = save.Chains.Single(chain => chain.Table == "filter" && chain.Chain == "INPUT");
        Assert.Equal(("ACCEPT", 5938L, 1326085L), (input.Policy, input.PacketCount, input.ByteCount));
        IptablesRule gre = save.Rules.Single(rule => rule.RawText == "-A INPUT -p gre -j ACCEPT");
        Assert.Equal((2, "gre", "ACCEPT"), (gre.RuleNumber, gre.Find("protocol")?.Value, gre.Target));
        Assert.Null(gre.PacketCount);
    }

    [Fact]
    public void Reads_the_seeds_dhcp_and_spoofing_rules_in_their_order()
    {
        IptablesSave save = Parse(Samples.Text("seed/iptables-save.txt"), out _);
        IptablesRule[] output = [.. save.Rules.Where(rule => rule.Chain == "quantum-openvswi-o1408934f-9")];

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], output.Select(rule => rule.RuleNumber));
        Assert.Equal(
            [new IptablesMatch { Module = "mac", Option = "mac-source", Negated = true, Value = "FA:16:3E:1E:63:66" }],
            output[0].Matches);
        Assert.Equal("68", output[1].Find("sport")?.Value);
        Assert.Equal("67", output[1].Find("dport")?.Value);
        Assert.Equal([new IptablesMatch { Option = "source", Negated = true, Value = "172.241.0.2/32" }],
            output[2].Matches);
        Assert.Equal("RELATED,ESTABLISHED", output[5].Find("state")?.Value);
    }

    [Theory]
    [MemberData(nameof(Sources.ZedNodes), MemberType = typeof(Sources))]
    public void Reads_every_line_of_a_recorded_cloud(string variant, string host)
    {
        foreach (string file in (string[])["iptables-save-c.txt", "iptables-save.txt"])
        {
            string text = Samples.Text($"neutron-zed/{variant}/{host}/{file}");
            IptablesSave save = Parse(text, out List<ParseIssue> issues);

            Assert.Empty(issues);
            string[] lines = text.Split('\n');
            Assert.Equal(lines.Count(line => line.StartsWith(':')), save.Chains.Count);
            Assert.Equal(lines.Count(line => line.Contains("-A ", StringComparison.Ordinal)), save.Rules.Count);
            Assert.All(save.Rules, rule => Assert.Equal(lines[rule.LineNumber - 1], rule.RawText));
            Assert.All(save.Rules,
                rule => Assert.Equal(file.Contains("-c", StringComparison.Ordinal), rule.PacketCount.HasValue));
        }
    }

    [Fact]
    public void Reads_todays_dhcp_rule_with_its_counters_and_comment()
    {
        IptablesSave save = Parse(Samples.Text("neutron-zed/hybrid+gre/compute1/iptables-save-c.txt"), out _);
        IptablesRule rule = save.Rules.First(r => r.Chain == "neutron-openvswi-o43fefa8a-8");

        Assert.Equal((4L, 1312L, "RETURN"), (rule.PacketCount, rule.ByteCount, rule.Target));
        Assert.Equal("Allow DHCP client traffic.", rule.Find("comment")?.Value);
        Assert.Contains(new IptablesMatch { Module = "udp", Option = "sport", Value = "68" }, rule.Matches);
        IptablesRule set = save.Rules.First(r => r.Find("match-set") != null);
        Assert.Equal("NIPv46c7567d3-13e0-49be-ba7b- src", set.Find("match-set")?.Value);
        IptablesRule zone = save.Rules.First(r => r.Target == "CT");
        Assert.Equal(("raw", "--zone 4097"), (zone.Table, zone.TargetOptions));
    }

    [Theory]
    [InlineData("-A c ! -s 10.0.0.1/32 -j DROP", "source", true, "10.0.0.1/32", "")]
    [InlineData("-A c -s ! 10.0.0.1 -j DROP", "source", true, "10.0.0.1", "")]
    [InlineData("-A c -m mac --mac-source ! FA:16:3E:00:00:01 -j DROP", "mac-source", true, "FA:16:3E:00:00:01", "mac")]
    [InlineData("-A c -m physdev ! --physdev-in tap1 --physdev-is-bridged -j c2", "physdev-in",
        true, "tap1", "physdev")]
    [InlineData("-A c -m physdev --physdev-is-bridged ! --physdev-in tap1", "physdev-is-bridged", false, "", "physdev")]
    [InlineData("-A c ! -f -j ACCEPT", "fragment", true, "", "")]
    [InlineData("-A c --in-interface eth0 -j ACCEPT", "in-interface", false, "eth0", "")]
    [InlineData("-A c -p udp --destination-port 67 -j ACCEPT", "dport", false, "67", "")]
    [InlineData("-A c -p tcp -m tcp --tcp-flags SYN,RST SYN -j ACCEPT", "tcp-flags", false, "SYN,RST SYN", "tcp")]
    [InlineData("-A c -m nosuch --frob -1 --nicate -j ACCEPT", "frob", false, "-1", "nosuch")]
    [InlineData("-A c -m comment --comment \"say \\\"hi\\\" \\\\ -j DROP\"", "comment", false,
        "say \"hi\" \\ -j DROP", "comment")]
    [InlineData("-A c -m comment --comment -j -j DROP", "comment", false, "-j", "comment")]
    [InlineData("-A c -m comment --comment \"\" -j DROP", "comment", false, "", "comment")]
    public void Reads_an_option(string rule, string option, bool negated, string value, string module)
    {
        IptablesMatch? match = Rule(rule).Find(option);

        Assert.Equal(new IptablesMatch { Module = module, Option = option, Negated = negated, Value = value }, match);
    }

    [Fact]
    public void Keeps_targets_that_it_does_not_know_with_their_options()
    {
        IptablesRule rule = Rule("-A c -p udp -j FROB --log-prefix \"a b\" --queue-num 3");

        Assert.Equal(("FROB", "--log-prefix \"a b\" --queue-num 3", false),
            (rule.Target, rule.TargetOptions, rule.IsGoto));
    }

    [Fact]
    public void Tells_goto_from_jump_and_a_rule_that_only_counts()
    {
        Assert.True(Rule("-A c -p udp -g other").IsGoto);
        Assert.Equal("", Rule("[5:6] -A c -p udp").Target);
        Assert.Equal((5L, 6L),
            (Rule("-A c -p udp -c 5 6 -j x").PacketCount!.Value, Rule("[5:6] -A c").ByteCount!.Value));
    }

    [Fact]
    public void A_module_without_options_keeps_its_place()
    {
        Assert.Equal(
            [new IptablesMatch { Option = "protocol", Value = "udp" }, new IptablesMatch { Module = "udp" }],
            Rule("-A c -p udp -m udp -j ACCEPT").Matches);
    }

    [Theory]
    [InlineData("*filter\n:INPUT ACCEPT [0:0]\n", 1, "Truncated: table without COMMIT")]
    [InlineData("*nat\n*filter\nCOMMIT\n", 1, "Truncated: table without COMMIT")]
    [InlineData("-A INPUT -j DROP\n", 1, "Outside a table")]
    [InlineData("*filter\nwhat is this\nCOMMIT\n", 2, "Unknown line")]
    [InlineData("COMMIT\n", 1, "Unknown line")]
    [InlineData("*filter\n:INPUT ACCEPT [0:x]\nCOMMIT\n", 2, "Not a chain")]
    [InlineData("*filter\n[1:2 -A INPUT -j DROP\nCOMMIT\n", 2, "Not counters")]
    [InlineData("*filter\n-D INPUT -j DROP\nCOMMIT\n", 2, "Not a rule")]
    [InlineData("*filter\n-A INPUT -s\nCOMMIT\n", 2, "Option without value")]
    [InlineData("*filter\n-A INPUT stray -j DROP\nCOMMIT\n", 2, "Unexpected word")]
    [InlineData("*filter\n-A INPUT -z 3 -j DROP\nCOMMIT\n", 2, "Unknown option")]
    [InlineData("*filter\n-A INPUT !\nCOMMIT\n", 2, "Negation of nothing")]
    [InlineData("*filter\n-A INPUT -m comment --comment \"open\nCOMMIT\n", 2, "Quote without end")]
    [InlineData("# Table `filter' is incompatible, use 'nft' tool.\n", 1, "Rules not shown")]
    public void Reports_what_it_does_not_know(string text, int line, string reason)
    {
        Parse(text, out List<ParseIssue> issues);

        Assert.Equal((line, reason), (issues[0].LineNumber, issues[0].Reason));
    }

    [Fact]
    public void Numbers_rules_by_chain_and_table_even_when_they_interleave()
    {
        IptablesSave save = Parse("*nat\n-A a\n-A b\n-A a\nCOMMIT\n*filter\n-A a\nCOMMIT\n", out _);

        Assert.Equal([("nat", "a", 1), ("nat", "b", 1), ("nat", "a", 2), ("filter", "a", 1)],
            save.Rules.Select(rule => (rule.Table, rule.Chain, rule.RuleNumber)));
    }

    [Fact]
    public void Never_throws() =>
        Mutations.NeverThrow(Samples.Text("neutron-zed/hybrid+gre/compute1/iptables-save-c.txt"),
            text => Parse(text, out _));
}
