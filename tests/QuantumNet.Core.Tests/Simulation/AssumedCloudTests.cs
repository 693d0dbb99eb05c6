using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using QuantumNet.Core.Tests.Corpus;
using QuantumNet.Diagnosis;
using QuantumNet.Simulation.Assumptions;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Simulation;

/// <summary>Changes that are only supposed: what breaks a healthy cloud of the lab gives the verdict that the lab's own
/// fault gives, and what fixes a broken one makes it whole.</summary>
public sealed class AssumedCloudTests
{
    public static TheoryData<string, string, string> Breaking => new()
    {
        { "neutron-vxlan", "{compute}: ovs-vsctl clear port {device} tag", "QN4001" },
        { "neutron-vxlan", "{compute}: ovs-vsctl set port {device} tag=4095", "QN4002" },
        { "neutron-vxlan", "{compute}: ovs-ofctl del-flows br-tun", "QN4006" },
        { "neutron-vxlan", "{server}: ovs-ofctl del-flows br-tun table=4,tun_id={segment}", "QN5006" },
        { "neutron-vxlan", "{compute}: ovs-vsctl set interface {tunnel} options:remote_ip=192.0.2.1", "QN5002" },
        { "neutron-vxlan", "{compute}: iptables -I FORWARD -p udp --dport 67 -j DROP", "QN2006" },
        { "neutron-vxlan", "{compute}: iptables -I FORWARD 1 -j DROP", "QN2006" },
        { "neutron-vxlan", "{compute}: ip link set dev {tap} down", "QN2002" },
        { "neutron-vxlan", "{server}: ip netns exec {namespace} iptables -P INPUT DROP", "QN6022" },
        { "grizzly-gre", "{compute}: ovs-vsctl del-port br-int {device}", "QN4001" },
    };

    [Theory]
    [MemberData(nameof(Breaking))]
    public void What_breaks_a_healthy_cloud_gives_that_faults_verdict(string name, string change, string code)
    {
        (Cloud cloud, DhcpPathResult healthy) = Load(name);
        Assert.Equal(DhcpPathStatus.Ok, healthy.Status);
        DhcpPathResult result = Test(cloud, healthy.PortId, Filled(cloud, healthy, change));
        Assert.Equal((DhcpPathStatus.Broken, code), (result.Status, result.Cause));
        Assert.Equal(DhcpPathStatus.Ok, Test(cloud, healthy.PortId).Status);
    }

    public static TheoryData<string, string> Mending => new()
    {
        { "grizzly-gre/QN2002-tap", "{compute}: ip link set {tap} up" },
        { "grizzly-gre/QN2006-policy", "{compute}: iptables -P FORWARD ACCEPT" },
        { "grizzly-gre/QN4001-instance", "{compute}: ovs-vsctl set port {device} tag={tag}" },
        { "grizzly-gre/QN5006-dhcp",
            "{server}: ovs-ofctl add-flow br-tun "
                + "priority=3,tun_id={segment},dl_dst=01:00:00:00:00:00/01:00:00:00:00:00,"
                + "actions=mod_vlan_vid:{servertag},output:1" },
    };

    [Theory]
    [MemberData(nameof(Mending))]
    public void What_mends_a_broken_cloud_makes_it_whole(string name, string change)
    {
        (Cloud cloud, DhcpPathResult broken) = Load(name);
        Assert.Equal(DhcpPathStatus.Broken, broken.Status);
        (Cloud healthy, DhcpPathResult _) = Load(name.Split('/')[0]);
        DhcpPathResult result = Test(cloud, broken.PortId, Filled(healthy, broken, change));
        Assert.True(result.Status is DhcpPathStatus.Ok or DhcpPathStatus.Degraded, $"{result.Cause} {result.Summary}");
    }

    public static TheoryData<string, string> Impossible => new()
    {
        { "nowhere: ip link set eth0 up", "nothing was gathered from a node 'nowhere'" },
        { "{compute}: reboot", "it is none of the changes that can be assumed" },
        { "{compute}: ovs-vsctl set port qvo0 tag=2", "has no Open vSwitch port 'qvo0'" },
        { "{compute}: ovs-vsctl set port {device} tag=9999", "'9999' is not a VLAN" },
        { "{compute}: ovs-ofctl del-flows br-tun table=77", "no flow of br-tun matches 'table=77'" },
        { "{compute}: ovs-ofctl add-flow br-tun priority=5", "a flow needs actions=" },
        { "{compute}: ovs-ofctl del-flows br-none", "has no bridge 'br-none'" },
        { "{compute}: iptables -D FORWARD -s 192.0.2.1 -j DROP", "FORWARD has no such rule" },
        { "{compute}: iptables -A NONE -j DROP", "has no chain 'NONE' in the filter table" },
        { "{compute}: ip link set nic7 up", "has no device 'nic7'" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_cannot_be_changed_is_told(string change, string why)
    {
        (Cloud cloud, DhcpPathResult healthy) = Load("neutron-vxlan");
        AssumedCloud.Of(cloud, [Filled(cloud, healthy, change)], out IReadOnlyList<(Assumption, string Why)> problems);
        Assert.Contains(why, Assert.Single(problems).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Copy_of_a_node_holds_everything_that_the_node_holds()
    {
        (Cloud cloud, DhcpPathResult healthy) = Load("grizzly-gre");
        NodeState node = cloud.Node(healthy.DhcpNodes[0])!;
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        PropertyInfo[] lists = Array.FindAll(typeof(NodeState).GetProperties(all),
            one => one.PropertyType.IsGenericType && typeof(IList).IsAssignableFrom(one.PropertyType));
        foreach (PropertyInfo property in lists)
            ListOf(node, property).Add(
                RuntimeHelpers.GetUninitializedObject(property.PropertyType.GetGenericArguments()[0]));
        NodeState copy = node.Copy();
        foreach (PropertyInfo property in lists)
        {
            Assert.True(ListOf(node, property).Count == ListOf(copy, property).Count, property.Name);
            Assert.NotSame(ListOf(node, property), ListOf(copy, property));
        }
        Assert.Equal(node.Sysctls, copy.Sysctls);
    }

    private static IList ListOf(NodeState node, PropertyInfo property) => (IList)property.GetValue(node)!;

    [Fact]
    public void Rules_are_deleted_in_the_words_that_list_them()
    {
        (Cloud cloud, DhcpPathResult healthy) = Load("neutron-vxlan");
        NodeState node = cloud.Node(healthy.ComputeNode)!;
        foreach (IptablesRule rule in node.IptablesRules.Where(rule => rule.Namespace.Length == 0).Take(20))
        {
            string words = rule.RawText[(rule.RawText.IndexOf("-A ", StringComparison.Ordinal) + "-A ".Length)..];
            Assumption change = new(node.ComputerName, ["iptables", "-t", rule.Table, "-D", .. Words(words)]);
            Cloud changed = AssumedCloud.Of(cloud, [change], out IReadOnlyList<(Assumption, string)> problems);
            Assert.Empty(problems);
            Assert.Equal(node.IptablesRules.Count - 1, changed.Node(node.ComputerName)!.IptablesRules.Count);
        }
    }

    private static string[] Words(string text) => ShellWords.Split(text, out _)!;

    private static (Cloud Cloud, DhcpPathResult Result) Load(string name)
    {
        CorpusCase one = CorpusCase.All[name];
        Cloud cloud = CloudReader.Read(one.Load());
        return (cloud, Test(cloud, one.Ports[0]));
    }

    private static DhcpPathResult Test(Cloud cloud, string portId, params Assumption[] changes)
    {
        Cloud changed = AssumedCloud.Of(cloud, changes, out IReadOnlyList<(Assumption, string)> problems);
        Assert.Empty(problems);
        return new DhcpPathTester(changed).Test(changed.Records.Ports.Single(port => port.PortId == portId));
    }

    private static Assumption Filled(Cloud cloud, DhcpPathResult of, string text)
    {
        NodeState compute = cloud.Node(of.ComputeNode)!;
        OvsPort? device = compute.OvsPorts.Find(port => port.PortId == of.PortId);
        QuantumNetwork? network = cloud.Records.Networks.FirstOrDefault(one => one.NetworkId == of.NetworkId);
        string server = of.DhcpNodes[0];
        string? address = cloud.Nodes[server].OvsPorts.Find(port => port.LocalIp.Length > 0)?.LocalIp;
        (string Name, string? Value)[] places =
        [
            ("compute", of.ComputeNode), ("server", server), ("device", device?.Device),
            ("tap", "tap" + of.PortId[..11]), ("tag", $"{device?.Tag}"), ("segment", $"0x{network?.SegmentationId:x}"),
            ("servertag", $"{cloud.Nodes[server].OvsPorts.Find(port => port.Tag is not null)?.Tag}"),
            ("namespace", "qdhcp-" + of.NetworkId),
            ("tunnel", compute.OvsPorts.Find(port => port.RemoteIp.Length > 0 && port.RemoteIp == address)?.Device),
        ];
        foreach ((string name, string? value) in places)
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        string[] parts = text.Split(": ", 2);
        return new Assumption(parts[0], Words(parts[1]));
    }
}
