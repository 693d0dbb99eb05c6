using QuantumNet.Snapshots;
using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Tests.Pipeline;

public sealed class FilterTests
{
    [Theory]
    [InlineData("br-int", "BR-INT", true)]
    [InlineData("br-*", "br-int", true)]
    [InlineData("*int", "br-int", true)]
    [InlineData("b?-int", "br-int", true)]
    [InlineData("br-int", "br-int2", false)]
    [InlineData("*a*b*c", "xxaxxbxxc", true)]
    [InlineData("*a*b*c", "xxaxxbxx", false)]
    [InlineData("qv[bo]1*", "qvo1408934f-93", true)]
    [InlineData("qv[a-c]1*", "qvo1408934f-93", false)]
    [InlineData("a`*b", "a*b", true)]
    [InlineData("a`*b", "axb", false)]
    [InlineData("[", "[", true)]
    [InlineData("", "", true)]
    [InlineData("", "x", false)]
    [InlineData("*", "", true)]
    public void Wildcards_mean_what_PowerShell_means(string pattern, string text, bool expected) =>
        Assert.Equal(expected, new Wildcard(pattern).Matches(text));

    [Fact]
    public void Many_stars_on_a_long_text_end_soon() =>
        Assert.False(new Wildcard("*a*a*a*a*a*a*a*a*b").Matches(new string('a', 5_000)));

    [Fact]
    public void All_conditions_must_hold_and_none_means_all()
    {
        var flow = new OvsFlow { Bridge = "br-int", Table = 10 };
        Assert.True(new Filter<OvsFlow>().Name([], f => f.Bridge).Number([], f => f.Table).Matches(flow));
        Assert.True(new Filter<OvsFlow>().Name(["x", "br-*"], f => f.Bridge)
            .Number([1, 10], f => f.Table).Matches(flow));
        Assert.False(new Filter<OvsFlow>().Name(["br-*"], f => f.Bridge).Number([1], f => f.Table).Matches(flow));
    }

    [Fact]
    public void A_missing_number_is_outside_of_any_list() =>
        Assert.False(new Filter<OvsPort>().Number([0], port => port.Tag).Matches(new OvsPort { Tag = null }));

    [Theory]
    [InlineData("FA-16-3E-6F-70-E1")]
    [InlineData("fa163e6f70e1")]
    [InlineData("fa:16:3e:*")]
    public void A_mac_may_be_spelled_in_any_way(string mac) =>
        Assert.True(new Filter<DhcpLease>().Mac([mac], lease => lease.Mac)
            .Matches(new DhcpLease { Mac = "fa:16:3e:6f:70:e1" }));

    [Fact]
    public void The_same_question_has_the_same_key_and_another_has_another()
    {
        static string Key(string[] bridge, int[] table) =>
            new Filter<OvsFlow>().Name(bridge, flow => flow.Bridge).Number(table, flow => flow.Table).Key;
        Assert.Equal(Key(["a", "b"], [1]), Key(["a", "b"], [1]));
        Assert.Equal(4,
            new HashSet<string> { Key(["a", "b"], [1]), Key(["ab"], [1]), Key(["a"], [1]), Key([], [1]) }.Count);
    }

    [Fact]
    public void A_window_of_time_leaves_out_what_has_no_time()
    {
        var noon = new DateTime(2013, 5, 1, 12, 0, 0, DateTimeKind.Utc);
        Filter<AgentLog> filter = new Filter<AgentLog>().Time(noon, noon.AddHours(1), entry => entry.Time);
        Assert.True(filter.Matches(new AgentLog { Time = noon }));
        Assert.True(filter.Matches(new AgentLog { Time = noon.AddHours(1) }));
        Assert.False(filter.Matches(new AgentLog { Time = noon.AddSeconds(-1) }));
        Assert.False(filter.Matches(new AgentLog { Time = null }));
    }

    [Theory]
    [InlineData("-A quantum-openvswi-i1408934f-1 -s 172.241.0.3/32 -p udp -j RETURN", true)]
    [InlineData("-A quantum-openvswi-FORWARD -m physdev --physdev-out tap1408934f-16 --physdev-is-bridged -j X", true)]
    [InlineData("-A quantum-openvswi-i1408934a-1 -j RETURN", false)]
    public void A_rule_mentions_a_port_by_its_chain_or_device(string rule, bool expected) =>
        Assert.Equal(expected, PortNames.Mentions(rule, "1408934f-1612-4d1c-b0f5-93dd86cb0b4a"));
}
