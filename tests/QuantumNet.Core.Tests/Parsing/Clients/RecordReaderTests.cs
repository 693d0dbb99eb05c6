using System.Text;
using QuantumNet.Parsing.Clients;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Parsing.Clients;

public class RecordReaderTests
{
    private const string Controller = "neutron-zed/hybrid+gre/controller/";
    private readonly List<ParseIssue> _issues = [];

    [Fact]
    public void Tables_of_2013_become_the_same_records()
    {
        CloudRecords records = Read(
            Client("seed/quantum-net-show.txt", "quantum", "net-show", "net1"),
            Client("seed/quantum-subnet-show.txt", "quantum", "subnet-show", "ad970f3f-4ceb-4565-b897-1cd0fe34cd5b"),
            Client("seed/quantum-port-list.txt", "quantum", "port-list",
                "--device_id=44e362ba-e8a4-4bae-b0ea-5477666632c9"),
            Client("seed/quantum-port-show.txt", "quantum", "port-show", "9a41d8fa-a745-4411-b9f8-daa182f38527"),
            Client("seed/nova-list.txt", "nova", "list"),
            Client("seed/nova-console-log.txt", "nova", "console-log", "test-instance1"));

        Assert.Empty(_issues);
        Assert.Equal(RecordSource.Client, records.Source);
        Assert.Equal(["console", "instance", "network", "port", "subnet"], records.CollectedKinds.Order());

        QuantumNetwork network = Assert.Single(records.Networks);
        Assert.Equal(("net1", "gre", 1, true, "ACTIVE"),
            (network.Name, network.NetworkType, network.SegmentationId, network.AdminStateUp, network.Status));
        Assert.Equal(["ad970f3f-4ceb-4565-b897-1cd0fe34cd5b"], network.SubnetIds);

        QuantumSubnet subnet = Assert.Single(records.Subnets);
        Assert.Equal(("172.241.0.0/24", "172.241.0.1", true), (subnet.Cidr, subnet.GatewayIp, subnet.EnableDhcp));
        Assert.Equal(["172.241.0.2-172.241.0.254"], subnet.AllocationPools);

        QuantumPort port = records.Ports[0];
        Assert.Equal("1408934f-93f9-415c-9c3a-3528f1a1f445", port.PortId);
        Assert.Equal("44e362ba-e8a4-4bae-b0ea-5477666632c9", port.DeviceId);
        Assert.Equal(("fa:16:3e:1e:63:66", "172.241.0.2"), (port.Mac, port.IpAddress));
        Assert.Equal(network.NetworkId, port.NetworkId);
        Assert.True(records.Ports[1].IsDhcp);
        Assert.Equal("ovs", records.Ports[1].VifType);

        NovaInstance instance = Assert.Single(records.Instances);
        Assert.Equal(("test-instance1", "ACTIVE"), (instance.Name, instance.Status));
        Assert.Equal(["net1=172.241.0.2"], instance.Networks);

        ConsoleLog console = Assert.Single(records.ConsoleLogs);
        Assert.Equal(instance.InstanceId, console.InstanceId);
        Assert.Equal((ConsoleVerdict.NoLease, 3), (console.Verdict, console.DiscoverCount));
    }

    [Theory]
    [InlineData("hybrid+gre", "gre", true)]
    [InlineData("hybrid+vxlan", "vxlan", true)]
    [InlineData("ovsfw+vxlan", "vxlan", false)]
    public void The_rest_api_tells_everything(string variant, string networkType, bool hybrid)
    {
        CloudRecords records = Read(
            Rest(variant, "networks", "http://10.0.20.10:9696/v2.0/networks"),
            Rest(variant, "subnets", "http://10.0.20.10:9696/v2.0/subnets"),
            Rest(variant, "ports", "http://10.0.20.10:9696/v2.0/ports?limit=500"),
            Rest(variant, "port", "http://10.0.20.10:9696/v2.0/ports/43fefa8a-80d6-42f1-a9ac-27d17ccf4504"),
            Rest(variant, "agents", "http://10.0.20.10:9696/v2.0/agents"),
            Rest(variant, "security-groups", "http://10.0.20.10:9696/v2.0/security-groups"),
            Rest(variant, "dhcp-agents", $"http://10.0.20.10:9696/v2.0/networks/{NetworkId(variant)}/dhcp-agents"));

        Assert.Empty(_issues);
        Assert.Equal(RecordSource.Api, records.Source);
        QuantumNetwork network = Assert.Single(records.Networks);
        Assert.Equal(networkType, network.NetworkType);
        Assert.NotNull(network.SegmentationId);
        Assert.NotNull(network.Mtu);
        Assert.Equal(2, records.Ports.Count);
        QuantumPort guest = Assert.Single(records.Ports, port => port.DeviceOwner == "compute:nova");
        Assert.Equal(("compute1", hybrid, network.NetworkId), (guest.ComputerName, guest.HybridPlug, guest.NetworkId));
        Assert.Single(guest.SecurityGroupIds);
        Assert.Equal(3, records.Agents.Count);
        QuantumAgent agent = records.Agents.First(agent => agent.AgentType == "Open vSwitch agent");
        Assert.True(agent.Alive);
        Assert.StartsWith("10.0.20.", agent.TunnelIp, StringComparison.Ordinal);
        Assert.Equal([networkType], agent.TunnelTypes);
        Assert.Equal(["physnet1:br-vlan"], agent.BridgeMappings);
        Assert.Equal(2026, agent.HeartbeatAt?.Year);
        DhcpAgentBinding binding = Assert.Single(records.DhcpAgentBindings);
        Assert.Equal((network.NetworkId, "netnode", true), (binding.NetworkId, binding.ComputerName, binding.Alive));
        Assert.Equal(4, records.SecurityGroupRules.Count);
        Assert.All(records.SecurityGroupRules, rule => Assert.Equal("default", rule.SecurityGroupName));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("table")]
    public void The_openstack_client_tells_the_same_as_json_and_as_table(string format)
    {
        CloudRecords records = Read(
            Client($"{Controller}port-list-long.{format}", "openstack", "port", "list", "--long", "-f", format),
            Client($"{Controller}port-show.{format}", "openstack", "port", "show", "vm1", "-f", format),
            Client($"{Controller}network-show.{format}", "openstack", "network", "show", "demo", "-f", format),
            Client($"{Controller}subnet-show.{format}", "openstack", "subnet", "show", "demo-subnet", "-f", format),
            Client($"{Controller}agent-list.{format}", "openstack", "network", "agent", "list", "-f", format),
            Client($"{Controller}security-group-rule-list.{format}", "openstack", "security", "group",
                "rule", "list", "--long"),
            Client($"{Controller}agent-list-network.json", "openstack", "network", "agent", "list",
                "--network", "demo", "-f", "json"));

        Assert.Empty(_issues);
        QuantumPort port = records.Ports[0];
        Assert.Equal(2, records.Ports.Count);
        Assert.Equal(("vm1", "compute1", "compute:nova"), (port.Name, port.ComputerName, port.DeviceOwner));
        Assert.Equal("4453fb8d-ed02-448f-95c3-82fb9c14c91e", port.DeviceId);
        Assert.Equal("10.10.0.29", port.IpAddress);
        Assert.Equal(["6c7567d3-13e0-49be-ba7b-561c83d2a13c"], port.SecurityGroupIds);
        Assert.True(port.HybridPlug);
        Assert.True(port.AdminStateUp);
        Assert.Equal(("gre", 992, 1458, false), Of(records.Networks[0]));
        Assert.Equal(["10.10.0.2-10.10.0.254"], records.Subnets[0].AllocationPools);
        Assert.Equal(["10.10.0.53"], records.Subnets[0].DnsNameServers);
        Assert.Equal(3, records.Agents.Count);
        Assert.All(records.Agents, agent => Assert.True(agent.Alive && agent.AdminStateUp));
        Assert.Equal(NetworkId("hybrid+gre"), Assert.Single(records.DhcpAgentBindings).NetworkId);
        Assert.All(records.SecurityGroupRules, rule => Assert.Equal("", rule.RemoteIpPrefix + rule.Protocol));
        Assert.All(records.Ports, other => Assert.Equal(NetworkId("hybrid+gre"), other.NetworkId));

        static (string, int?, int?, bool) Of(QuantumNetwork network) =>
            (network.NetworkType, network.SegmentationId, network.Mtu, network.External);
    }

    [Fact]
    public void The_neutron_client_finds_the_network_of_a_binding_by_name()
    {
        CloudRecords records = Read(
            Client($"{Controller}neutron-dhcp-agent-list-hosting-net.txt", "neutron",
                "dhcp-agent-list-hosting-net", "demo"),
            Client($"{Controller}neutron-net-show.txt", "neutron", "net-show", "demo"),
            Client($"{Controller}neutron-port-list.txt", "neutron", "port-list"),
            Client($"{Controller}neutron-port-show.txt", "neutron", "port-show",
                "43fefa8a-80d6-42f1-a9ac-27d17ccf4504"));

        Assert.Empty(_issues);
        DhcpAgentBinding binding = Assert.Single(records.DhcpAgentBindings);
        Assert.Equal(("netnode", true, records.Networks[0].NetworkId),
            (binding.ComputerName, binding.Alive, binding.NetworkId));
        Assert.True(records.Ports[0].HybridPlug);
        Assert.Equal("compute1", records.Ports[0].ComputerName);
        Assert.DoesNotContain("agent", records.CollectedKinds);
    }

    [Fact]
    public void A_list_and_a_show_of_one_port_are_one_record_with_the_fuller_evidence()
    {
        CommandOutput list = Client($"{Controller}port-list.json", "openstack", "port", "list", "-f", "json");
        CommandOutput show = Client($"{Controller}port-show.json", "openstack", "port", "show", "vm1", "-f", "json");

        QuantumPort listFirst = Read(list, show).Ports[0];
        QuantumPort showFirst = Read(show, list).Ports[0];

        Assert.Equal("openstack port show vm1 -f json", listFirst.Command);
        Assert.Contains("binding_host_id", listFirst.RawText, StringComparison.Ordinal);
        Assert.Equal(listFirst.ToString(), showFirst.ToString());
        Assert.Equal(listFirst.RawText, showFirst.RawText);
    }

    [Fact]
    public void What_failed_is_no_record_and_what_does_not_exist_is_no_failure()
    {
        CommandOutput missing = Client($"{Controller}port-show-missing.txt", "openstack", "port", "show", "x") with
        {
            ExitStatus = 1,
            StandardError = "No Port found for 00000000-0000-0000-0000-000000000000",
        };
        CommandOutput refused = Rest("hybrid+gre", "port-missing", "http://10.0.20.10:9696/v2.0/ports")
            with { ExitStatus = 403 };

        CloudRecords records = Read(missing, refused);

        Assert.Empty(records.CollectedKinds);
        Assert.Empty(records.Ports);
        GatherFailure failure = Assert.Single(RecordReader.ReadFailures([missing, refused]));
        Assert.Equal(("QN9003", "GET http://10.0.20.10:9696/v2.0/ports"), (failure.Code, failure.Command));
        Assert.StartsWith("HTTP 403", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_command_is_reported()
    {
        Read(Client("seed/nova-list.txt", "heat", "stack-list"));

        Assert.Equal("Unknown request", Assert.Single(_issues).Reason);
    }

    [Fact]
    public void A_cut_answer_is_reported_with_its_place()
    {
        CommandOutput output = Client($"{Controller}port-list.json", "openstack", "port", "list", "-f", "json");

        Read(output with { StandardOutput = output.StandardOutput[..200] });

        Assert.Equal("Not valid JSON", Assert.Single(_issues).Reason);
        Assert.True(_issues[0].LineNumber > 1);
    }

    [Fact]
    public void Mutated_answers_never_throw()
    {
        (string, string[])[] samples =
        [
            ("seed/quantum-port-show.txt", ["quantum", "port-show", "x"]),
            ($"{Controller}port-list-long.table", ["openstack", "port", "list"]),
            ($"{Controller}agent-show-ovs.json", ["openstack", "network", "agent", "show", "x"]),
            ($"{Controller}security-group-rule-list.table", ["openstack", "security", "group", "rule", "list"]),
            ("seed/nova-list.txt", ["nova", "list"]),
        ];
        foreach ((string path, string[] argv) in samples)
            Mutations.NeverThrow(Samples.Text(path),
                text => RecordReader.Read([Output(text, argv)], new List<ParseIssue>()));
    }

    private CloudRecords Read(params CommandOutput[] outputs) => RecordReader.Read(outputs, _issues);

    private static string NetworkId(string variant)
    {
        string host = Samples.Text($"neutron-zed/{variant}/netnode/dnsmasq/cmdline.txt");
        int start = host.IndexOf("/dhcp/", StringComparison.Ordinal) + "/dhcp/".Length;
        return host.Substring(start, 36);
    }

    private static CommandOutput Client(string path, params string[] argv) => Output(Samples.Text(path), argv);

    private static CommandOutput Rest(string variant, string name, string url)
    {
        string message = Samples.Text($"neutron-zed/{variant}/controller/rest/{name}.http").ReplaceLineEndings("\n");
        int body = message.IndexOf("\n\n", StringComparison.Ordinal) + 2;
        return Output(message[body..], ["GET", url]) with { ExitStatus = 200 };
    }

    private static CommandOutput Output(string text, string[] argv) => new()
    {
        ComputerName = "controller",
        Argv = argv,
        ExitStatus = argv[0] is "GET" or "POST" ? 200 : 0,
        StandardOutput = Encoding.UTF8.GetBytes(text),
    };
}
