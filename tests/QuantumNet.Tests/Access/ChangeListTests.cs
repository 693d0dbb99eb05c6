using QuantumNet.Access.Gathering;

namespace QuantumNet.Tests.Access;

public sealed class ChangeListTests
{
    [Theory]
    [InlineData("ovs-ofctl|packet-out|br-int|in_port=3 packet=ffffffff actions=resubmit(,0)")]
    [InlineData("ovs-ofctl|-O|OpenFlow13|packet-out|br-int|in_port=3 packet=ffffffff actions=resubmit(,0)")]
    [InlineData("ovs-ofctl|packet-out|br-int|3|resubmit(,0)|ffffffff")]
    [InlineData("systemctl|restart|neutron-dhcp-agent")]
    [InlineData("env|-u|QUANTUMNET_RUN|service|quantum-plugin-openvswitch-agent|restart")]
    public void What_the_cmdlets_need_may_run_and_needs_root_and_is_not_on_the_reading_list(string command)
    {
        string[] argv = command.Split('|');
        Assert.True(ChangeList.Allows(argv));
        Assert.True(AllowList.NeedsRoot(argv));
        Assert.False(AllowList.Allows(argv));
        string sudoers = AllowList.ToSudoers("quantumnet");
        Assert.DoesNotContain("packet-out", sudoers, StringComparison.Ordinal);
        Assert.DoesNotContain("restart", sudoers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ovs-ofctl|packet-out|br-int|in_port=3 packet=ffffffff actions=drop")]
    [InlineData("ovs-ofctl|packet-out|tcp:10.0.0.1:6653|in_port=3 packet=ff actions=resubmit(,0)")]
    [InlineData("ovs-ofctl|packet-out|br-int|in_port=3;reboot packet=ff actions=resubmit(,0)")]
    [InlineData("ovs-ofctl|packet-out|br-int|3|output:1|ffffffff")]
    [InlineData("ovs-ofctl|packet-out|-O|3|resubmit(,0)|ffffffff")]
    [InlineData("ovs-ofctl|add-flow|br-int|actions=drop")]
    [InlineData("ovs-ofctl|del-flows|br-int")]
    [InlineData("systemctl|restart|sshd")]
    [InlineData("systemctl|stop|neutron-dhcp-agent")]
    [InlineData("service|neutron-dhcp-agent|stop")]
    [InlineData("systemctl|restart|neutron-dhcp-agent|sshd")]
    [InlineData("env|-u|PATH|service|neutron-dhcp-agent|restart")]
    [InlineData("sh|-c|true")]
    public void Nothing_else_may(string command) => Assert.False(ChangeList.Allows(command.Split('|')));
}
