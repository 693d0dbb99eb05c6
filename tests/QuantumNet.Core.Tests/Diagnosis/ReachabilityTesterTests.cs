using QuantumNet.Core.Tests.Corpus;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Diagnosis;

/// <summary>Whether an instance is reached, by what it answered and by what the nodes of the corpus hold. Grizzly's
/// default group there lets in echoes and TCP 22; Zed's lets in nothing but its own members.</summary>
public sealed class ReachabilityTesterTests
{
    private const string Grizzly = "grizzly-gre", Zed = "neutron-vxlan";

    [Fact]
    public void Connection_that_was_made_is_ok_and_says_how_fast()
    {
        InstanceReachabilityResult result = Test(Grizzly, "", 22, Answered(ReachabilityKind.Arp),
            Answered(ReachabilityKind.Ping) with { Milliseconds = 0.4 }, Answered(ReachabilityKind.Tcp));
        Assert.Equal((DhcpPathStatus.Ok, null), (result.Status, result.Cause));
        Assert.EndsWith("ARP answers, ping answers in 0.4 ms, TCP 22 answers.", result.Summary);
    }

    [Fact]
    public void What_nobody_asked_is_unknown_and_never_ok()
    {
        InstanceReachabilityResult result = Test(Grizzly, "", 22);
        Assert.Equal((DhcpPathStatus.Unknown, "QN7005"), (result.Status, result.Cause));
        Assert.All(result.Probes, probe => Assert.Equal(HopAction.Forwarded, probe.Simulated));
    }

    [Theory]
    [InlineData(Grizzly, 80)]
    [InlineData(Zed, 22)]
    public void Port_that_no_rule_allows_is_dropped_by_the_ports_chain(string cloud, int port)
    {
        InstanceReachabilityResult result = Test(cloud, "", port, Answered(ReachabilityKind.Arp));
        Assert.Equal((DhcpPathStatus.Broken, "QN3014"), (result.Status, result.Cause));
        Assert.Contains("openvswi-i", result.Object, StringComparison.Ordinal);
        Assert.Contains("no rule of its security groups allows it", result.Summary, StringComparison.Ordinal);
        ReachabilityProbe tcp = result.Probes[^1];
        Assert.Equal((ReachabilityKind.Tcp, HopAction.Dropped), (tcp.Kind, tcp.Simulated));
        Assert.NotNull(tcp.Rule);
    }

    [Fact]
    public void Silent_guest_that_packets_reach_is_the_guests_own_fault()
    {
        Assert.Equal("QN7005", Test(Grizzly, "", 22, Answered(ReachabilityKind.Arp),
            new() { Kind = ReachabilityKind.Tcp, Answer = ReachabilityAnswer.Silent }).Cause);
        Assert.Equal("QN7004", Test(Grizzly, "", 22,
            new() { Kind = ReachabilityKind.Arp, Answer = ReachabilityAnswer.Silent },
            new() { Kind = ReachabilityKind.Tcp, Answer = ReachabilityAnswer.Silent }).Cause);
    }

    [Fact]
    public void Refusal_shows_that_the_instance_is_there()
    {
        InstanceReachabilityResult result = Test(Grizzly, "", 22,
            new ReachabilityProbe { Kind = ReachabilityKind.Tcp, Answer = ReachabilityAnswer.Refused });
        Assert.Equal((DhcpPathStatus.Degraded, "QN7006"), (result.Status, result.Cause));
        Assert.Equal(ReachabilityAnswer.Answered, result.Probes[0].Answer);
    }

    [Theory]
    [InlineData(Grizzly, "QN4001-instance", "br-")]
    [InlineData(Grizzly, "QN5001-compute", "br-tun")]
    [InlineData(Grizzly, "QN5007-unicast", "br-tun")]
    [InlineData(Grizzly, "QN2001-tap", "qbr")]
    public void Loss_on_the_way_is_named_where_it_is(string cloud, string fault, string place)
    {
        InstanceReachabilityResult result = Test(cloud, fault, 22);
        Assert.Equal((DhcpPathStatus.Broken, "QN9009"), (result.Status, result.Cause));
        Assert.Contains(place, result.Object, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NodeLink")]
    [InlineData("OvsPort")]
    public void Server_that_was_not_collected_is_unknown(string collector)
    {
        QuantumSnapshot snapshot = Load(Grizzly, "");
        snapshot = snapshot with
        {
            Outputs = Array.FindAll(snapshot.Outputs,
                output => output.ComputerName != "netnode" || output.Collector != collector),
        };
        Assert.Equal(DhcpPathStatus.Unknown, Test(CloudReader.Read(snapshot), 22).Status);
    }

    private static ReachabilityProbe Answered(ReachabilityKind kind) =>
        new() { Kind = kind, Answer = ReachabilityAnswer.Answered };

    private static InstanceReachabilityResult Test(
        string cloud, string fault, int tcpPort, params ReachabilityProbe[] answers) =>
        Test(CloudReader.Read(Load(cloud, fault)), tcpPort, answers);

    private static InstanceReachabilityResult Test(Cloud cloud, int tcpPort, params ReachabilityProbe[] answers) =>
        new ReachabilityTester(cloud).Test(
            cloud.Records.Ports.First(port => port.PortId == CorpusCase.All[Grizzly].Ports[0]
                || port.PortId == CorpusCase.All[Zed].Ports[0]), tcpPort, answers);

    private static QuantumSnapshot Load(string cloud, string fault) =>
        CorpusCase.All[fault.Length == 0 ? cloud : $"{cloud}/{fault}"].Load();
}
