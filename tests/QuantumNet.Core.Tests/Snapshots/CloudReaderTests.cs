using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Snapshots;

public sealed class CloudReaderTests
{
    [Fact]
    public void An_output_goes_to_its_collector_with_its_source()
    {
        Probe flows = new("OvsFlow",
            new CommandTemplate("ovs-ofctl", "dump-flows", "{bridge}") { Scope = CommandScope.Bridge });
        Cloud cloud = Read([flows], Output("OvsFlow", "br-int", "ovs-ofctl", "dump-flows", "br-int"));

        (CommandOutput output, TextSource source) = Assert.Single(flows.Seen);
        Assert.Equal(("br-int", "n1", "ovs-ofctl dump-flows br-int"),
            (source.Bridge, source.ComputerName, source.Command));
        Assert.Equal("br-int", output.Subject);
        Assert.True(cloud.Node("N1")!.Has("OvsFlow", "br-int"));
    }

    [Theory]
    [InlineData("ovs-ofctl -O OpenFlow13 dump-flows br-tun", "br-tun")]
    [InlineData("/usr/bin/ovs-ofctl dump-flows br-tun", "br-tun")]
    public void A_foreign_command_finds_its_collector(string command, string bridge)
    {
        Probe flows = new("OvsFlow",
            new CommandTemplate("ovs-ofctl", "dump-flows", "{bridge}") { Scope = CommandScope.Bridge });
        Read([flows], Output("", "", command.Split(' ')));
        Assert.Equal(bridge, Assert.Single(flows.Seen).Source.Bridge);
    }

    /// <summary>As a user without sudo gets it: iptables refuses, and the look for namespaces finds none.</summary>
    [Theory]
    [InlineData("", "{namespace}")]
    [InlineData("qdhcp-ad395e7b-87b3-4fbf-ba9e-fa04468c1ea9", "qdhcp-ad395e7b-87b3-4fbf-ba9e-fa04468c1ea9")]
    public void What_was_refused_on_the_node_is_not_told_by_its_namespaces(string subject, string name)
    {
        CommandOutput refused = Output("Iptables", "", "iptables-save", "-c") with
        {
            ExitStatus = 4,
            StandardError = "iptables-save v1.8.9 (nf_tables): Could not fetch rule set generation id: "
                + "Permission denied (you must be root)",
        };
        CommandOutput inside = Output("Iptables", subject, "ip", "netns", "exec", name, "iptables-save", "-c")
            with { StandardOutput = "*filter\nCOMMIT\n"u8.ToArray() };
        NodeState node = Read([new IptablesCollector()], refused, inside).Node("n1")!;
        Assert.Equal(CollectionState.Failed, node.StateOf("Iptables"));
        Assert.Equal(subject.Length > 0, node.Has("Iptables", "qdhcp-ad395e7b-87b3-4fbf-ba9e-fa04468c1ea9"));
    }

    [Fact]
    public void Of_two_dialects_the_asked_one_is_read()
    {
        Probe flows = new("OvsFlow",
            new CommandTemplate("ovs-ofctl", "dump-flows", "{bridge}") { Scope = CommandScope.Bridge });
        Read([flows], Output("", "", "ovs-ofctl", "dump-flows", "br-tun"),
            Output("", "", "ovs-ofctl", "-O", "OpenFlow13", "dump-flows", "br-tun"));
        Assert.Equal("ovs-ofctl dump-flows br-tun", Assert.Single(flows.Seen).Output.Command);
    }

    [Fact]
    public void A_networks_file_and_a_log_are_known_by_their_path()
    {
        const string network = "ad395e7b-87b3-4fbf-ba9e-fa04468c1ea9";
        Probe hosts = new("DhcpHost", new CommandTemplate("cat", "{folder}/host") { Scope = CommandScope.DhcpNetwork });
        Probe logs = new("AgentLog", new CommandTemplate("tail", "-c", "1000000", "{file}") { Scope = CommandScope.File,
            FilePatterns = ["/var/log/neutron/*.log"] });
        Read([hosts, logs], Output("", "", "cat", $"/var/lib/neutron/dhcp/{network}/host"),
            Output("", "", "cat", "/var/log/neutron/dhcp-agent.log"),
            Output("", "", "cat", "/var/log/neutron/deep/dhcp-agent.log"));

        Assert.Equal((network, $"/var/lib/neutron/dhcp/{network}/host"),
            (hosts.Seen[0].Source.NetworkId, hosts.Seen[0].Source.Path));
        Assert.Equal("/var/log/neutron/dhcp-agent.log", Assert.Single(logs.Seen).Source.Path);
    }

    [Theory]
    [InlineData(127, "sh: 1: brctl: not found", false, "QN9003", 0)]
    [InlineData(1, "sudo: a password is required", false, "QN9003", 0)]
    [InlineData(1, "cat: /x: Permission denied", false, "QN9003", 0)]
    [InlineData(124, "", true, "QN9004", 1)]
    [InlineData(1, "no such bridge", false, null, 1)]
    public void What_failed_says_so_and_what_was_printed_is_read(
        int status, string said, bool timedOut, string? code, int reads)
    {
        Probe links = new("NodeLink", new CommandTemplate("ip", "link"));
        CommandOutput output = Output("NodeLink", "", "ip", "link")
            with { ExitStatus = status, StandardError = said, TimedOut = timedOut };
        Cloud cloud = Read([links], reads == 0 ? output with { StandardOutput = default } : output);

        Assert.Equal(CollectionState.Failed, cloud.Node("n1")!.StateOf("NodeLink"));
        Assert.Equal(reads, links.Seen.Count);
        Assert.Equal(code, cloud.Failures.SingleOrDefault()?.Code);
        Assert.NotEmpty(cloud.Node("n1")!.Commands.Single().Reason);
    }

    [Fact]
    public void A_missing_tool_is_no_failure_when_another_told_the_same()
    {
        Probe bridges = new("LinuxBridge", new CommandTemplate("brctl", "show"), new CommandTemplate("bridge", "link"));
        Cloud cloud = Read([bridges], Output("LinuxBridge", "", "brctl", "show") with { ExitStatus = 127 },
            Output("LinuxBridge", "", "bridge", "link"));
        Assert.Empty(cloud.Failures);
        Assert.True(cloud.Node("n1")!.Has("LinuxBridge"));
    }

    [Fact]
    public void Collected_and_empty_is_not_the_same_as_not_collected()
    {
        Probe hosts = new("DhcpHost", new CommandTemplate("cat", "{folder}/host") { Scope = CommandScope.DhcpNetwork });
        Cloud cloud = Read([hosts], Output("DhcpHost", "", "cat", "{folder}/host") with { StandardOutput = default });
        Assert.Empty(hosts.Seen);
        Assert.Equal(CollectionState.Collected, cloud.Node("n1")!.StateOf("DhcpHost"));
        Assert.Equal(CollectionState.NotCollected, cloud.Node("n1")!.StateOf("NodeLink"));
    }

    [Fact]
    public void A_node_that_failed_is_a_failure_and_not_a_node()
    {
        Cloud cloud = CloudReader.Read(new() { Nodes =
            [new() { ComputerName = "n2", FailureCode = "QN9002", Failure = "no route", Advice = "look" }] });
        Assert.Null(cloud.Node("n2"));
        Assert.Equal(("n2", "QN9002"), (cloud.Failures.Single().ComputerName, cloud.Failures.Single().Code));
    }

    private static Cloud Read(ICollector[] collectors, params CommandOutput[] outputs) =>
        CloudReader.Read(new() { Outputs = outputs }, collectors);

    private static CommandOutput Output(string collector, string subject, params string[] argv) => new()
    {
        ComputerName = "n1",
        Collector = collector,
        Subject = subject,
        Argv = argv,
        ExitStatus = 0,
        StandardOutput = Encoding.UTF8.GetBytes("text"),
    };

    private sealed class Probe(string name, params CommandTemplate[] commands) : ICollector
    {
        public string Name => name;
        public IReadOnlyList<CommandTemplate> Commands => commands;
        public List<(CommandOutput Output, TextSource Source)> Seen { get; } = [];
        public int Read(CommandOutput output, TextSource source, NodeState into)
        {
            Seen.Add((output, source));
            return 1;
        }
    }
}
