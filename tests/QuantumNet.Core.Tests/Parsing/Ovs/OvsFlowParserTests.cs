using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Core.Tests.Parsing.Ovs;

public sealed class OvsFlowParserTests
{
    public static TheoryData<string> Dumps => Recorded.Files("ovs-ofctl-dump-flows-*.txt");

    private static List<OvsFlow> Parse(string text, out IReadOnlyList<ParseIssue> issues)
    {
        TextSource source = Recorded.Source("ovs-ofctl dump-flows br-tun", "br-tun");
        List<OvsFlow> flows = OvsFlowParser.ParseAll(text, source);
        issues = [.. source.Issues];
        return flows;
    }

    private static OvsFlow One(string line)
    {
        OvsFlow flow = Assert.Single(Parse(line, out IReadOnlyList<ParseIssue> issues));
        Assert.Empty(issues);
        return flow;
    }

    [Fact]
    public void Flows_of_the_walkthrough_are_read()
    {
        List<OvsFlow> flows = Parse(Samples.Text("seed/compute1/ovs-ofctl-dump-flows-br-tun.txt"),
            out IReadOnlyList<ParseIssue> issues);
        Assert.Empty(issues);
        Assert.Equal([3, 4, 3, 1], flows.Select(flow => flow.Priority));

        OvsFlow outgoing = flows[1];
        Assert.Equal(("compute1", "br-tun", 3), (outgoing.ComputerName, outgoing.Bridge, outgoing.LineNumber));
        Assert.Equal((0, 772L, 172410L, 6845.411),
            (outgoing.Table, outgoing.PacketCount, outgoing.ByteCount, outgoing.DurationSeconds));
        Assert.Null(outgoing.IdleAgeSeconds);
        Assert.Equal("in_port=1,dl_vlan=2", outgoing.Match);
        Assert.Equal(["set_tunnel:0x1", "NORMAL"], outgoing.Actions);
        Assert.Equal("2", outgoing.Find("dl_vlan")!.Value);
        Assert.Equal([("set_tunnel", "0x1"), ("NORMAL", "")],
            outgoing.ActionList.Select(action => (action.Name, action.Argument)));
        Assert.Equal(outgoing, outgoing with { Bridge = "br-tun" });
        Assert.Equal("drop", (outgoing with { Actions = ["drop"] }).Actions.Single());
        Assert.Equal(["set_tunnel:0x1", "NORMAL"], outgoing.Actions);
        Assert.Equal("01:00:00:00:00:00", flows[0].Find("dl_dst")!.Mask);
        Assert.Equal(("", "drop"), (flows[3].Match, Assert.Single(flows[3].ActionList).Name));
        Assert.StartsWith("cookie=0x0, duration=10496.078s", flows[3].RawText, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Dumps))]
    public void Every_recorded_line_is_read_without_leftovers(string path)
    {
        string text = Samples.Text(path);
        List<OvsFlow> flows = Parse(text, out IReadOnlyList<ParseIssue> issues);
        Assert.Empty(issues);
        string[] lines = [.. text.Split('\n').Where(line => line.Contains("actions=", StringComparison.Ordinal))];
        Assert.NotEmpty(lines);
        Assert.Equal(lines, flows.Select(flow => flow.RawText));
        Assert.Equal(lines, lines.Zip(flows, Rendered.Like));
    }

    [Fact]
    public void Both_dialects_of_a_learning_flow_give_the_same_actions()
    {
        List<OvsFlow> old = Parse(Samples.Text("neutron-zed/hybrid+vxlan/compute1/ovs-ofctl-dump-flows-br-tun.txt"),
            out _);
        List<OvsFlow> modern = Parse(
            Samples.Text("neutron-zed/hybrid+vxlan/compute1/ovs-ofctl-dump-flows-br-tun-of13.txt"), out _);

        OvsAction learn = old.Single(flow => flow.Table == 10).ActionList[0];
        Assert.Equal("learn", learn.Name);
        Assert.Equal([("load", "0->NXM_OF_VLAN_TCI[]"), ("load", "NXM_NX_TUN_ID[]->NXM_NX_TUN_ID[]"),
                ("output", "OXM_OF_IN_PORT[]")],
            learn.Nested.Select(action => (action.Name, action.Argument)));
        Assert.Equal(learn.Argument, modern.Single(flow => flow.Table == 10).ActionList[0].Argument);

        OvsFlow flood = modern.Single(flow => flow.Table == 22 && flow.Priority == 1);
        Assert.Equal(["strip_vlan", "set_field", "output"], flood.ActionList.Select(action => action.Name));
        Assert.Equal("0x62->tun_id", flood.ActionList[1].Argument);
    }

    [Fact]
    public void Quoted_port_names_lose_their_quotes_in_fields_and_outputs()
    {
        OvsFlow flow = One(
            """ cookie=0x0, duration=1.5s, table=0, n_packets=0, n_bytes=0, in_port="a,b (c)" actions=output:"patch-tun","x\"y",LOCAL""");
        Assert.Equal("a,b (c)", flow.Find("in_port")!.Value);
        Assert.Equal(["patch-tun", "x\"y", "LOCAL"], flow.ActionList.Select(action => action.Argument));
        Assert.All(flow.ActionList, action => Assert.Equal("output", action.Name));
        Assert.Equal(["output:\"patch-tun\"", "\"x\\\"y\"", "LOCAL"], flow.Actions);
    }

    [Theory]
    [InlineData("drop", "drop", "")]
    [InlineData("", "drop", "")]
    [InlineData("1", "output", "1")]
    [InlineData("output:1", "output", "1")]
    [InlineData("patch-tun", "output", "patch-tun")]
    [InlineData("IN_PORT", "output", "IN_PORT")]
    [InlineData("in_port", "output", "IN_PORT")]
    [InlineData("normal", "NORMAL", "")]
    [InlineData("NORMAL", "NORMAL", "")]
    [InlineData("FLOOD", "FLOOD", "")]
    [InlineData("CONTROLLER:65535", "controller", "65535")]
    [InlineData("controller(reason=action,max_len=128,id=3)", "controller", "reason=action,max_len=128,id=3")]
    [InlineData("mod_vlan_vid:2", "mod_vlan_vid", "2")]
    [InlineData("pop_vlan", "strip_vlan", "")]
    [InlineData("set_tunnel64:0x1", "set_tunnel", "0x1")]
    [InlineData("set_field:4098->vlan_vid", "set_field", "4098->vlan_vid")]
    [InlineData("goto_table:24", "goto_table", "24")]
    [InlineData("resubmit(,25)", "resubmit", ",25")]
    [InlineData("resubmit:3", "resubmit", "3")]
    [InlineData("resubmit(2,3,ct)", "resubmit", "2,3,ct")]
    [InlineData("output(port=1,max_len=100)", "output", "port=1,max_len=100")]
    [InlineData("output:NXM_NX_REG0[0..15]", "output", "NXM_NX_REG0[0..15]")]
    [InlineData("check_pkt_larger(1500)->NXM_NX_REG0[0]", "check_pkt_larger", "1500->NXM_NX_REG0[0]")]
    [InlineData("enqueue:1:2", "enqueue", "1:2")]
    [InlineData("group:7", "group", "7")]
    [InlineData("decap(packet_type(ns=0,type=0))", "decap", "packet_type(ns=0,type=0)")]
    [InlineData("unroll_xlate(table=1, cookie=2)", "unroll_xlate", "table=1, cookie=2")]
    public void Every_action_gets_one_name(string printed, string name, string argument)
    {
        OvsAction action = Assert.Single(One($" cookie=0x0, table=1, priority=5 actions={printed}").ActionList);
        Assert.Equal((name, argument), (action.Name, action.Argument));
    }

    [Fact]
    public void Actions_inside_ct_are_nested()
    {
        OvsFlow flow = One(" table=0 actions=ct(commit,zone=NXM_NX_REG6[0..15],nat(src=10.0.0.1-10.0.0.9:5-10,random),"
            + "exec(load:0x1->NXM_NX_CT_MARK[],move:NXM_NX_REG0[]->NXM_NX_CT_LABEL[0..31])),"
            + "clone(mod_vlan_vid:2,clone(output:3)),drop");
        Assert.Equal(["nat", "load", "move"], flow.ActionList[0].Nested.Select(action => action.Name));
        Assert.Equal("output", flow.ActionList[1].Nested[1].Nested[0].Name);
    }

    [Fact]
    public void Unknown_fields_and_actions_are_kept_and_reported_with_their_columns()
    {
        OvsFlow flow = Assert.Single(
            Parse(" table=0, priority=1,wibble=5,tcp actions=frob:1,output:2,ct(commit,blah=1,exec(zap:1))",
                out IReadOnlyList<ParseIssue> issues));
        Assert.Equal("wibble=5,tcp", flow.Match);
        Assert.Equal("5", flow.Find("wibble")!.Value);
        Assert.Equal("frob", flow.ActionList[0].Name);
        Assert.Equal([(1, 22, "wibble=5"), (1, 43, "frob:1"), (1, 69, "blah=1"), (1, 81, "zap:1")],
            issues.Select(issue => (issue.LineNumber, issue.Column, issue.Text)));
    }

    [Fact]
    public void Flags_before_the_match_are_not_part_of_it()
    {
        OvsFlow flow = One(
            " cookie=0xffffffffffffffff, duration=33s, table=72, n_packets=?, n_bytes=9223372036854775807, "
                + "idle_timeout=5, hard_timeout=6, send_flow_rem check_overlap reset_counts no_packet_counts "
                + "importance=3, idle_age=7, hard_age=8, priority=0,packet_type=(1,0x894f),tun_metadata3 actions=drop");
        Assert.Equal("packet_type=(1,0x894f),tun_metadata3", flow.Match);
        Assert.Equal(["packet_type", "tun_metadata3"], flow.MatchFields.Select(field => field.Name));
        Assert.Equal((ulong.MaxValue, 0L, long.MaxValue, 5, 6, 7L), (flow.Cookie, flow.PacketCount, flow.ByteCount,
            flow.IdleTimeoutSeconds, flow.HardTimeoutSeconds, flow.IdleAgeSeconds!.Value));
    }

    [Fact]
    public void Errors_and_cut_lines_are_reported()
    {
        Assert.Empty(Parse("ovs-ofctl: br-tun is not a bridge or a socket\n cookie=0x0, duration=1.2s, tab",
            out IReadOnlyList<ParseIssue> issues));
        Assert.Equal([1, 2], issues.Where(issue => issue.Reason == "Not a flow").Select(issue => issue.LineNumber));
    }

    [Fact]
    public void Numbers_that_are_none_are_reported_where_they_stand()
    {
        OvsFlow flow = Assert.Single(Parse(" table=many, n_packets=-1, priority=9999999999 actions=drop",
            out IReadOnlyList<ParseIssue> issues));
        Assert.Equal([(8, "many"), (24, "-1"), (37, "9999999999")], issues.Select(issue => (issue.Column, issue.Text)));
        Assert.Equal(32768, flow.Priority);
    }

    [Fact]
    public void Flows_compare_equal_whatever_was_asked_of_them()
    {
        const string line = " table=3, priority=1,tcp actions=output:2,drop";
        OvsFlow asked = One(line);
        OvsFlow untouched = One(line);
        _ = (asked.RawText, asked.Match, asked.ActionList, asked.MatchFields);
        Assert.Equal(asked, untouched);
        Assert.Equal(asked.GetHashCode(), untouched.GetHashCode());
        Assert.NotEqual(asked, untouched with { Match = "udp" });
    }

    [Fact]
    public void A_flow_survives_a_JSON_round_trip()
    {
        OvsFlow flow = One(" cookie=0x1, duration=1.5s, table=3, n_packets=1, n_bytes=60, "
            + "idle_age=4, priority=1,in_port=\"a-b\",dl_dst=01:00:00:00:00:00/01:00:00:00:00:00 "
            + "actions=ct(exec(load:1->NXM_NX_CT_MARK[])),output:2");
        OvsFlow back = System.Text.Json.JsonSerializer.Deserialize<OvsFlow>(
            System.Text.Json.JsonSerializer.Serialize(flow))!;
        Assert.Equal(flow, back);
        Assert.Equal(flow.MatchFields, back.MatchFields);
        Assert.Equal("load", back.ActionList[0].Nested[0].Name);
    }

    [Fact]
    public void Hidden_flows_as_the_switch_itself_tells_them_are_read_too()
    {
        List<OvsFlow> flows = Parse(Samples.Text("openvswitch-3.1/dummy/ovs-appctl-bridge-dump-flows-br1.txt"),
            out IReadOnlyList<ParseIssue> issues);
        Assert.Empty(issues);
        Assert.Equal([0, 254, 254, 254, 254], flows.Select(flow => flow.Table));
        Assert.Equal("recirc_id=0", flows[1].Match);
    }

    [Fact]
    public void One_line_is_read_by_itself()
    {
        Assert.True(OvsFlowParser.TryParse(" table=7 actions=drop", Recorded.Source("x"), out OvsFlow flow));
        Assert.Equal(7, flow.Table);
        Assert.False(OvsFlowParser.TryParse("NXST_FLOW reply (xid=0x4):", Recorded.Source("x"), out _));
    }

    [Theory]
    [InlineData("neutron-zed/ovsfw+vxlan/compute1/ovs-ofctl-dump-flows-br-int-names.txt")]
    [InlineData("neutron-zed/hybrid+vxlan/compute1/ovs-ofctl-dump-flows-br-tun-of13.txt")]
    public void Never_throws(string path) => Mutations.NeverThrow(Samples.Text(path), text =>
    {
        foreach (OvsFlow flow in Parse(text, out _))
            _ = (flow.RawText, flow.Match, flow.Actions, flow.MatchFields, flow.ActionList);
    });
}
