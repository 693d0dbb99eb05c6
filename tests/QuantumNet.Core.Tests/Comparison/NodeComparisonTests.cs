using QuantumNet.Comparison;
using QuantumNet.Core.Tests.Corpus;
using QuantumNet.Parsing;
using QuantumNet.Parsing.Ovs;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Comparison;

/// <summary>Two nodes of one time: peers that are well do not differ, whatever their ids, addresses, VLANs and numbers;
/// a fault of one is named by the other.</summary>
public sealed class NodeComparisonTests
{
    public static TheoryData<string, string, string> Peers
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (string cloud in CorpusCase.All.Keys.Where(name => !name.Contains('/')))
            {
                string[] nodes = [.. Read(cloud).Nodes.Keys.Order(StringComparer.Ordinal)];
                foreach (string one in nodes)
                {
                    foreach (string other in nodes.Where(node => node != one))
                        all.Add(cloud, one, other);
                }
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public void Healthy_peers_do_not_differ(string cloud, string one, string other) =>
        Assert.Empty(Compare(Read(cloud), one, other).Select(difference => difference.ToString()));

    [Theory]
    [InlineData("grizzly-direct/QN5007-unicast", "br-tun table 0 priority 3 tun_id", "flow")]
    [InlineData("grizzly-gre/QN2001-tap", "tapb0724aba-5e", "master")]
    [InlineData("grizzly-gre/QN2002-qbr", "qbrb0724aba-5e", "state")]
    [InlineData("grizzly-gre/QN2003-tap", "tapb0724aba-5e", "device")]
    [InlineData("grizzly-gre/QN2006-policy", "FORWARD", "rule")]
    [InlineData("grizzly-gre/QN3001-port", "b0724aba-5", "chain")]
    [InlineData("grizzly-gre/QN3002-rule", "quantum-openvswi-ib0724aba-5", "rule")]
    [InlineData("grizzly-gre/QN3003-behind", "quantum-openvswi-ob0724aba-5", "order")]
    [InlineData("grizzly-gre/QN3006-noop", "firewall_driver", "value")]
    [InlineData("grizzly-gre/QN4001-instance", "qvob0724aba-5e", "tag")]
    [InlineData("grizzly-gre/QN4004-trunk", "qvob0724aba-5e", "trunks")]
    [InlineData("grizzly-gre/QN4005-instance", "qvob0724aba-5e", "tag")]
    [InlineData("grizzly-gre/QN4007-peer", "patch-tun", "peer")]
    [InlineData("grizzly-gre/QN5001-compute", "gre-25", "port")]
    [InlineData("grizzly-gre/QN5008-key", "br-tun table 0 priority 4", "actions")]
    [InlineData("grizzly-gre/QN5009-out_key", "gre-25", "options")]
    [InlineData("neutron-flat/QN5018-uplink", "eth1", "port")]
    [InlineData("neutron-vlan/QN4005-instance", "qvo29c0047c-fd", "tag")]
    [InlineData("neutron-vlan/QN5018-down", "eth1", "state")]
    [InlineData("neutron-vxlan/QN5001-compute", "vxlan-0a2f3e3e", "port")]
    [InlineData("neutron-vxlan/QN5002-local", "local_ip", "value")]
    [InlineData("neutron-vxlan/QN5006-compute", "br-tun table 4 priority 1 tun_id=0xcf90", "flow")]
    [InlineData("neutron-vxlan/QN5008-missing", "br-tun table 22 priority 1 dl_vlan", "flow")]
    public void Fault_of_one_node_is_the_first_difference(string name, string thing, string what)
    {
        QuantumDifference first = Compare(Read(name), "compute2", "compute1")[0];
        Assert.Equal((what, "compute1", "compute2"), (first.What, first.ComputerName, first.ReferenceComputerName));
        Assert.Contains(thing, first.Object, StringComparison.Ordinal);
    }

    [Fact]
    public void Port_keeps_to_its_own_things()
    {
        Cloud cloud = Read("grizzly-gre/QN2001-tap");
        QuantumDifference first = Assert.Single(Compare(cloud, "compute2", "compute1", Port(cloud, "b0724aba")));
        Assert.Equal(("master", true), (first.What, first.IsOnPath));
        Assert.Empty(Compare(cloud, "compute2", "compute1", Port(cloud, "86cce3b8")));
    }

    // Each agent numbers the conjunctions of remote groups as they come.
    [Fact]
    public void Conjunctions_are_the_same_whatever_their_numbers()
    {
        Cloud cloud = Read("neutron-ovsfw");
        AddConjunction(cloud.Nodes["compute1"], 16);
        AddConjunction(cloud.Nodes["compute2"], 40);
        Assert.Empty(Compare(cloud, "compute2", "compute1"));
        cloud.Nodes["compute1"].OvsFlows.RemoveAll(flow =>
            flow.RawText.Contains("conjunction(16,1/2)", StringComparison.Ordinal));
        Assert.Equal("flow", Assert.Single(Compare(cloud, "compute2", "compute1")).What);
    }

    private static void AddConjunction(NodeState node, int id) => node.OvsFlows.AddRange(OvsFlowParser.ParseAll(
        $" table=82, priority=70,ct_state=+new-est,ip,nw_src=10.9.9.9 actions=conjunction({id},1/2)\n"
            + $" table=82, priority=70,ct_state=+new-est,tcp,tp_dst=22 actions=conjunction({id},2/2)\n"
            + $" table=82, priority=70,conj_id={id},ct_state=+new-est,ip actions=drop\n",
        new TextSource(node.ComputerName, "ovs-ofctl dump-flows br-int", []) { Bridge = "br-int" }));

    // Both serve the network: the second's dnsmasq is gone, its namespace is not.
    [Fact]
    public void Server_that_one_node_lacks_is_told()
    {
        Cloud cloud = Read("two-dhcp-agents");
        string[] servers = [.. cloud.Nodes.Values.Where(node => node.DhcpServers.Count > 0)
            .Select(node => node.ComputerName).Order(StringComparer.Ordinal)];
        cloud.Nodes[servers[1]].DhcpServers.Clear();
        QuantumDifference first = Compare(cloud, servers[0], servers[1])[0];
        Assert.Equal(("dnsmasq", servers[1], DifferenceChange.Removed),
            (first.What, first.ComputerName, first.Change));
    }

    private static QuantumDifference[] Compare(
        Cloud cloud, string reference, string difference, params QuantumPort[] ports) =>
            new SnapshotComparison(cloud, cloud, new() { Nodes = (reference, difference), Ports = ports }).Compare();

    private static QuantumPort Port(Cloud cloud, string id) =>
        cloud.Records.Ports.First(port => port.PortId.StartsWith(id, StringComparison.Ordinal));

    private static Cloud Read(string name) => CloudReader.Read(CorpusCase.All[name].Load());
}
