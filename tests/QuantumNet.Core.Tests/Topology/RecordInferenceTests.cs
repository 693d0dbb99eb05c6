using QuantumNet.Snapshots;
using QuantumNet.Topology;

namespace QuantumNet.Core.Tests.Topology;

public sealed class RecordInferenceTests
{
    private const string Network = "ad395e7b-87b3-4fbf-ba9e-fa04468c1ea9";

    private static CommandOutput Output(string node, string file, params string[] argv) => new()
    {
        ComputerName = node,
        Argv = argv,
        ExitStatus = 0,
        StandardOutput = System.Text.Encoding.UTF8.GetBytes(Samples.Text(file)),
    };

    private static CloudRecords Infer(params CommandOutput[] outputs) =>
        RecordInference.Infer(CloudReader.Read(new QuantumSnapshot { Outputs = outputs }).Nodes);

    /// <summary>The tables as one command prints them, one JSON text after the other.</summary>
    private static CommandOutput OpenVSwitch(string variant, string node)
    {
        string[] tables = ["Bridge", "Port", "Interface", "Controller", "Open_vSwitch"];
        IEnumerable<string> texts = tables.Select(
            table => Samples.Text($"neutron-zed/{variant}/{node}/ovs-vsctl-list-{table}.json"));
        return new CommandOutput
        {
            ComputerName = node,
            Argv = ["ovs-vsctl", "--format=json",
                .. string.Join(" -- ", tables.Select(table => "list " + table)).Split(' ')],
            ExitStatus = 0,
            StandardOutput = System.Text.Encoding.UTF8.GetBytes(string.Concat(texts)),
        };
    }

    private static CommandOutput[] Seed() =>
    [
        Output("compute1", "seed/compute1/ovs-vsctl-show.txt", "ovs-vsctl", "show"),
        Output("compute1", "seed/compute1/ovs-ofctl-dump-flows-br-tun.txt", "ovs-ofctl", "dump-flows", "br-tun"),
        Output("compute1", "seed/iptables-save.txt", "iptables-save") with { Collector = "Iptables" },
        Output("compute1", "seed/ip-link.txt", "ip", "link") with { Collector = "NodeLink" },
        Output("netnode", "seed/netnode/ovs-vsctl-show.txt", "ovs-vsctl", "show"),
        Output("netnode", "seed/netnode/ovs-ofctl-dump-flows-br-tun.txt", "ovs-ofctl", "dump-flows", "br-tun"),
        Output("netnode", "seed/ip-netns.txt", "ip", "netns"),
        Output("netnode", "seed/qdhcp-ip-address.txt", "ip", "netns", "exec",
            "qdhcp-6b71dbb8-e91c-47f0-92c4-47882007115d", "ip", "address"),
    ];

    [Fact]
    public void Open_vSwitch_tells_the_whole_id_the_network_and_the_instance()
    {
        CloudRecords records = Infer(OpenVSwitch("hybrid+gre", "compute1"), OpenVSwitch("hybrid+gre", "netnode"));

        QuantumPort port = Assert.Single(records.Ports, port => port.ComputerName == "compute1");
        Assert.Equal("43fefa8a-80d6-42f1-a9ac-27d17ccf4504", port.PortId);
        Assert.Equal(("fa:16:3e:b8:28:2a", Network), (port.Mac, port.NetworkId));
        Assert.Equal("4453fb8d-ed02-448f-95c3-82fb9c14c91e", port.DeviceId);
        Assert.Equal(RecordSource.Inferred, port.Source);
        Assert.Equal("4453fb8d-ed02-448f-95c3-82fb9c14c91e", Assert.Single(records.Instances).InstanceId);
        QuantumNetwork network = Assert.Single(records.Networks);
        Assert.Equal(("gre", (int?)992, ""), (network.NetworkType, network.SegmentationId, network.PhysicalNetwork));
    }

    [Fact]
    public void Without_ids_in_Open_vSwitch_devices_rules_and_flows_tell_the_rest()
    {
        CloudRecords records = Infer(Seed());

        QuantumPort instance = Assert.Single(records.Ports, port => port.ComputerName == "compute1");
        Assert.Equal("1408934f-93", instance.PortId);
        Assert.Equal(("fa:16:3e:1e:63:66", "172.241.0.2"), (instance.Mac, instance.IpAddress));
        Assert.Equal("6b71dbb8-e91c-47f0-92c4-47882007115d", instance.NetworkId);
        Assert.True(instance.HybridPlug);
        QuantumPort server = Assert.Single(records.Ports, port => port.IsDhcp);
        Assert.Equal(("9a41d8fa-a7", "netnode", "fa:16:3e:27:d6:30", "172.241.0.3"),
            (server.PortId, server.ComputerName, server.Mac, server.IpAddress));
        QuantumNetwork network = Assert.Single(records.Networks);
        Assert.Equal(("gre", (int?)1), (network.NetworkType, network.SegmentationId));
    }

    [Fact]
    public void Without_the_network_node_a_ports_network_is_unknown_and_stays_empty()
    {
        QuantumPort port = Assert.Single(Infer([.. Seed().Where(output => output.ComputerName == "compute1")]).Ports);

        Assert.Equal("", port.NetworkId);
        Assert.Equal("fa:16:3e:1e:63:66", port.Mac);
    }

    [Fact]
    public void A_hosts_tap_alone_does_not_tell_the_guests_mac()
    {
        QuantumPort port = Assert.Single(
            Infer(Output("compute1", "seed/ip-link.txt", "ip", "link") with { Collector = "NodeLink" }).Ports);

        Assert.Equal(("1408934f-93", "", ""), (port.PortId, port.Mac, port.IpAddress));
    }

    [Fact]
    public void Nothing_gathered_is_nothing_known()
    {
        CloudRecords records = RecordInference.Infer(new Dictionary<string, NodeState>());

        Assert.Empty(records.Ports);
        Assert.Empty(records.CollectedKinds);
    }

    [Fact]
    public void What_no_node_tells_is_not_among_the_kinds_collected() =>
        Assert.DoesNotContain("agent", Infer(Seed()).CollectedKinds);

    /// <summary>Found by tests/QuantumNet.Fuzz: it threw.</summary>
    [Fact]
    public void Range_of_IPv6_with_a_mask_of_IPv4_tells_no_subnet() =>
        Assert.Empty(Infer(Output("n1", "fuzz/dnsmasq-cmdline-v6-range-with-v4-mask.txt", "cat", "/proc/132/cmdline"))
            .Subnets);
}
