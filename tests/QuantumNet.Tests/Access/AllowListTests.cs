using System.Diagnostics;
using System.Text.RegularExpressions;
using QuantumNet.Access.Capture;
using QuantumNet.Access.Gathering;
using QuantumNet.Diagnosis;
using QuantumNet.Observations.Captures;
using QuantumNet.Snapshots;
using Filters = QuantumNet.Observations.Captures.TraceFilter;

namespace QuantumNet.Tests.Access;

public sealed class AllowListTests
{
    [Fact]
    public void Every_command_of_every_collector_only_reads()
    {
        Assert.NotEmpty(Collectors.All);
        foreach (CommandTemplate template in Collectors.All.SelectMany(collector => collector.Commands)
            .Concat(FlowCounters.Settle))
            AllowList.Demand(template);
    }

    [Theory]
    [InlineData("rm -rf /")]
    [InlineData("sh -c id")]
    [InlineData("ip link set br-int down")]
    [InlineData("ip link add x type dummy")]
    [InlineData("ip netns add x")]
    [InlineData("ip netns exec qdhcp-x sh")]
    [InlineData("ip netns exec qdhcp-x ip netns exec qdhcp-x ip addr")]
    [InlineData("ip netns exec other ip addr")]
    [InlineData("ip -force -batch /tmp/x")]
    [InlineData("brctl addif qbr tap")]
    [InlineData("bridge fdb add 1 dev x")]
    [InlineData("iptables -F")]
    [InlineData("iptables-save -c -f /etc/x")]
    [InlineData("ovs-vsctl del-br br-int")]
    [InlineData("ovs-vsctl list Port -- del-br br-int")]
    [InlineData("ovs-vsctl show --")]
    [InlineData("ovs-vsctl --id=@x list Port")]
    [InlineData("ovs-ofctl del-flows br-int")]
    [InlineData("ovs-ofctl packet-out br-int 1 2 3")]
    [InlineData("ovs-appctl ofproto/trace br-int in_port=1 -generate")]
    [InlineData("ovs-appctl fdb/flush br-int")]
    [InlineData("ovs-appctl revalidator/purge")]
    [InlineData("ovs-appctl revalidator/pause")]
    [InlineData("ovs-appctl exit")]
    [InlineData("ss -K dst 10.0.0.1")]
    [InlineData("ss -D /tmp/x")]
    [InlineData("cat /etc/shadow")]
    [InlineData("cat /var/log/../../etc/shadow")]
    [InlineData("cat /proc/1/environ")]
    [InlineData("tail -f /var/log/syslog")]
    [InlineData("sed -i s/a/b/ /etc/neutron/neutron.conf")]
    [InlineData("sed -E 1w/tmp/x /etc/neutron/neutron.conf")]
    [InlineData("sysctl net.ipv4.ip_forward=1")]
    [InlineData("sysctl -w x")]
    [InlineData("sysctl -p")]
    [InlineData("journalctl --rotate")]
    [InlineData("journalctl --vacuum-size=1")]
    [InlineData("systemctl restart neutron-dhcp-agent")]
    [InlineData("ethtool -K eth0 tx off")]
    [InlineData("date -s tomorrow")]
    [InlineData("hostname other")]
    [InlineData("openstack port delete list")]
    [InlineData("neutron port-delete x")]
    [InlineData("conntrack -D")]
    [InlineData("nft flush ruleset")]
    [InlineData("")]
    public void What_changes_something_is_refused(string command) =>
        Assert.False(AllowList.Allows(command.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [SkippableFact]
    public void The_list_prints_as_sudoers_that_visudo_accepts()
    {
        string sudoers = AllowList.ToSudoers("stack");
        Assert.Contains("stack ALL=(root) NOPASSWD: ", sudoers, StringComparison.Ordinal);
        Assert.Throws<QuantumException>(() => AllowList.ToSudoers("x ALL=(ALL) ALL\n"));

        // A wildcard would match a space, and with it a second command.
        foreach (string rule in sudoers.Split('\n')
            .Where(line => line.Contains("/usr/bin/timeout ", StringComparison.Ordinal)))
        {
            string expression =
                rule[(rule.IndexOf("/usr/bin/timeout ", StringComparison.Ordinal) + "/usr/bin/timeout ".Length)..];
            Assert.False(Regex.IsMatch(
                "--foreground -k 2 20 ip netns exec qdhcp-a sh -c x ip address", expression), rule);
            Assert.False(Regex.IsMatch(
                "--foreground -k 2 20 ip netns exec qrouter-a sh -c x ip address", expression), rule);
            Assert.False(Regex.IsMatch(
                "--foreground -k 2 20 tail -n 2000 /var/log/neutron/agent /etc/shadow x.log", expression), rule);
        }

        // sudoers(5): "Regular expressions in sudoers are limited to 1024 characters."
        Assert.All(sudoers.Split('\n'), rule => Assert.InRange(rule.Length - Math.Max(0, rule.IndexOf('^')), 0, 1024));

        Skip.IfNot(File.Exists("/usr/sbin/visudo"), "visudo is not installed");
        string file = Path.GetTempFileName();
        File.WriteAllText(file, sudoers);
        using Process visudo = Process.Start(new ProcessStartInfo("/usr/sbin/visudo") { ArgumentList =
            { "-c", "-f", file }, RedirectStandardError = true, RedirectStandardOutput = true })!;
        string said = visudo.StandardError.ReadToEnd() + visudo.StandardOutput.ReadToEnd();
        visudo.WaitForExit();
        File.Delete(file);
        Assert.True(visudo.ExitCode == 0, said);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gre")]
    [InlineData("vxlan")]
    [InlineData("geneve")]
    [InlineData("all")]
    public void Only_filters_of_a_trace_may_be_listened_with(string tunnel)
    {
        string filter = tunnel.Length == 0 ? Filters.Plain : Filters.Tunnelled(tunnel);
        var point = new TracePoint { ComputerName = "n", Device = "eth0", Component = HopComponent.Underlay,
            Filter = filter };
        string command = string.Join(' ', new CaptureTap(point).Command(new CaptureLimits(60, 100), 0x7fffffff));
        Assert.True(MayRun("--foreground -k 2 60 /usr/bin/" + command));
        Assert.False(MayRun("--foreground -k 2 60 /usr/bin/" + command + " or ip"));
        Assert.False(MayRun("--foreground -k 2 60 /usr/bin/" + command.Replace("less 2147483647",
            "less 2147483647 or ip", StringComparison.Ordinal)));
        Assert.False(MayRun("--foreground -k 2 60 /usr/bin/" + command.Replace("67", "53", StringComparison.Ordinal)));
        Assert.False(MayRun("--foreground -k 2 60 /usr/bin/" + command.Replace(" and ", " or ",
            StringComparison.Ordinal)));
        Assert.False(MayRun("--foreground -k 2 60 /usr/bin/" + command.Replace("-s 1600", "-w /x -s 1600",
            StringComparison.Ordinal)));
    }

    private static bool MayRun(string arguments) => AllowList.ToSudoers("stack").Split('\n')
        .Select(rule => rule[(rule.IndexOf('^') + 1)..]).Any(rule => rule.EndsWith('$')
            && Regex.IsMatch(arguments, $"^(?:{rule[..^1]})$", RegexOptions.NonBacktracking));
}
