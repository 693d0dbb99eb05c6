using System.Text;
using QuantumNet.Parsing.Dhcp;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Parsing.Dhcp;

public class DhcpCollectorTests
{
    private const string NetworkId = "6b71dbb8-e91c-47f0-92c4-47882007115d";
    private readonly List<ParseIssue> _issues = [];

    [Fact]
    public void A_server_joins_its_arguments_its_process_and_its_socket()
    {
        var node = new NodeState();
        string[] argv = DnsmasqArgumentsParser.ParseAll(Samples.Text("seed/ps-ef-dnsmasq.txt"),
            new("netnode", "ps -ef", _issues))[0].Argv;
        string cmdline = string.Join('\0', argv) + '\0';
        var collector = new DhcpServerCollector();
        Read(collector, node, cmdline, "cat", "/proc/8920/cmdline");
        Read(collector, node, cmdline, "cat", "/proc/8921/cmdline");
        node.Processes.Add(new() { ProcessId = 8920, ParentProcessId = 1, User = "nobody", Argv = argv });
        node.Processes.Add(new() { ProcessId = 8921, ParentProcessId = 8920, User = "root", Argv = argv });
        node.Sockets.Add(
            new() { Namespace = $"qdhcp-{NetworkId}", Protocol = "udp", LocalPort = 67, ProcessIds = [8920] });

        collector.Finish(node);

        DhcpServer server = Assert.Single(node.DhcpServers);
        Assert.Equal((8920, "nobody", true, NetworkId),
            (server.ProcessId, server.User, server.IsListening, server.NetworkId));
        Assert.Equal([8921], server.ChildProcessIds);
        Assert.Contains("--conf-file=", server.Argv);
        Assert.Empty(_issues);
    }

    [Fact]
    public void Without_sockets_listening_is_unknown_and_with_others_sockets_it_is_not()
    {
        var node = new NodeState();
        var collector = new DhcpServerCollector();
        Read(collector, node, Samples.Text("dnsmasq-2.90/cmdline.bin"), "cat", "/proc/7/cmdline");

        collector.Finish(node);
        Assert.Null(node.DhcpServers[0].IsListening);

        node.Sockets.Add(
            new() { Namespace = $"qdhcp-{NetworkId}", Protocol = "udp", LocalPort = 53, ProcessIds = [7] });
        collector.Finish(node);
        Assert.False(node.DhcpServers[0].IsListening);
    }

    [Fact]
    public void Files_belong_to_the_network_that_was_asked_about()
    {
        var node = new NodeState();
        Read(DhcpFileCollector.Hosts, node, Samples.Text("seed/dhcp-host.txt"), "cat",
            $"/var/lib/quantum/dhcp/{NetworkId}/host");
        Read(DhcpFileCollector.Options, node, Samples.Text("dnsmasq-2.90/opts"), "cat",
            $"/var/lib/neutron/dhcp/{NetworkId}/opts");
        Read(DhcpFileCollector.Leases, node, Samples.Text("dnsmasq-2.90/leases-duid.txt"), "cat",
            $"/srv/dhcp/{NetworkId}/leases");

        Assert.Equal((2, 1, 2), (node.DhcpHosts.Count, node.DhcpServerOptions.Count, node.DhcpLeases.Count));
        Assert.All(node.DhcpHosts, host => Assert.Equal(NetworkId, host.NetworkId));
        Assert.All(node.DhcpLeases, lease => Assert.Equal(NetworkId, lease.NetworkId));
    }

    [Fact]
    public void A_line_that_syslog_and_journal_both_keep_is_one_event()
    {
        var node = new NodeState();
        var collector = new DhcpLogCollector();
        const string Message = "netnode dnsmasq-dhcp[282]: DHCPDISCOVER(tapa2efd1e3-18) fa:16:3e:b8:28:2a";
        Read(collector, node, $"2026-11-22T06:05:47.130740+00:00 {Message}\n", "grep", "-a",
            "dnsmasq", "/var/log/syslog");
        Read(collector, node, $"2026-11-22T06:05:47+0000 {Message}\n2026-11-22T06:05:53+0000 {Message}\n",
            "journalctl", "-q");

        collector.Finish(node);

        Assert.Equal(2, node.DhcpEvents.Count);
        Assert.Equal(53, node.DhcpEvents[1].Time?.Second);
        Assert.Empty(_issues);
    }

    [Fact]
    public void A_log_of_which_only_the_end_was_kept_begins_with_a_whole_line()
    {
        var node = new NodeState();
        CommandOutput output = Output(Samples.Text("seed/syslog.txt")[20..], "grep") with { Truncated = true };

        new DhcpLogCollector().Read(output, new("netnode", output.Command, _issues), node);

        Assert.Equal(10, node.DhcpEvents.Count);
        Assert.Empty(_issues);
    }

    private void Read(ICollector collector, NodeState node, string text, params string[] argv)
    {
        CommandOutput output = Output(text, argv);
        collector.Read(output, new("netnode", output.Command, _issues), node);
    }

    private static CommandOutput Output(string text, params string[] argv) =>
        new() { ComputerName = "netnode", Argv = argv, ExitStatus = 0, StandardOutput = Encoding.UTF8.GetBytes(text) };
}
