using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Snapshots;

/// <summary>Outputs of real tools in forms that no collector asks for, as others take them.</summary>
public sealed class OutputRecognitionTests
{
    private const string Ovs = "openvswitch-3.1/forms/";
    private const string Links = "iproute2-6.1.0/";

    [Theory]
    [InlineData("ip -br addr", "ip-braddr.txt")]
    [InlineData("docker exec neutron_ovs ip a", "ipa.txt")]
    [InlineData("ip -j -s -d addr", "ip-j-s-daddr.txt")]
    public void Addresses_are_read_in_every_form(string command, string sample)
    {
        NodeState node = Read((command, Links + sample));
        NodeLink link = Assert.Single(node.Links, one => one.Device == "qvo4d2f1c9a");
        Assert.Contains("192.0.2.128/24", link.Addresses);
        Assert.True(node.Has("NodeLink"));
    }

    [Fact]
    public void Addresses_alone_prove_no_device_absent_and_tell_no_state()
    {
        NodeState node = Read(("ip -4 -o addr", Links + "ip-4-oaddr.txt"));
        Assert.Contains("192.0.2.128/24", Assert.Single(node.Links, link => link.Device == "qvo4d2f1c9a").Addresses);
        Assert.All(node.Links, link => Assert.False(link.IsStateKnown));
        Assert.False(node.Has("NodeLink"));
    }

    [Fact]
    public void Links_and_addresses_of_one_line_each_make_one_record()
    {
        NodeState node = Read(("ip -o addr", Links + "ip-oaddr.txt"), ("ip -o -s -d link", Links + "ip-o-s-dlink.txt"));
        NodeLink link = Assert.Single(node.Links, one => one.Device == "qvb4d2f1c9a");
        Assert.Equal(("qbrx4d2f1c", "veth", true, true), (link.Master, link.Kind, link.HasCounters, link.IsUp));
        Assert.Contains(link.Addresses, address => address.StartsWith("fe80:", StringComparison.Ordinal));
        Assert.True(node.Has("NodeLink"));
    }

    [Fact]
    public void Bridge_is_no_member_of_itself()
    {
        const string text = "4: tapx: <BROADCAST,UP> mtu 1500 master qbrx state forwarding priority 32 cost 2\n"
            + "9: qbrx: <BROADCAST,UP> mtu 1500 master qbrx qbrx\n";
        NodeState node = ReadText(("bridge -s -s -d link show", text));
        Assert.Equal(["tapx"], Assert.Single(node.LinuxBridges).Interfaces);
        Assert.Equal("qvb4d2f1c9a", Assert.Single(
            Read(("bridge -s -s -d link show", Links + "bridge-s-s-dlinkshow.txt")).LinuxBridgePorts).Device);
    }

    [Theory]
    [InlineData("ps auxww", "auxww.txt")]
    [InlineData("ps auxwwwm", "auxwwwm.txt")]
    [InlineData("ps -ef", "ef.txt")]
    [InlineData("ps -elfL", "elfL.txt")]
    [InlineData("ps alxwww", "alxwww.txt")]
    [InlineData("ps axo flags,state,uid,pid,ppid,pgid,sid,cls,pri,addr,sz,wchan:20,lstart,tty,time,cmd",
        "axo-lstart.txt")]
    [InlineData("pgrep -a dnsmasq", "pgrep-a.txt")]
    public void Processes_are_read_in_every_form(string command, string sample)
    {
        NodeState node = Read((command, "procps-4.0.2/" + sample));
        DhcpServer server = Assert.Single(node.DhcpServers,
            one => one.NetworkId == "5b2d9d14-a460-4be3-b0d9-a057a003c936");
        Assert.Equal((2860, "tap33876f18-e5"), (server.ProcessId, server.Device));
        Assert.Equal([2863], server.ChildProcessIds);
    }

    [Fact]
    public void Listings_of_processes_fill_one_another()
    {
        NodeState node = Read(("ps axo pid,ppid,user,group,lwp,nlwp,start_time,comm,cgroup",
            "procps-4.0.2/axo-comm-cgroup.txt"), ("ps auxww", "procps-4.0.2/auxww.txt"));
        NodeProcess child = Assert.Single(node.Processes, process => process.ProcessId == 2863);
        Assert.Equal((2860, "root", "--no-hosts"), (child.ParentProcessId, child.User, child.Argv[1]));
    }

    [Theory]
    [InlineData("ip netns exec qdhcp-1 netstat -W -neopa", "net-tools-2.10/netstat-neopa.txt")]
    [InlineData("ip netns exec qdhcp-1 netstat -lup", "net-tools-2.10/netstat-lup.txt")]
    [InlineData("ip netns exec qdhcp-1 ss -lup", Links + "ss-lup.txt")]
    [InlineData("ip netns exec qdhcp-1 ss -tulnp", Links + "ss-tulnp.txt")]
    public void Sockets_are_read_in_every_form(string command, string sample)
    {
        NodeState node = Read((command, sample));
        Assert.Contains(node.Sockets,
            socket => socket is { LocalPort: 67, Namespace: "qdhcp-1", Program: "dnsmasq", ProcessIds: [5792] });
        Assert.True(node.Has("Socket", "qdhcp-1"));
    }

    [Theory]
    [InlineData("ovs-vsctl list Bridge -- list Port -- list Interface", "list-three.txt")]
    [InlineData("ovsdb-client dump", "ovsdb-client-dump.txt")]
    [InlineData("ovsdb-client -f list dump", "ovsdb-client-f-list-dump.txt")]
    [InlineData("ovsdb-client -f json dump", "ovsdb-client-f-json-dump.txt")]
    public void Database_is_read_in_every_form(string command, string sample)
    {
        NodeState json = Read(("ovs-vsctl --format=json list Bridge -- list Port -- list Interface -- list Controller "
            + "-- list Open_vSwitch", Ovs + "list-all.json"));
        NodeState node = Read((command, Ovs + sample));
        Assert.True(node.Has("OvsPort"));
        Assert.Equal(json.OvsPorts.Select(Told).Order(), node.OvsPorts.Select(Told).Order());
        Assert.Equal(
            json.OvsBridges.Select(bridge => (bridge.Bridge, bridge.FailMode, string.Join(' ', bridge.Ports))).Order(),
            node.OvsBridges.Select(bridge => (bridge.Bridge, bridge.FailMode, string.Join(' ', bridge.Ports))).Order());
    }

    [Fact]
    public void Tables_listed_one_by_one_add_up()
    {
        NodeState json = Read(("ovs-vsctl --format=json list Bridge -- list Port -- list Interface -- list Controller "
            + "-- list Open_vSwitch", Ovs + "list-all.json"));
        NodeState node = Read(("ovs-vsctl list interface", Ovs + "list-interface.txt"),
            ("ovs-vsctl list port", Ovs + "list-port.txt"), ("ovs-vsctl list Bridge", Ovs + "list-bridge.txt"));
        Assert.True(node.Has("OvsPort"));
        Assert.Equal(json.OvsPorts.Select(Told).Order(), node.OvsPorts.Select(Told).Order());
    }

    [Theory]
    [InlineData("ovs-vsctl -t 5 list interface", "list-interface.txt")]
    [InlineData("ovs-vsctl -f table list Interface", "f-table-list-Interface.txt")]
    [InlineData("ovsdb-client dump Open_vSwitch Interface", "ovsdb-client-dump-Interface.txt")]
    public void Interfaces_alone_fill_what_show_leaves_open(string command, string sample)
    {
        NodeState alone = Read((command, Ovs + sample));
        Assert.False(alone.Has("OvsPort"));
        Assert.Contains(alone.OvsPorts, port => port is { Device: "qvo4d2f1c9a-03", OfPort: 7, Bridge: "" });

        NodeState node = Read((command, Ovs + sample), ("ovs-vsctl -t 5 show", Ovs + "show.txt"));
        OvsPort port = Assert.Single(node.OvsPorts, one => one.Device == "qvo4d2f1c9a-03");
        Assert.Equal(("br-lab", 3, 7, "4d2f1c9a-0333-4444-8555-666677778888"),
            (port.Bridge, port.Tag, port.OfPort, port.PortId));
        Assert.True(node.Has("OvsPort"));
    }

    [Theory]
    [InlineData("ovs-ofctl show br-lab", "ofctl-show.txt")]
    [InlineData("ovs-ofctl dump-ports-desc br-lab", "dump-ports-desc.txt")]
    public void Port_numbers_come_from_OpenFlow_where_the_database_is_not_there(string command, string sample)
    {
        NodeState node = Read(("ovs-vsctl show", Ovs + "show.txt"), (command, Ovs + sample));
        Assert.Equal(7, Assert.Single(node.OvsPorts, port => port.Device == "qvo4d2f1c9a-03").OfPort);
        Assert.Null(Assert.Single(node.OvsPorts, port => port.Device == "vxlan-c0000209").OfPort);
    }

    [Fact]
    public void Flows_with_offload_statistics_match_what_they_match()
    {
        NodeState node = Read(
            ("ovs-appctl bridge/dump-flows --offload-stats br-lab", Ovs + "bridge-dump-flows--offload-stats.txt"));
        Assert.True(node.Has("OvsFlow", "br-lab"));
        Assert.Equal(("arp,reg5=0x9,in_port=7", 71), (node.OvsFlows[1].Match, node.OvsFlows[1].Table));
    }

    [Fact]
    public void Named_table_is_not_table_0()
    {
        NodeState node = Read(("ovs-ofctl --names dump-flows br-lab", Ovs + "dump-flows--names.txt"));
        OvsFlow named = Assert.Single(node.OvsFlows, flow => flow.TableName.Length > 0);
        Assert.Equal((-1, "uplink"), (named.Table, named.TableName));
        Assert.Equal(CollectionState.NotUnderstood, node.StateOf("OvsFlow", "br-lab"));
        Assert.True(Read(("ovs-ofctl --names dump-flows br-lab", Ovs + "dump-flows--names.txt"),
            ("ovs-ofctl -O OpenFlow13 dump-flows br-lab", Ovs + "dump-flows-O13.txt")).Has("OvsFlow", "br-lab"));
    }

    [Theory]
    [InlineData("output=2", "output", "2")]
    [InlineData("output:2", "output", "2")]
    [InlineData("group=7", "group", "7")]
    [InlineData("output=\"patch-far\"", "output", "patch-far")]
    public void Action_may_be_written_with_an_equals_sign(string action, string name, string argument)
    {
        NodeState node = ReadText(
            ("ovs-ofctl dump-flows br-lab", $" cookie=0x0, priority=1,in_port=1 actions=mod_nw_ttl:8,{action}\n"));
        OvsAction read = Assert.Single(node.OvsFlows).ActionList[1];
        Assert.Equal((name, argument), (read.Name, read.Argument));
    }

    [Fact]
    public void Empty_absent_not_collected_and_not_understood_are_four_things()
    {
        NodeState node = ReadOutputs(
            Output("ovs-appctl fdb/show br-a", " port  VLAN  MAC                Age\n"),
            Output("ovs-appctl fdb/show br-b", "no such bridge")
                with { ExitStatus = 2, StandardError = "no such bridge", StandardOutput = default },
            Output("ovs-appctl fdb/show br-c", "<html>Proxy error</html>\n"),
            Output("ovs-appctl fdb/show br-d",
                "ovs-appctl: cannot connect to \"/var/run/openvswitch/ovs-vswitchd.1.ctl\" (Connection refused)\n"));
        Assert.Equal(
            [CollectionState.Collected, CollectionState.Absent, CollectionState.NotUnderstood, CollectionState.Failed,
                CollectionState.NotCollected],
            new[] { "br-a", "br-b", "br-c", "br-d", "br-e" }.Select(bridge => node.StateOf("OvsFdb", bridge)));
        Assert.True(node.IsEmpty("OvsFdb", "br-a"));
        Assert.Equal([true, false, false, false, false],
            new[] { "br-a", "br-b", "br-c", "br-d", "br-e" }.Select(bridge => node.Has("OvsFdb", bridge)));
    }

    [Fact]
    public void Output_that_nobody_takes_is_listed_and_an_empty_one_is_not()
    {
        Cloud cloud = CloudReader.Read(new() { Outputs = [Output("ethtool -i eth0", "driver: virtio_net\n"),
            Output("tc qdisc", ""), Output("ip netns", "qdhcp-1\n")] });
        Assert.Equal("ethtool -i eth0", Assert.Single(cloud.UnknownOutputs).Command);
    }

    [Theory]
    [InlineData("cat /etc/kolla/neutron-openvswitch-agent/ml2_conf.ini")]
    [InlineData("sed -n p /var/lib/config-data/puppet-generated/neutron/etc/neutron/plugins/ml2/openvswitch_agent.ini")]
    [InlineData("docker exec neutron_openvswitch_agent cat /etc/neutron/plugins/ml2/openvswitch_agent.ini")]
    [InlineData("sudo cat /var/snap/openstack-hypervisor/common/etc/neutron/neutron.conf")]
    public void Settings_are_known_by_their_place(string command)
    {
        NodeState node = ReadText((command, "[ovs]\nlocal_ip = 192.0.2.7\n"));
        Assert.Equal("192.0.2.7", Assert.Single(node.AgentConfigs).Value);
        Assert.Equal(command.Split(' ')[^1], node.AgentConfigs[0].Path);
    }

    [Theory]
    [InlineData("cat /var/log/kolla/neutron/neutron-dhcp-agent.log")]
    [InlineData("zcat /var/log/neutron/neutron-dhcp-agent.log.2.gz")]
    [InlineData("tail -n 50 /var/log/containers/neutron/dhcp-agent.log")]
    [InlineData("cat /var/log/neutron/dhcp-agent.log-20220210")]
    [InlineData("cat /var/lib/docker/volumes/kolla_logs/_data/neutron/neutron-dhcp-agent.log")]
    public void Logs_are_known_by_their_place(string command) => Assert.Equal("WARNING",
        Assert.Single(ReadText((command, "2022-02-10 00:00:46.014 1590 WARNING neutron.agent.dhcp.agent [-] late\n"))
            .AgentLogs).Level);

    [Fact]
    public void Journal_is_read_as_the_agents_logs()
    {
        const string text = """
            -- Logs begin at Fri 2022-02-04 09:34:04 UTC, end at Thu 2022-02-10 16:19:27 UTC. --
            Feb 04 09:38:31 node1 systemd[1]: Starting Open vSwitch Forwarding Unit...
            Feb 04 09:38:32 node1 ovs-vswitchd[23340]: ovs|00014|bridge|WARN|could not open network device tapx (No such device)
            Feb 04 09:38:33 node1 neutron-openvswitch-agent[1590]: 2022-02-04 09:38:33.014 1590 ERROR neutron.agent [-] lost
            Feb 04 09:38:34 node1 sshd[99]: Accepted publickey
            """;
        NodeState node = ReadText(("journalctl --no-pager -u openvswitch-switch -u neutron-openvswitch-agent", text));
        Assert.Equal([("INFO", "systemd"), ("WARNING", "bridge"), ("ERROR", "neutron.agent")],
            node.AgentLogs.Select(entry => (entry.Level, entry.Logger)));
        Assert.Equal(new DateTime(2022, 2, 4, 9, 38, 32, DateTimeKind.Utc), node.AgentLogs[1].Time);
        Assert.False(node.Has("DhcpEvent"));
    }

    [Fact]
    public void Dnsmasqs_lines_need_no_date()
    {
        NodeState node = Read(("cat /var/log/kolla/neutron/dnsmasq.log", "dnsmasq-2.90/stderr-without-date.log"));
        Assert.Contains(node.DhcpEvents, line => line is { Type: "started", Time: null, ProcessId: null });
        Assert.Contains(node.DhcpEvents,
            line => line.Type == "read" && line.Message.EndsWith("/host", StringComparison.Ordinal));
    }

    private static (string, string, int?, int?, string, string, string) Told(OvsPort port) =>
        (port.Bridge, port.Device, port.Tag, port.OfPort, port.PortId, port.RemoteIp,
            string.Join(' ', port.OtherConfig));

    private static NodeState Read(params (string Command, string Sample)[] outputs) =>
        ReadText([.. outputs.Select(one => (one.Command, Samples.Text(one.Sample)))]);

    private static NodeState ReadText(params (string Command, string Text)[] outputs) =>
        ReadOutputs([.. outputs.Select(one => Output(one.Command, one.Text))]);

    private static NodeState ReadOutputs(params CommandOutput[] outputs) =>
        CloudReader.Read(new() { Outputs = outputs }).Node("node1")!;

    private static CommandOutput Output(string command, string text) => new()
    {
        ComputerName = "node1", Argv = command.Split(' '), ExitStatus = 0,
        StandardOutput = Encoding.UTF8.GetBytes(text),
        StartedAt = new DateTime(2022, 2, 10, 16, 0, 0, DateTimeKind.Utc),
    };
}
