using QuantumNet.Core.Tests.Faults;
using QuantumNet.Diagnosis;

namespace QuantumNet.Core.Tests.Diagnosis;

/// <summary>What only a DHCP server as a whole shows: its arguments, tags, stale lines, samples, strangers.</summary>
public sealed class DhcpServerTesterTests
{
    private const string Mac = "fa:16:3e:02:ea:33", Address = "192.168.138.2", Stranger = "fa:16:3e:99:99:99";

    [Fact]
    public void Healthy_server_is_ok_and_tells_its_process()
    {
        DhcpServerResult result = Test(new SampleCloud());
        Assert.Equal((DhcpPathStatus.Ok, null, "netnode", 132, "2.90", true, 3, 3, null), (result.Status, result.Cause,
            result.ComputerName, result.ProcessId, result.Version, result.IsListening, result.PortCount,
            result.HostCount, result.IsStable));
        Assert.Empty(result.Findings);
        Assert.Contains("would give each of 3 ports its lease", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_tells_a_client_its_address_or_why_there_is_none()
    {
        DhcpServerResult result = Test(new SampleCloud(), macs: [Mac, Stranger]);
        Assert.Contains($"It gives {Mac} the address {Address}.", result.Summary, StringComparison.Ordinal);
        Assert.Contains($"It gives {Stranger} no answer to its DHCPDISCOVER: no address available", result.Summary,
            StringComparison.Ordinal);
        Assert.Equal([Mac, Mac, Mac, Stranger], result.Answers.Select(one => one.Mac));
    }

    [Fact]
    public void Line_of_no_port_is_QN6027()
    {
        SampleCloud cloud = new SampleCloud().WithLine("netnode", "/host", $"{Stranger},host-x.local,192.168.138.77");
        AssertFinding(cloud, DhcpPathStatus.Degraded, "QN6027", Stranger);
        Cloud read = cloud.Read();
        var narrowed = new Cloud { Records = read.Records, Nodes = read.Nodes, CollectedAt = read.CollectedAt,
            Scope = Mac };
        Assert.Equal(DhcpPathStatus.Ok, Test(narrowed).Status);
    }

    [Fact]
    public void Range_of_another_subnet_is_QN6026()
    {
        DhcpServerResult result = Test(new SampleCloud().With("netnode", "/cmdline",
                text => text.Replace("192.168.138.0", "10.9.8.0", StringComparison.Ordinal))
            .With("netnode", "ps -efww", text => text.Replace("192.168.138.0", "10.9.8.0", StringComparison.Ordinal)));
        Assert.Equal((DhcpPathStatus.Broken, "QN6026"), (result.Status, result.Cause));
        Assert.Contains("has no --dhcp-range for subnet 192.168.138.0/", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Lease_time_of_another_setting_is_QN6026() => AssertFinding(
        new SampleCloud().WithLine("netnode", "dhcp_agent.ini", "dhcp_lease_duration = 3600"), DhcpPathStatus.Degraded,
        "QN6026", "gives leases for 86400 s, and dhcp_lease_duration is 3600");

    [Fact]
    public void Options_with_a_tag_that_nothing_sets_are_QN6015() => AssertFinding(
        new SampleCloud().With("netnode", "/opts",
            text => text.Replace("tag:subnet-", "tag:old-", StringComparison.Ordinal)),
        DhcpPathStatus.Degraded, "QN6015", "with a tag that nothing sets");

    [Fact]
    public void Dnsmasq_older_than_Grizzly_needs_is_QN6017() => AssertFinding(new SampleCloud("healthy-grizzly-gre")
            .With("netnode", "/var/log/syslog", text => text.Replace("version 2.90", "version 2.48",
                StringComparison.Ordinal)),
        DhcpPathStatus.Degraded, "QN6017", "is version 2.48, and the DHCP agent needs 2.59");

    [Theory]
    [InlineData("WARNING quantum.agent.linux.dhcp [-] FAILED VERSION REQUIREMENT FOR DNSMASQ. DHCP AGENT MAY NOT RUN "
        + "CORRECTLY! Please ensure that its version is 2.59 or above!", "finds dnsmasq older than 2.59")]
    [InlineData("ERROR neutron.agent.linux.dhcp [-] Unable to determine dnsmasq version. Please ensure that its "
        + "version is 2.63 or above!", "cannot tell dnsmasq's version; it needs 2.63")]
    public void Agent_that_refuses_its_dnsmasq_is_the_cause_where_none_runs(string said, string told)
    {
        DhcpServerResult result = Test(new SampleCloud("broken-QN6005-dnsmasq-is-dead").Printing("netnode",
            "tail -n 2000 /var/log/quantum/dhcp-agent.log", $"2013-11-15 17:18:07.785 9808 {said}\n"));
        Assert.Equal((DhcpPathStatus.Broken, "QN6017"), (result.Status, result.Cause));
        Assert.Contains(told, result.Summary, StringComparison.Ordinal);
        Assert.Contains(result.Findings, finding => finding is { Code: "QN6005", CausedBy: "QN6017" });
    }

    [Fact]
    public void Newer_dnsmasq_ends_what_the_agent_once_said_of_it() => Assert.Equal(DhcpPathStatus.Ok,
        Test(new SampleCloud("healthy-grizzly-gre").Printing("netnode",
            "tail -n 2000 /var/log/quantum/dhcp-agent.log", "2013-11-15 17:18:07.785 9808 WARNING "
                + "quantum.agent.linux.dhcp [-] FAILED VERSION REQUIREMENT FOR DNSMASQ. DHCP AGENT MAY NOT RUN "
                + "CORRECTLY! Please ensure that its version is 2.59 or above!\n")).Status);

    [Fact]
    public void Dnsmasq_on_another_device_than_its_port_is_QN6026()
    {
        static string Edit(string text) =>
            text.Replace("--interface=tap", "--interface=old", StringComparison.Ordinal);
        DhcpServerResult result = Test(new SampleCloud("healthy-grizzly-gre").With("netnode", "/cmdline", Edit)
            .With("netnode", "ps -efww", Edit));
        Assert.Equal((DhcpPathStatus.Broken, "QN6026"), (result.Status, result.Cause));
        Assert.Contains("serves old33876f18-e5; the DHCP port's device is", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Port_that_another_program_holds_is_QN6028_and_explains_the_silence()
    {
        const string Udhcpd = "root         777       1  0 00:00 ?        00:00:00 udhcpd -f";
        static string Edit(string text) => text
            .Replace("\"dnsmasq\",pid=132", "\"udhcpd\",pid=777", StringComparison.Ordinal)
            .Replace("132/dnsmasq", "777/udhcpd", StringComparison.Ordinal);
        DhcpServerResult result =
            Test(new SampleCloud().With("netnode", "ss -lunp", Edit).With("netnode", "netstat -lunp", Edit)
                .WithLine("netnode", "ps -efww", Udhcpd));
        Assert.Equal((DhcpPathStatus.Broken, "QN6028"), (result.Status, result.Cause));
        Assert.Equal("QN6028", Assert.Single(result.Findings, one => one.Code == "QN6005").CausedBy);
    }

    [Theory]
    [InlineData(132, true, DhcpPathStatus.Ok)]
    [InlineData(99, false, DhcpPathStatus.Degraded)]
    public void Two_samples_tell_a_process_that_is_another(int before, bool isStable, DhcpPathStatus status)
    {
        Cloud now = new SampleCloud().Read();
        var then = new NodeState { ComputerName = "netnode" };
        then.DhcpServers.Add(now.Nodes["netnode"].DhcpServers[0] with { ProcessId = before });
        DhcpServerResult result = Test(now, before: new() { Nodes = new Dictionary<string, NodeState>
        {
            ["netnode"] = then,
        } });
        Assert.Equal((isStable, status, isStable ? null : "QN6006"), (result.IsStable, result.Status, result.Cause));
    }

    [Fact]
    public void Earlier_sample_without_the_server_tells_nothing_of_it()
    {
        DhcpServerResult result = Test(new SampleCloud().Read(), before: new());
        Assert.Equal((null, DhcpPathStatus.Ok), (result.IsStable, result.Status));
        Assert.Contains(result.Findings, one => one is { Code: "QN6006", Status: FindingStatus.Unknown });
    }

    [Fact]
    public void Log_of_processes_one_after_another_is_QN6006_in_a_single_look()
    {
        Cloud cloud = new SampleCloud().Read();
        NodeState node = cloud.Nodes["netnode"];
        DhcpEvent read = node.DhcpEvents.First(line => line.Type == "read"
            && line.Message.Contains(node.DhcpServers[0].NetworkId, StringComparison.Ordinal));
        DateTime end = node.DhcpEvents.Max(line => line.Time)!.Value;
        node.DhcpEvents.AddRange(Enumerable.Range(0, 3).Select(
            number => read with { ProcessId = 900 + number, Time = end.AddSeconds(3 * number) }));
        LookAtLog(node, end.AddSeconds(7));
        DhcpServerResult result = Test(cloud);
        Assert.Equal((DhcpPathStatus.Degraded, "QN6006"), (result.Status, result.Cause));
        LookAtLog(node, end.AddSeconds(60));
        Assert.Equal(DhcpPathStatus.Ok, Test(cloud).Status);
        Assert.Contains("processes 900, 901, 902", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Agent_that_starts_dnsmasq_twice_makes_no_respawning_one()
    {
        Cloud cloud = new SampleCloud().Read();
        NodeState node = cloud.Nodes["netnode"];
        DhcpEvent read = node.DhcpEvents.First(line => line.Type == "read");
        node.DhcpEvents.Add(read with { ProcessId = 901 });
        Assert.Equal(DhcpPathStatus.Ok, Test(cloud).Status);
    }

    [Fact]
    public void Stranger_in_a_capture_is_QN3005_and_the_own_server_is_none()
    {
        DhcpPacket offer = new() { Direction = DhcpDirection.Reply, Type = DhcpMessageType.Offer, Mac = Mac,
            ServerId = "10.66.6.6", IpAddress = "10.66.6.7", SourceMac = Stranger };
        Cloud cloud = new SampleCloud().Read();
        DhcpServerResult result = Test(cloud, packets: [offer]);
        Assert.Equal((DhcpPathStatus.Degraded, "QN3005", "10.66.6.6"), (result.Status, result.Cause, result.Object));
        Assert.Equal(DhcpPathStatus.Ok, Test(cloud, packets: [offer with { ServerId = result.IpAddress }]).Status);
        Assert.Equal(DhcpPathStatus.Ok, Test(cloud, packets: [offer with { Mac = Stranger }]).Status);
    }

    [Fact]
    public void Refusal_of_what_another_server_gave_is_a_stranger_where_the_network_has_one_server()
    {
        Cloud cloud = new SampleCloud().Read();
        NodeState node = cloud.Nodes["netnode"];
        node.DhcpEvents.Add(new() { ComputerName = "netnode", Type = "DHCPNAK", ProcessId = 132, Mac = Stranger,
            Message = "wrong server-ID", Time = node.DhcpEvents.Max(line => line.Time) });
        Assert.Equal("QN3005", Test(cloud).Cause);
    }

    [Fact]
    public void Agents_complaints_about_the_network_are_beside_the_verdict()
    {
        Cloud cloud = new SampleCloud().Read();
        NodeState node = cloud.Nodes["netnode"];
        node.AgentLogs.Add(new() { ComputerName = "netnode", Path = "/var/log/neutron/neutron-dhcp-agent.log",
            Level = "ERROR", Message = $"Unable to reload_allocations dhcp for {node.DhcpServers[0].NetworkId}." });
        Assert.Single(Test(cloud).AgentLog);
    }

    [Fact]
    public void Node_that_was_not_reached_is_unknown_and_not_missing()
    {
        Cloud cloud = new SampleCloud().Read();
        Cloud without = new() { Records = cloud.Records, CollectedAt = cloud.CollectedAt,
            Nodes = cloud.Nodes.Where(node => node.Key != "netnode").ToDictionary(),
            Failures = [new() { ComputerName = "netnode", Code = "QN9002", Message = "Connection refused" }] };
        DhcpServerResult result = Test(without);
        Assert.Equal((DhcpPathStatus.Unknown, "QN9002", "netnode"), (result.Status, result.Cause, result.ComputerName));
        Assert.Equal((DhcpPathStatus.Unknown, "QN9002"), new DhcpServerTester(without).Unreached("netnode") is var alone
            ? (alone.Status, alone.Cause) : default);
    }

    [Fact]
    public void Network_without_DHCP_is_not_meant_to_be_served()
    {
        Cloud cloud = new SampleCloud().WithRecords((command, text) =>
            command.Contains("subnet", StringComparison.Ordinal) ? text
                .Replace("\"DHCP\": true", "\"DHCP\": false", StringComparison.Ordinal)
                .Replace("\"enable_dhcp\": true", "\"enable_dhcp\": false", StringComparison.Ordinal) : text).Read();
        var tester = new DhcpServerTester(cloud);
        Assert.False(tester.IsMeantToBeServed(Assert.Single(tester.Networks)));
        Assert.Equal("QN1001", Test(cloud).Cause);
    }

    private static void LookAtLog(NodeState node, DateTime when)
    {
        int index = node.Commands.FindIndex(command => command.Collector == "DhcpEvent");
        node.Commands[index] = node.Commands[index] with { StartedAt = when };
    }

    private static void AssertFinding(SampleCloud cloud, DhcpPathStatus status, string cause, string message)
    {
        DhcpServerResult result = Test(cloud);
        Assert.Equal((status, cause), (result.Status, result.Cause));
        Assert.Contains(message, result.Findings[0].Message, StringComparison.Ordinal);
        Assert.NotEmpty(result.Findings[0].Evidence);
    }

    private static DhcpServerResult Test(SampleCloud cloud, IReadOnlyList<string>? macs = null) =>
        Test(cloud.Read(), macs);

    private static DhcpServerResult Test(Cloud cloud, IReadOnlyList<string>? macs = null, Cloud? before = null,
        IReadOnlyList<DhcpPacket>? packets = null)
    {
        var tester = new DhcpServerTester(cloud, before, packets);
        string network = Assert.Single(tester.Networks);
        return tester.Test(network, Assert.Single(tester.NodesOf(network)), macs);
    }
}
