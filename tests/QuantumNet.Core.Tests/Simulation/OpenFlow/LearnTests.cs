using QuantumNet.Parsing;
using QuantumNet.Parsing.Ovs;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Core.Tests.Simulation.OpenFlow;

/// <summary>The flow that <c>learn</c> adds is the switch's, and who comes later meets it.</summary>
public sealed class LearnTests(TracingSwitch ovs) : IClassFixture<TracingSwitch>
{
    // The flow of Neutron's br-tun, others of Open vSwitch's own tests, and kinds of our own.
    public static TheoryData<string> Learns => new()
    {
        "mod_vlan_vid:5,load:0x22->NXM_NX_TUN_ID[],learn(table=20,hard_timeout=300,priority=1,cookie=0x77,"
            + "NXM_OF_VLAN_TCI[0..11],NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],load:0->NXM_OF_VLAN_TCI[],"
            + "load:NXM_NX_TUN_ID[]->NXM_NX_TUN_ID[],output:NXM_OF_IN_PORT[])",
        "learn(table=20,idle_timeout=10,fin_idle_timeout=3,send_flow_rem,delete_learned,eth_type=0x800,nw_proto=17,"
            + "NXM_OF_UDP_DST[]=NXM_OF_UDP_SRC[],NXM_OF_IP_DST[]=NXM_OF_IP_SRC[],load:0x3->NXM_NX_REG0[0..15],"
            + "load:NXM_OF_ETH_SRC[]->NXM_NX_XXREG0[0..47],output:NXM_NX_REG3[])",
        "load:0x4->NXM_NX_REG3[],learn(table=20,NXM_NX_REG1[16..31]=0x5,NXM_NX_REG2[0..7]=NXM_OF_ETH_SRC[0..7],"
            + "in_port=2,output:NXM_NX_REG3[])",
        "learn(table=20,limit=2,result_dst=NXM_NX_REG0[0],NXM_OF_IN_PORT[])",
        "learn(table=20,NXM_OF_VLAN_TCI[0..11],NXM_OF_VLAN_TCI[12]=0x0,NXM_OF_ETH_SRC[0..23]=0x000002)",
        "learn(eth_type=0x86dd,ipv6_dst=fd00::5,load:0x1->NXM_NX_TUN_ID[0..3])",
        "learn(table=20,priority=9,dl_dst=01:02:03:04:05:06,metadata=0x7,eth_type=0x800,"
            + "load:NXM_OF_IP_SRC[]->NXM_OF_IP_DST[])",
    };

    [SkippableTheory]
    [MemberData(nameof(Learns))]
    public void Flow_that_is_learned_is_the_one_that_the_switch_adds(string actions)
    {
        Skip.If(ovs.Missing is not null, ovs.Missing);
        TraceCase given = Case($"flow brA table=0,priority=2,udp,in_port=1 actions={actions}");
        ovs.Apply(given);
        ovs.Control("netdev-dummy/receive", "a1", "in_port(1),eth(src=fa:16:3e:00:00:01,dst=fa:16:3e:00:00:02),"
            + "eth_type(0x0800),ipv4(src=10.0.0.1,dst=10.0.0.2,proto=17,tos=0,ttl=64,frag=no),udp(src=68,dst=67)");
        OvsFlow theirs = Wait(() => Flows(ovs.Dump(given, "brA")).Find(flow => flow.Table != 0));
        OvsFlow ours = Assert.Single(Trace(given).LearnedFlows).Flow!;
        Assert.Equal((theirs.Table, theirs.Priority, theirs.Cookie, theirs.IdleTimeoutSeconds,
            theirs.HardTimeoutSeconds), (ours.Table, ours.Priority, ours.Cookie, ours.IdleTimeoutSeconds,
            ours.HardTimeoutSeconds));
        Assert.True(FlowMatch.Read(theirs.Match, _ => null).IsSameAs(FlowMatch.Read(ours.Match, _ => null)),
            $"{theirs.Match}\n{ours.Match}");
        Assert.Equal(theirs.Actions, ours.Actions);
    }

    [Fact]
    public void What_is_learned_is_told_in_the_words_of_a_dump()
    {
        TraceStep step = Assert.Single(Trace(Case("flow brA actions=learn(table=20,hard_timeout=300,priority=1,"
            + "NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],output:NXM_OF_IN_PORT[])")).Steps, step => step.Kind == "note");
        Assert.Equal("adds cookie=0x0, table=20, hard_timeout=300, priority=1,dl_dst=fa:16:3e:00:00:01 "
            + "actions=output:1", step.Text);
    }

    [Theory]
    [InlineData("flow brA table=20,priority=0 actions=output:3", "a1")]
    [InlineData("flow brA table=20,priority=1,dl_dst=fa:16:3e:00:00:01 actions=output:3", "a1")]
    [InlineData("flow brA table=20,priority=2,dl_dst=fa:16:3e:00:00:01 actions=output:3", "a3")]
    [InlineData("flow brA table=20,priority=1,dl_dst=fa:16:3e:00:00:01 actions=output:1", "a1")]
    [InlineData("flow brA table=21 actions=drop", "a1")]
    [InlineData("flow brA table=20,priority=1,dl_src=fa:16:3e:00:00:02 actions=output:3", null)]
    public void Reply_meets_what_the_request_made_the_switch_learn(string other, string? outcome)
    {
        TraceCase given = Case("flow brA table=0,in_port=1 actions=learn(table=20,priority=1,"
            + "NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],output:NXM_OF_IN_PORT[]),output:2",
            "flow brA table=0,in_port=2 actions=resubmit(,20)", other);
        SwitchNode node = given.ToNode();
        PacketTrace reply = Translation.Run(node, node.Bridge("brA")!,
            PacketText.Read("udp,in_port=2,dl_src=fa:16:3e:00:00:02,dl_dst=fa:16:3e:00:00:01", _ => null)!,
            TraceOptions.After([Trace(given)]));
        Assert.Equal(outcome is not null, reply.IsWhole);
        Assert.Equal(outcome is null ? [] : [outcome], reply.Outputs.Select(output => output.Port));
    }

    [Fact]
    public void Packet_does_not_meet_what_it_made_the_switch_learn_itself() => Assert.Empty(Trace(Case("flow brA "
        + "actions=learn(table=20,NXM_OF_ETH_SRC[],output:NXM_OF_IN_PORT[]),resubmit(,20)")).Outputs);

    [Fact]
    public void Learned_flow_that_cannot_be_told_leaves_its_table_open()
    {
        TraceCase given = Case("flow brA in_port=1 actions=learn(table=20,NXM_NX_TUN_GBP_ID[]=0x7)",
            "flow brA in_port=2 actions=resubmit(,20)");
        SwitchNode node = given.ToNode();
        PacketTrace request = Trace(given);
        Assert.True(request.IsWhole);
        Assert.False(Translation.Run(node, node.Bridge("brA")!, PacketText.Read("in_port=2", _ => null)!,
            TraceOptions.After([request])).IsWhole);
    }

    private static TraceCase Case(params string[] flows) => TraceCase.Read(["port brA brA 65534", "port brA a1 1",
        "port brA a2 2", "port brA a3 3", .. flows, "packet brA udp,in_port=1,dl_src=fa:16:3e:00:00:01,"
        + "dl_dst=fa:16:3e:00:00:02,nw_src=10.0.0.1,nw_dst=10.0.0.2,nw_ttl=64,udp_src=68,udp_dst=67"]);

    private static PacketTrace Trace(TraceCase given)
    {
        SwitchNode node = given.ToNode();
        return Translation.Run(node, node.Bridge(given.EntryBridge)!, PacketText.Read(given.PacketText, _ => null)!);
    }

    private static List<OvsFlow> Flows(string dump) => OvsFlowParser.ParseAll(dump, new TextSource("n1", "dump", []));

    private static OvsFlow Wait(Func<OvsFlow?> find)
    {
        for (int i = 0; i < 600; i++)
        {
            if (find() is { } found)
                return found;
            Thread.Sleep(50);
        }
        throw new TimeoutException("the switch learned nothing");
    }
}
