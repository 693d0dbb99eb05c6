using QuantumNet.Core.Tests.Corpus;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Diagnosis;

/// <summary>Whether an instance is reached, by what it answered and by what the nodes of the corpus hold. Grizzly's
/// default group there lets in echoes and TCP 22; Zed's lets in nothing but its own members.</summary>
public sealed class ReachabilityTesterTests
{
    private const string Grizzly = "grizzly-gre", Zed = "neutron-vxlan";

    // Not of a server that hears no broadcasts (QN5006 of its own node), nor of an instance that sends none (QN5010
    // and, where bridges learn, QN5008): what it is asked, and its answers, go by unicast.
    private static readonly string[] s_dead =
    [
        "QN1007 instance", "QN1007 dhcp", "QN2001 tap", "QN2001 qvb", "QN2002 qbr", "QN2002 qvb", "QN2002 qvo",
        "QN2002 tap", "QN2003 tap", "QN2004 netdev", "QN4001 instance", "QN4002 instance", "QN4005 instance",
        "QN4007 peer", "QN4007 missing", "QN4007 dhcp", "QN5001 compute", "QN5001 dhcp", "QN5002 remote",
        "QN5002 local", "QN5006 compute", "QN5007 unicast", "QN5008 key", "QN5008 dhcp",
        "QN5009 in_key", "QN5009 out_key", "QN5012 unicast", "QN5018 uplink", "QN5018 down",
        "QN5018 dhcp", "QN5018 inbound", "QN5018 outbound", "QN6002 tag", "QN6002 down", "QN6004 missing",
    ];

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

    [Fact]
    public void Loss_of_every_packet_has_the_code_of_its_fault()
    {
        List<string> wrong = [];
        foreach (CorpusCase one in CorpusCase.All.Values.Where(one => s_dead.Contains($"{one.Fault} {one.Variant}")))
        {
            Cloud cloud = CloudReader.Read(one.Load());
            InstanceReachabilityResult result = new ReachabilityTester(cloud).Test(
                cloud.Records.Ports.First(port => port.PortId == one.Ports[0]), 22);
            if ((result.Status, result.Cause) != (DhcpPathStatus.Broken, one.Fault))
                wrong.Add($"{one.Name}: {result.Status} {result.Cause}: {result.Summary}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>What loses DHCP alone keeps nobody from an instance: there only the instance itself can tell.</summary>
    [Fact]
    public void Fault_of_DHCP_alone_is_no_reason()
    {
        List<string> wrong = [];
        foreach (CorpusCase one in CorpusCase.All.Values.Where(one => !s_dead.Contains($"{one.Fault} {one.Variant}")))
        {
            Cloud cloud = CloudReader.Read(one.Load());
            if (cloud.Records.Ports.FirstOrDefault(port => port.PortId == one.Ports[0]) is not { } asked)
                continue;
            InstanceReachabilityResult result = new ReachabilityTester(cloud).Test(asked, 22);
            if (!(result.Status == DhcpPathStatus.Unknown || result.Cause == "QN3014" || result.Cause == one.Fault))
                wrong.Add($"{one.Name}: {result.Status} {result.Cause}: {result.Summary}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
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
