using QuantumNet.Parsing.Ovs;
using QuantumNet.Paths;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Topology;

namespace QuantumNet.Core.Tests.Simulation;

/// <summary>A packet's way through a bridge's flows: by priority, over tables, with registers,
/// and with "cannot be determined" where it cannot.</summary>
public sealed class BridgePassTests
{
    private static readonly OvsPort s_in = new() { Bridge = "br-int", Device = "qvo1", Tag = 5, OfPort = 1 };
    private static readonly OvsPort s_out = new() { Bridge = "br-int", Device = "patch-tun",
        Type = "patch", OfPort = 2 };

    [Theory]
    [InlineData("priority=0 actions=NORMAL", true)]
    [InlineData("priority=0 actions=NORMAL\npriority=2,in_port=1 actions=drop", false)]
    [InlineData("priority=0 actions=NORMAL\npriority=2,in_port=7 actions=drop", true)]
    [InlineData("priority=0 actions=NORMAL\npriority=9,arp actions=drop", true)]
    [InlineData("priority=5,udp,tp_src=68,tp_dst=67 actions=output:2\npriority=0 actions=drop", true)]
    [InlineData("priority=5,udp,tp_src=67,tp_dst=68 actions=output:2\npriority=0 actions=drop", false)]
    [InlineData("table=0, priority=1 actions=resubmit(,60)\ntable=60, priority=3 actions=output:2", true)]
    [InlineData("table=0, priority=1 actions=resubmit(,60)", false)]
    [InlineData("table=0, priority=1,in_port=1 actions=load:0x1->NXM_NX_REG5[],resubmit(,71)\n"
        + "table=71, priority=9,reg5=0x1 actions=output:2\ntable=71, priority=8 actions=drop", true)]
    [InlineData("table=0, priority=1,in_port=1 actions=set_field:0x3->reg5,goto_table:71\n"
        + "table=71, priority=9,reg5=0x1 actions=output:2\ntable=71, priority=8 actions=drop", false)]
    [InlineData("priority=1,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00 actions=2\npriority=0 actions=drop", true)]
    [InlineData("priority=1,vlan_tci=0x1000/0x1000 actions=2\npriority=0 actions=drop", false)]
    [InlineData("priority=1,nw_dst=224.0.0.0/4 actions=drop\npriority=0 actions=2", true)]
    [InlineData("priority=1 actions=output:3", false)]
    [InlineData("priority=1 actions=clone(strip_vlan,output:3),output:2", true)]
    [InlineData("priority=1 actions=ct(table=9)\ntable=9, priority=1,ct_state=+new+trk actions=output:2", true)]
    [InlineData("priority=1 actions=ct(table=9)\ntable=9, priority=1,ct_state=+est+trk actions=output:2", false)]
    [InlineData("priority=5,wibble=4 actions=drop\npriority=0 actions=NORMAL", null)]
    [InlineData("priority=5 actions=group:4", null)]
    public void Request_goes_where_the_flows_send_it(string flows, bool? reaches) =>
        Assert.Equal(reaches, Send(flows, s_in, s_out).Reaches);

    [Fact]
    public void Port_whose_number_nothing_tells_is_unknown_where_flows_ask_for_numbers()
    {
        BridgePass by = Send("priority=1 actions=output:2", s_in, s_out with { OfPort = null }), from = Send(
            "priority=2,in_port=1 actions=drop\npriority=1 actions=output:2", s_in with { OfPort = null }, s_out);
        Assert.Equal((null, "OpenFlowPort"), (by.Reaches, by.Needs));
        Assert.Equal((null, "OpenFlowPort"), (from.Reaches, from.Needs));
        Assert.True(Send("priority=2,in_port=\"qvo1\" actions=output:\"patch-tun\"", s_in with { OfPort = null },
            s_out with { OfPort = null }).Reaches);
    }

    [Fact]
    public void Vlan_and_key_are_those_that_the_flows_set()
    {
        BridgePass pass = Send("priority=1 actions=mod_vlan_vid:7,set_tunnel:0x22,output:2", s_in, s_out);
        Assert.Equal((7, 0x22L), (pass.Vlan, pass.TunnelKey));
        Assert.Equal(0,
            Send("priority=1 actions=mod_vlan_vid:7,load:0->NXM_OF_VLAN_TCI[],output:2", s_in, s_out).Vlan);
    }

    [Fact]
    public void Normal_keeps_to_the_vlan_of_the_access_port()
    {
        Assert.True(Send("actions=NORMAL", s_in, s_out with { Device = "tap2", Tag = 5 }).Reaches);
        Assert.False(Send("actions=NORMAL", s_in, s_out with { Device = "tap2", Tag = 6 }).Reaches);
    }

    [Fact]
    public void Group_that_was_not_collected_is_named()
    {
        BridgePass pass = Send("priority=5 actions=group:4", s_in, s_out);
        Assert.Equal((null, "OvsGroup"), (pass.Reaches, pass.Needs));
    }

    [Theory]
    [InlineData("group_id=4,type=all,bucket=actions=output:2", true)]
    [InlineData("group_id=4,type=indirect,bucket=actions=output:3", false)]
    [InlineData("group_id=5,type=all,bucket=actions=output:2", false)]
    [InlineData("group_id=4,type=select,bucket=weight:2,actions=output:2,bucket=weight:2,actions=output:3", null)]
    [InlineData("group_id=4,type=ff,bucket=watch_port:2,actions=output:2,bucket=watch_port:1,actions=drop", true)]
    [InlineData("group_id=4,type=ff,bucket=watch_port:2,actions=drop,bucket=watch_port:1,actions=output:2", false)]
    public void Group_sends_the_request_where_its_buckets_do(string group, bool? reaches) =>
        Assert.Equal(reaches, Send("priority=5 actions=group:4", s_in, s_out with { AdminState = "up",
            LinkState = "up" }, group).Reaches);

    [Theory]
    [InlineData("up", "up", true)]
    [InlineData("up", "down", false)]
    [InlineData("down", "up", false)]
    [InlineData("", "", null)]
    public void Failover_bucket_lives_with_the_link_of_its_port(string admin, string link, bool? reaches)
    {
        BridgePass pass = Send("priority=5 actions=group:4", s_in, s_out with { AdminState = admin, LinkState = link },
            "group_id=4,type=ff,bucket=watch_port:2,actions=output:2");
        Assert.Equal((reaches, reaches is null ? "OpenFlowPort" : ""), (pass.Reaches, pass.Needs));
    }

    private static BridgePass Send(string flows, OvsPort from, OvsPort to, string? groups = null)
    {
        NodeState state = new() { ComputerName = "n1" };
        state.OvsPorts.AddRange([from, to]);
        state.OvsFlows.AddRange(OvsFlowParser.ParseAll(flows,
            new TextSource("n1", "ovs-ofctl dump-flows br-int", []) { Bridge = "br-int" }));
        if (groups is not null)
        {
            state.OvsGroups.AddRange(OvsGroupParser.ParseAll(groups,
                new TextSource("n1", "ovs-ofctl dump-groups br-int", []) { Bridge = "br-int" }));
            state.Commands.Add(new CollectedCommand { Collector = "OvsGroup", Subject = "br-int",
                State = CollectionState.Collected });
        }
        DhcpLeg leg = new()
        {
            Cloud = new CloudView(new Cloud()),
            Port = new QuantumPort { Mac = "fa:16:3e:00:00:01", IpAddress = "10.0.0.5" },
            ComputeName = "n1",
            NetworkType = "gre",
        };
        return BridgePass.Of(
            leg, DhcpDirection.Request, new BridgeCrossing(new NodeView(state), "br-int", from, to), null);
    }
}
