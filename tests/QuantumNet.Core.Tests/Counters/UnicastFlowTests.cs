using QuantumNet.Core.Tests.Parsing.Ovs;
using QuantumNet.Parsing.Ovs;
using QuantumNet.Topology;

namespace QuantumNet.Core.Tests.Counters;

/// <summary>Which flows a unicast reply can meet; the flows are those of the seed's nodes
/// and of Neutron's br-tun.</summary>
public sealed class UnicastFlowTests
{
    private const string Mac = "fa:16:3e:27:d6:30";

    [Theory]
    [InlineData("priority=3,tun_id=0x2,dl_dst=fa:16:3e:27:d6:30 actions=mod_vlan_vid:1,NORMAL", true, false)]
    [InlineData("priority=3,tun_id=0x2,dl_dst=fa:16:3e:49:fb:ed actions=mod_vlan_vid:1,NORMAL", false, false)]
    [InlineData("priority=3,tun_id=0x2,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00 actions=mod_vlan_vid:1,output:1",
        false, true)]
    [InlineData("priority=0,dl_dst=00:00:00:00:00:00/01:00:00:00:00:00 actions=resubmit(,20)", true, false)]
    [InlineData("priority=1,tun_id=0x230 actions=mod_vlan_vid:1,resubmit(,10)", true, true)]
    public void A_flow_takes_unicast_broadcast_or_both(string text, bool unicast, bool broadcast)
    {
        Assert.True(OvsFlowParser.TryParse(" cookie=0x0, duration=9s, table=0, n_packets=1, n_bytes=342, " + text,
            Recorded.Source("dump-flows"), out OvsFlow flow));
        Assert.Equal((unicast, broadcast), (FlowRoles.TakesUnicast(flow, Mac), FlowRoles.TakesBroadcast(flow)));
        Assert.False(FlowRoles.IsForMac(flow, Mac) && !FlowRoles.TakesUnicast(flow, Mac));
    }
}
