using QuantumNet.Core.Tests.Corpus;
using QuantumNet.Diagnosis;
using QuantumNet.Paths;
using QuantumNet.Snapshots;
using QuantumNet.Topology;

namespace QuantumNet.Core.Tests.Diagnosis;

/// <summary>An instance asked from its network's router: clouds of the corpus to which a router is added, plugged
/// beside the DHCP server.</summary>
public sealed class RouterReachabilityTests
{
    private const string RouterId = "0d9a6d3a-3b0f-4ea2-9d0b-3ad4f4c9d6b1",
        Interface = "7c1fd5be-46f3-4a2e-8d3d-64b8dbb33a51", Mac = "fa:16:3e:99:01:02";

    [Fact]
    public void Packets_are_followed_from_the_routers_device_and_the_ports_chain_drops_the_connection()
    {
        InstanceReachabilityResult result = Test(WithRouter("neutron-vxlan"));
        Assert.Equal(("netnode", $"qrouter-{RouterId}"), (result.FromNode, result.FromNamespace));
        Assert.Equal((DhcpPathStatus.Broken, "QN3014"), (result.Status, result.Cause));
        Assert.Equal([HopAction.Forwarded, HopAction.Dropped, HopAction.Dropped],
            result.Probes.Select(probe => probe.Simulated));
    }

    [Fact]
    public void Answer_to_a_MAC_that_the_routers_node_has_no_flow_for_is_lost_there()
    {
        InstanceReachabilityResult result = Test(WithRouter("grizzly-gre"));
        Assert.Equal((DhcpPathStatus.Broken, "netnode", "br-tun"),
            (result.Status, result.ComputerName, result.Object));
    }

    /// <summary>A router has no part in a dead dnsmasq, its files and its leases.</summary>
    [Theory]
    [InlineData("QN6005-dead")]
    [InlineData("QN6008-line")]
    [InlineData("QN6011-lease")]
    public void Fault_of_the_DHCP_server_is_none_of_the_router(string fault) =>
        Assert.Equal("QN3014", Test(WithRouter($"neutron-vxlan/{fault}")).Cause);

    [Fact]
    public void Fault_of_the_way_has_its_code()
    {
        foreach (string fault in (string[])["QN5001-compute", "QN4001-instance", "QN5009-in_key"])
        {
            InstanceReachabilityResult result = Test(WithRouter($"neutron-vxlan/{fault}"));
            Assert.Equal((DhcpPathStatus.Broken, fault.Split('-')[0]), (result.Status, result.Cause));
        }
    }

    [Fact]
    public void Device_that_is_not_in_the_switch_is_told()
    {
        Cloud cloud = WithRouter("neutron-vxlan");
        cloud.Node("netnode")!.OvsPorts.RemoveAll(port => port.PortId == Interface);
        InstanceReachabilityResult result = Test(cloud);
        Assert.Equal(DhcpPathStatus.Broken, result.Status);
        Assert.Contains("has no port qr-7c1fd5be-46", result.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { "UP" }, true, "")]
    [InlineData(new[] { "UP" }, false, "has no address")]
    [InlineData(new string[0], true, "is down")]
    public void Device_asks_only_when_it_is_up_and_has_its_address(string[] flags, bool isAddressed, string reason)
    {
        Cloud cloud = WithRouter("neutron-vxlan");
        QuantumPort router = cloud.Records.Ports.First(port => port.PortId == Interface);
        cloud.Node("netnode")!.Links.Add(new() { Device = "qr-7c1fd5be-46", Namespace = $"qrouter-{RouterId}",
            Flags = flags, Addresses = isAddressed ? [router.IpAddress + "/24"] : [] });
        InstanceReachabilityResult result = Test(cloud);
        Assert.Equal(reason.Length == 0 ? "QN3014" : "QN7005", result.Cause);
        Assert.Contains(reason, result.Summary, StringComparison.Ordinal);
        IReadOnlyList<ReachabilityQuestion> questions = Tester(cloud).QuestionsFor(PortOf(cloud), 22, 1);
        Assert.All(questions, one => Assert.Equal(["ip", "netns", "exec", $"qrouter-{RouterId}"], one.Argv[..4]));
        Assert.Equal("qr-7c1fd5be-46", questions[^1].Argv[^1]);
    }

    [Fact]
    public void Network_without_a_router_has_nobody_to_ask_from()
    {
        Cloud cloud = CloudReader.Read(CorpusCase.All["neutron-vxlan"].Load());
        Assert.False(Tester(cloud).HasOrigin(PortOf(cloud)));
        Assert.Equal(DhcpPathStatus.Unknown, Test(cloud).Status);
        Assert.True(new ReachabilityTester(cloud).HasOrigin(PortOf(cloud)));
        Cloud with = WithRouter("neutron-vxlan");
        Assert.True(Tester(with).HasOrigin(PortOf(with)));
    }

    /// <summary>The same interface is on several nodes: of a highly available router one has the address, of a
    /// distributed one the instance's own node hears the answers.</summary>
    [Theory]
    [InlineData("network:ha_router_replicated_interface", "compute2", "compute2")]
    [InlineData("network:ha_router_replicated_interface", "", "netnode")]
    [InlineData("network:router_interface_distributed", "", "compute1")]
    public void Node_that_can_ask_is_chosen(string owner, string addressed, string expected)
    {
        Cloud cloud = WithRouter("neutron-vxlan", owner);
        QuantumPort router = cloud.Records.Ports.First(port => port.PortId == Interface);
        OvsPort plugged = cloud.Node("netnode")!.OvsPorts.First(port => port.PortId == Interface);
        foreach (string node in (string[])["compute1", "compute2"])
            cloud.Node(node)!.OvsPorts.Add(plugged with { ComputerName = node });
        if (addressed.Length > 0)
            cloud.Node(addressed)!.Links.Add(new() { Device = plugged.Device, Namespace = $"qrouter-{RouterId}",
                Flags = ["UP"], Addresses = [router.IpAddress + "/24"] });
        Assert.Equal(expected,
            RouterSites.Find(new CloudView(cloud), router.NetworkId, "compute1")[0].NodeName);
    }

    private static Cloud WithRouter(string name, string owner = "network:router_interface")
    {
        Cloud cloud = CloudReader.Read(CorpusCase.All[name].Load());
        NodeState node = cloud.Node("netnode")!;
        QuantumPort dhcp = cloud.Records.Ports.First(port => port.IsDhcp);
        OvsPort plugged = node.OvsPorts.First(port => port.Device == DeviceNames.Tap(dhcp.PortId));
        node.OvsPorts.Add(plugged with
        {
            PortId = Interface, Device = DeviceNames.RouterInterface(Interface), OfPort = 99,
        });
        QuantumPort router = dhcp with
        {
            PortId = Interface, DeviceId = RouterId, DeviceOwner = owner, Mac = Mac,
            ComputerName = owner.EndsWith("distributed", StringComparison.Ordinal) ? "" : "netnode",
            IpAddress = cloud.Records.Subnets[0].GatewayIp,
        };
        return new()
        {
            Nodes = cloud.Nodes, Issues = cloud.Issues, CollectedAt = cloud.CollectedAt,
            Records = cloud.Records with { Ports = [.. cloud.Records.Ports, router] },
        };
    }

    private static ReachabilityTester Tester(Cloud cloud) => new(cloud, ReachabilityOrigin.Router);

    private static InstanceReachabilityResult Test(Cloud cloud) => Tester(cloud).Test(PortOf(cloud), 22);

    private static QuantumPort PortOf(Cloud cloud) => cloud.Records.Ports.First(port =>
        CorpusCase.All.Values.Any(one => !one.Name.Contains('/') && one.Ports.Contains(port.PortId)));
}
