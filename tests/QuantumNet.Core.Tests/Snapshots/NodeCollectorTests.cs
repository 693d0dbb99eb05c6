using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Snapshots;

public sealed class NodeCollectorTests
{
    private const string Namespace = "qdhcp-ad395e7b-87b3-4fbf-ba9e-fa04468c1ea9";
    private const string Folder = "neutron-zed/hybrid+gre/netnode/";
    private readonly NodeState _node = new() { ComputerName = "netnode" };
    private readonly List<ParseIssue> _issues = [];

    private void Read(ICollector collector, string command, string text, int? exitStatus = 0, string error = "")
    {
        var output = new CommandOutput
        {
            ComputerName = "netnode", Argv = command.Split(' '), ExitStatus = exitStatus,
            StandardOutput = Encoding.UTF8.GetBytes(text), StandardError = error,
        };
        collector.Read(output, new TextSource("netnode", command, _issues), _node);
        Assert.Empty(_issues);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Link_and_address_make_one_record_in_either_order(bool linkFirst)
    {
        var collector = new NodeLinkCollector();
        (string, string)[] reads =
        [
            ($"ip netns exec {Namespace} ip -s -d link", "qdhcp/ip-s-link.txt"),
            ($"ip netns exec {Namespace} ip address", "qdhcp/ip-addr.txt"),
        ];
        if (!linkFirst)
            Array.Reverse(reads);
        foreach ((string command, string sample) in reads)
            Read(collector, command, Samples.Text(Folder + sample));
        Read(collector, "ip address", Samples.Text(Folder + "ip-addr.txt"));

        NodeLink tap = Assert.Single(_node.Links, link => link.Device == "tapa2efd1e3-18");
        Assert.Equal((Namespace, true), (tap.Namespace, tap.HasCounters));
        Assert.Contains("10.10.0.2/24", tap.Addresses);
        Assert.EndsWith("-s -d link", tap.Command, StringComparison.Ordinal);
        Assert.Equal(2, _node.Links.Count(link => link.Device == "lo"));
    }

    [Fact]
    public void A_namespace_that_cannot_be_entered_is_not_usable()
    {
        var collector = new NetworkNamespaceCollector();
        Read(collector, "ip netns", "qdhcp-1\nqdhcp-2\nqdhcp-3\n");
        Read(collector, "ip netns exec qdhcp-1 ip address", "", 255,
            "setting the network namespace \"qdhcp-1\" failed: Invalid argument");
        Read(collector, "ip netns exec qdhcp-2 ip address", "");
        Read(collector, "ip netns exec qdhcp-3 ip address", "", 255, "Operation not permitted");

        Assert.Equal([false, true, null], _node.Namespaces.Select(found => found.IsUsable));
    }

    [Fact]
    public void Rules_of_a_namespace_carry_its_name_and_a_failed_command_gives_none()
    {
        var collector = new IptablesCollector();
        Read(collector, $"ip netns exec {Namespace} iptables-save -c",
            "*filter\n:INPUT DROP [1:2]\n[3:4] -A INPUT -j DROP\nCOMMIT\n");
        Read(collector, "iptables-save -c", "garbage", exitStatus: 1);

        Assert.Equal(Namespace, Assert.Single(_node.IptablesRules).Namespace);
        Assert.Equal("DROP", Assert.Single(_node.IptablesChains).Policy);
    }

    [Fact]
    public void Ports_tell_the_bridges_where_there_is_no_brctl()
    {
        const string Compute = "neutron-zed/hybrid+gre/compute1/";
        var collector = new LinuxBridgeCollector();
        Read(collector, "bridge link", Samples.Text(Compute + "bridge-link.txt"));
        LinuxBridge inferred = Assert.Single(_node.LinuxBridges);
        Read(collector, "brctl show", Samples.Text(Compute + "brctl-show.txt"));
        LinuxBridge listed = Assert.Single(_node.LinuxBridges);

        Assert.Equal(listed.Interfaces, inferred.Interfaces);
        Assert.Equal("8000.aa20a10b8532", listed.BridgeId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Netstat_stands_in_for_ss_and_doubles_nothing(bool netstatFirst)
    {
        var collector = new SocketCollector();
        string netstat = $"ip netns exec {Namespace} netstat -lunp";
        if (netstatFirst)
            Read(collector, netstat, Samples.Text("seed/qdhcp-netstat-pan.txt"));
        Read(collector, $"ip netns exec {Namespace} ss -lunp", Samples.Text(Folder + "qdhcp/ss-lunp.txt"));
        if (!netstatFirst)
            Read(collector, netstat, Samples.Text("seed/qdhcp-netstat-pan.txt"));

        Assert.Equal(282, Assert.Single(_node.Sockets, socket => socket.LocalPort == 67).ProcessIds[0]);
    }

    [Fact]
    public void A_kernel_without_br_netfilter_is_not_the_same_as_one_not_asked()
    {
        const string Command = "cat /proc/sys/net/bridge/bridge-nf-call-iptables";
        const string Name = "net.bridge.bridge-nf-call-iptables";
        var collector = new BridgeNetfilterCollector();
        Read(collector, Command, "", 1, "cat: ...: Permission denied");
        Assert.Empty(_node.Sysctls);
        Read(collector, Command, "", 1, "cat: /proc/sys/net/bridge/bridge-nf-call-iptables: No such file or directory");
        Assert.Equal("", _node.Sysctls[Name]);
        Read(collector, Command, "1\n");
        Assert.Equal("1", _node.Sysctls[Name]);
    }

    [Fact]
    public void Processes_are_read()
    {
        Read(new ProcessCollector(), "ps -efww", Samples.Text(Folder + "ps-ef.txt"));

        Assert.Contains(_node.Processes, process => process.Argv[0] == "dnsmasq" && process.ProcessId == 282);
    }
}
