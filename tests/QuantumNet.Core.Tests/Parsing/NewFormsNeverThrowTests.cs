using QuantumNet.Parsing.Dhcp;
using QuantumNet.Parsing.Links;
using QuantumNet.Parsing.Logs;
using QuantumNet.Parsing.Ovs;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Parsing;

public sealed class NewFormsNeverThrowTests
{
    [Theory]
    [InlineData("list-three.txt")]
    [InlineData("ovsdb-client-dump.txt")]
    [InlineData("ovsdb-client-f-json-dump.txt")]
    public void Database(string sample) => Mutations.NeverThrow(Samples.Text("openvswitch-3.1/forms/" + sample),
        text => OvsdbListParser.ParseAll(text, Sources.Of("ovsdb-client dump", out _)));

    [Theory]
    [InlineData("auxwwwm.txt")]
    [InlineData("axo-lstart.txt")]
    public void Processes(string sample) => Mutations.NeverThrow(Samples.Text("procps-4.0.2/" + sample),
        text => PsParser.ParseAll(text, Sources.Of("ps aux", out _)));

    [Theory]
    [InlineData("ip-oaddr.txt")]
    [InlineData("ip-o-s-dlink.txt")]
    [InlineData("ip-braddr.txt")]
    public void Links(string sample) => Mutations.NeverThrow(Samples.Text("iproute2-6.1.0/" + sample),
        text => IpLinkParser.ParseAll(text, Sources.Of("ip -o addr", out _)));

    [Fact]
    public void Sockets() => Mutations.NeverThrow(Samples.Text("net-tools-2.10/netstat-neopa.txt"),
        text => NetstatParser.ParseAll(text, Sources.Of("netstat -neopa", out _)));

    [Fact]
    public void Logs() => Mutations.NeverThrow("Feb 04 09:38:32 node1 ovs-vswitchd[2]: ovs|00014|bridge|WARN|x\n"
            + "Feb 04 09:38:33 n neutron-x[1]: 2022-02-04 09:38:33.014 1 ERROR a [-] b\n",
        text => AgentLogParser.ParseAll(text, Sources.Of("journalctl -u neutron-x", out _)));

    [Fact]
    public void Dnsmasq_without_a_date() => Mutations.NeverThrow(Samples.Text("dnsmasq-2.90/stderr-without-date.log"),
        text => DnsmasqLogParser.ParseAll(text, Sources.Of("cat dnsmasq.log", out _)));

    [Fact]
    public void Commands() => Mutations.NeverThrow(
        "sudo -u x docker exec -it c sh -c 'ip netns exec q iptables -t nat -nvL | grep x'", text =>
        {
            CommandForm.Of(text.Split(' '));
            CommandForm.Of(["sh", "-c", text]);
            SosCommand.Of(text);
        });
}
