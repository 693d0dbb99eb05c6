using System.IO.Compression;
using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Snapshots;

/// <summary>A sosreport's folder, put together of real outputs under the names that sos gives them.</summary>
public sealed class SosReportTests : IDisposable
{
    private const string Ovs = "openvswitch-3.1/forms/";
    private readonly string _folder = Directory.CreateTempSubdirectory("qn-sos-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sosreport_of_a_network_node_gives_what_it_holds()
    {
        Copy("sos_commands/networking/ip_-s_-d_link", "iproute2-6.1.0/ip-dlinkshow.txt");
        Copy("sos_commands/networking/ip_-o_addr", "iproute2-6.1.0/ip-oaddr.txt");
        Copy("sos_commands/networking/ip_netns_exec_qrouter-1_iptables-save", "iptables-1.8.9/save-c.txt");
        Copy("sos_commands/firewall_tables/iptables_-vnxL", "iptables-1.8.9/vnxL.txt");
        Copy("sos_commands/firewall_tables/iptables_-t_nat_-nvL", "iptables-1.8.9/t-nat-nvL-line-numbers.txt");
        Copy("sos_commands/process/ps_auxwwwm", "procps-4.0.2/auxwwwm.txt");
        Copy("sos_commands/openvswitch/ovs-vsctl_-t_5_show", Ovs + "show.txt");
        Copy("sos_commands/openvswitch/ovs-vsctl_-t_5_list_interface", Ovs + "list-interface.txt");
        Copy("sos_commands/openvswitch/ovs-appctl_bridge.dump-flows_--offload-stats_br-lab",
            Ovs + "bridge-dump-flows--offload-stats.txt");
        Copy("sos_commands/openvswitch/ovs-ofctl_-O_OpenFlow13_dump-flows_br-lab", Ovs + "dump-flows-O13.txt");
        Write("sos_commands/openvswitch/ovs-appctl_fdb.show_br-lab",
            " port  VLAN  MAC                Age\n    7     3  fa:16:3e:4d:2f:1c   12\n");
        Write("etc/neutron/plugins/ml2/openvswitch_agent.ini", "[ovs]\nlocal_ip = 192.0.2.128\n");

        NodeState node = CloudReader.Read(SnapshotReader.Load(_folder)).Nodes.Values.Single();
        Assert.Contains("192.0.2.128/24", Assert.Single(node.Links, link => link.Device == "qvo4d2f1c9a").Addresses);
        OvsPort plugged = Assert.Single(node.OvsPorts, port => port.Device == "qvo4d2f1c9a-03");
        Assert.Equal(("br-lab", 7, "4d2f1c9a-0333-4444-8555-666677778888"),
            (plugged.Bridge, plugged.OfPort, plugged.PortId));
        Assert.Equal("fa:16:3e:4d:2f:1c", Assert.Single(node.OvsFdbEntries).Mac);
        Assert.Equal("192.0.2.128", Assert.Single(node.AgentConfigs).Value);
        Assert.Contains(node.DhcpServers, server => server.ProcessId == 2860);
        Assert.Contains(node.IptablesRules, rule => rule is { Namespace: "", Table: "filter", Target: "REJECT" });
        Assert.Contains(node.IptablesRules, rule => rule is { Namespace: "", Table: "nat", Target: "MASQUERADE" });
        Assert.Contains(node.IptablesRules, rule => rule is { Namespace: "qrouter-1", Table: "raw" });
        Assert.StartsWith("ovs-ofctl", Assert.Single(node.OvsFlows.Select(flow => flow.Command).Distinct()));
    }

    [Fact]
    public void Rotated_and_compressed_logs_are_read_in_the_order_of_time()
    {
        Write("sos_commands/date/date", "Thu Feb 10 16:19:17 UTC 2022\n");
        Write("var/log/neutron/neutron-dhcp-agent.log", "2022-02-10 01:00:00.000 1590 INFO neutron.agent [-] today\n");
        Write("var/log/neutron/neutron-dhcp-agent.log.1",
            "2022-02-09 01:00:00.000 1590 INFO neutron.agent [-] yesterday\n");
        Pack("var/log/neutron/neutron-dhcp-agent.log.2.gz",
            "2022-02-08 01:00:00.000 1590 INFO neutron.agent [-] before\n");
        Pack("var/log/syslog.2.gz", "Feb  8 02:00:00 n1 dnsmasq-dhcp[9]: DHCPDISCOVER(tap1) fa:16:3e:4d:2f:1c\n");

        QuantumSnapshot snapshot = SnapshotReader.Load(_folder, error => Assert.Fail(error.Message));
        NodeState node = CloudReader.Read(snapshot).Nodes.Values.Single();
        Assert.Equal(new DateTime(2022, 2, 10, 16, 19, 17, DateTimeKind.Utc), snapshot.CollectedAt);
        Assert.Equal(["before", "yesterday", "today"], node.AgentLogs.Select(entry => entry.Message));
        Assert.Equal(new DateTime(2022, 2, 8, 2, 0, 0, DateTimeKind.Utc), Assert.Single(node.DhcpEvents).Time);
    }

    [Fact]
    public void What_the_shell_said_in_an_outputs_place_is_no_output()
    {
        Write("sos_commands/networking/ip_netns_exec_qdhcp-1_netstat_-W_-neopa",
            "exec of \"netstat\" failed: No such file or directory\n");
        Write("sos_commands/openvswitch/ovs-vsctl_-t_5_show",
            "ovs-vsctl: unix:/var/run/openvswitch/db.sock: database connection failed (No such file or directory)\n");
        Cloud cloud = CloudReader.Read(SnapshotReader.Load(_folder));
        NodeState node = cloud.Nodes.Values.Single();
        Assert.Equal((CollectionState.Failed, CollectionState.Failed),
            (node.StateOf("Socket", "qdhcp-1"), node.StateOf("OvsPort")));
        Assert.Empty(cloud.Issues);
    }

    [Fact]
    public void Coverage_counts_lists_and_says_what_is_missing()
    {
        Copy("sos_commands/openvswitch/ovs-vsctl_-t_5_show", Ovs + "show.txt");
        Write("sos_commands/networking/ethtool_-i_eth0", "driver: virtio_net\n");
        Write("sos_commands/networking/ip_netns", "qdhcp-0b6f3c1e-2222-4333-8444-5d6e7f809112\n");
        QuantumSnapshot told = SnapshotCoverage.Of(SnapshotReader.Load(_folder));
        Assert.Equal((2, 1), (told.UsedOutputCount, told.UnknownOutputCount));
        Assert.EndsWith("ethtool -i eth0", told.UnknownOutputs[0], StringComparison.Ordinal);
        Assert.Contains(told.MissingEvidence, gap => gap is { Collector: "OvsFlow", Subject: "br-lab",
            State: CollectionState.NotCollected, Command: "ovs-ofctl dump-flows br-lab" });
        Assert.Contains(told.MissingEvidence, gap => gap is { Collector: "DhcpHost",
            Command: "cat /var/lib/neutron/dhcp/0b6f3c1e-2222-4333-8444-5d6e7f809112/host" });
        Assert.Contains(told.MissingEvidence, gap => gap.Collector == "Records");
        Assert.DoesNotContain(told.MissingEvidence, gap => gap.Collector == "OvsPort");
    }

    private string At(string name) => Path.Combine(_folder, name);

    private void Copy(string name, string sample) => Write(name, Samples.Text(sample));

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
    }

    private void Pack(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        using GZipStream gzip = new(File.Create(At(name)), CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(text));
    }
}
