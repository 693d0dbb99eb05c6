using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Snapshots;

public sealed class CommandFormTests
{
    [Theory]
    [InlineData("ip a", "ip addr")]
    [InlineData("ip addr show", "ip addr")]
    [InlineData("/sbin/ip -d address", "ip addr")]
    [InlineData("ip -br addr", "ip addr")]
    [InlineData("ip -s -d l", "ip link")]
    [InlineData("ip -d link show", "ip link")]
    [InlineData("ip -d -s -o link list", "ip link")]
    [InlineData("ip netns list", "ip netns")]
    [InlineData("ls /var/run/netns", "ip netns")]
    [InlineData("bridge -s -s -d link show", "bridge link")]
    [InlineData("bridge -s fdb", "bridge fdb")]
    [InlineData("brctl show", "brctl show")]
    [InlineData("iptables-save", "iptables")]
    [InlineData("iptables -nvL", "iptables")]
    [InlineData("ipset list", "ipset save")]
    [InlineData("sudo ipset -o save list", "ipset save")]
    [InlineData("ps auxww", "ps")]
    [InlineData("ps -eo pid,ppid,args", "ps")]
    [InlineData("netstat -W -neopa", "netstat")]
    [InlineData("ss -tulnp", "ss")]
    [InlineData("ovs-ofctl -O OpenFlow13 --no-stats dump-flows br-int", "ovs-flows br-int")]
    [InlineData("ovs-ofctl dump-flows --rsort=priority br-int", "ovs-flows br-int")]
    [InlineData("ovs-ofctl dump-flows unix:/run/openvswitch/br-int.mgmt", "ovs-flows br-int")]
    [InlineData("ovs-appctl bridge/dump-flows --offload-stats br-int", "ovs-flows br-int")]
    [InlineData("ovs-ofctl dump-ports-desc br-int", "ovs-ports br-int")]
    [InlineData("sudo ovs-ofctl --protocols OpenFlow15 dump-groups br-int", "ovs-groups br-int")]
    [InlineData("ovs-appctl -t ovs-vswitchd fdb/show br-int", "ovs-fdb br-int")]
    [InlineData("ovs-vsctl -t 5 show", "ovs-vsctl show")]
    [InlineData("ovsdb-client -f list dump", "ovsdb")]
    [InlineData("ovs-vsctl list Bridge -- list port -- list int", "ovsdb")]
    public void Command_that_tells_the_whole_has_one_form_whatever_its_spelling(string command, string words)
    {
        CommandForm form = CommandForm.Of(command.Split(' '));
        Assert.Equal(words, string.Join(' ', form.Words));
        Assert.True(form.IsWhole);
    }

    [Theory]
    [InlineData("sudo -u neutron docker exec -i agent ip netns exec qdhcp-1 iptables -t nat -nvL")]
    [InlineData("ovs-ofctl -O OpenFlow13 dump-flows br-int table=0")]
    [InlineData("ovs-vsctl --columns=name,ofport list Interface -- list port")]
    [InlineData("ovs-appctl -t ovs-vswitchd fdb/show br-int")]
    [InlineData("ovsdb-client -f list dump Open_vSwitch Bridge")]
    [InlineData("ipset -o save list NIPv4a1b2")]
    [InlineData("nft -a list table inet firewalld")]
    [InlineData("bridge -s fdb show br qbr1")]
    [InlineData("ip -n qdhcp-1 -o addr show dev eth0")]
    [InlineData("sysctl -a net.ipv4")]
    [InlineData("journalctl -u neutron-dhcp-agent")]
    [InlineData("ss -tulnp sport 67")]
    [InlineData("timeout -k 5 300s ps -C dnsmasq -f")]
    public void Command_with_an_empty_word_anywhere_still_has_a_form(string command)
    {
        string[] words = command.Split(' ');
        for (int at = 0; at <= words.Length; at++)
            Assert.NotNull(CommandForm.Of([.. words[..at], "", .. words[at..]]));
    }

    [Theory]
    [InlineData("ip addr show dev eth0")]
    [InlineData("ip -4 -o addr")]
    [InlineData("ip -o addr")]
    [InlineData("ip link show type bridge")]
    [InlineData("bridge fdb show br qbr1")]
    [InlineData("brctl show qbr1")]
    [InlineData("iptables -L -n")]
    [InlineData("iptables -t nat -nvL")]
    [InlineData("iptables -nvL INPUT")]
    [InlineData("iptables-save -t raw")]
    [InlineData("ipset list NIPv4a1b2")]
    [InlineData("ipset list -t")]
    [InlineData("ps -C dnsmasq -f")]
    [InlineData("pgrep -a dnsmasq")]
    [InlineData("ss -tlnp")]
    [InlineData("ovs-ofctl dump-flows br-int table=0")]
    [InlineData("ovs-ofctl -O OpenFlow15 dump-groups br-int 7")]
    [InlineData("ovs-vsctl list Interface")]
    [InlineData("ovs-vsctl --columns=name,ofport list Interface")]
    [InlineData("sh -c 'ps -ef | grep dnsmasq'")]
    public void Command_that_leaves_things_out_is_a_part(string command) =>
        Assert.False(CommandForm.Of(Words(command)).IsWhole);

    [Theory]
    [InlineData("sudo -n ip a", "ip a", "")]
    [InlineData("sudo -u root -- ip a", "ip a", "")]
    [InlineData("docker exec -u root openvswitch_vswitchd ovs-vsctl show", "ovs-vsctl show", "")]
    [InlineData("podman exec neutron_dhcp cat /x", "cat /x", "")]
    [InlineData("kubectl -n openstack exec neutron-agent-x1 -c agent -- ip a", "ip a", "")]
    [InlineData("crictl exec 3f2a ip a", "ip a", "")]
    [InlineData("sudo ip netns exec qdhcp-1 ip a", "ip a", "qdhcp-1")]
    [InlineData("ip -n qdhcp-1 addr", "ip addr", "qdhcp-1")]
    [InlineData("nsenter --net=/run/netns/qdhcp-1 iptables-save", "iptables-save", "qdhcp-1")]
    [InlineData("nsenter -t 4711 -n ip a", "ip a", "pid-4711")]
    [InlineData("timeout -k 5 300s ip a", "ip a", "")]
    [InlineData("env LC_ALL=C timeout 5 /usr/sbin/ip a", "ip a", "")]
    [InlineData("sudo neutron-rootwrap /etc/neutron/rootwrap.conf ip a", "ip a", "")]
    [InlineData("sh -c 'sudo ip netns exec qdhcp-1 ip a 2>/dev/null'", "ip a", "qdhcp-1")]
    [InlineData("sh -c 'ip a; ip r'", "sh -c ip a; ip r", "")]
    public void What_stands_before_a_command_is_taken_off(string command, string bare, string name)
    {
        BareCommand stripped = CommandPrefix.Strip(Words(command));
        Assert.Equal((bare, name), (string.Join(' ', stripped.Argv), stripped.Namespace));
    }

    [Theory]
    [InlineData("ovs-vsctl_-t_5_list_Open_vSwitch", "ovs-vsctl -t 5 list Open_vSwitch")]
    [InlineData("ovs-appctl_fdb.show_br-int", "ovs-appctl fdb/show br-int")]
    [InlineData("ovs-appctl_bridge.dump-flows_--offload-stats_br_lab_one",
        "ovs-appctl bridge/dump-flows --offload-stats br_lab_one")]
    [InlineData("ovs-ofctl_-O_OpenFlow14_dump-flows_br_lab", "ovs-ofctl -O OpenFlow14 dump-flows br_lab")]
    [InlineData("ovs-ofctl_-O_OpenFlow13_dump-groups_br_lab", "ovs-ofctl -O OpenFlow13 dump-groups br_lab")]
    [InlineData("ls_-alRh_.var.log", "ls -alRh /var/log")]
    [InlineData("timeout_300s_ip_-o_addr", "timeout 300s ip -o addr")]
    public void Name_of_a_sosreports_file_is_read_back(string file, string command) =>
        Assert.Equal(command, string.Join(' ', SosCommand.Of(file)!));

    [Theory]
    [InlineData("Thu Feb 10 16:19:17 UTC 2022", "2022-02-10T16:19:17", true)]
    [InlineData("Thu 10 Feb 2022 04:19:17 PM UTC", "2022-02-10T16:19:17", true)]
    [InlineData("Thu Feb 10 17:19:17 CET 2022", "2022-02-10T17:19:17", false)]
    public void Date_is_read_in_each_locale(string text, string time, bool isUtc)
    {
        Assert.True(SosDate.TryDate(text, out DateTime read, out bool told));
        Assert.Equal((time, isUtc), (read.ToString("s"), told));
    }

    private static string[] Words(string command)
    {
        int shell = command.IndexOf("-c '", StringComparison.Ordinal);
        return shell < 0 ? command.Split(' ') : [.. command[..(shell + 2)].Split(' '), command[(shell + 4)..^1]];
    }
}
