namespace QuantumNet.Core.Tests.Faults;

/// <summary>What dnsmasq's and the agents' logs say carries weight.</summary>
public sealed class LogWordTests
{
    private const string Mac = "fa:16:3e:02:ea:33";
    private const string Refusal = "2026-11-22T10:38:08.105065+00:00 netnode dnsmasq-dhcp[132]: "
        + "DHCPDISCOVER(tap4558968d-21) fa:16:3e:02:ea:33 no address available";
    private const string Leased = "2026-11-22T10:38:08.104065+00:00 netnode dnsmasq-dhcp[132]: "
        + "not using configured address 192.168.138.2 because it is leased to fa:16:3e:11:22:33";
    private const string AgentLog = "neutron-openvswitch-agent.log";

    [Fact]
    public void Healthy_sample_is_Ok() => Assert.Equal((DhcpPathStatus.Ok, null), Verdict(new SampleCloud()));

    [Fact]
    public void Refusal_without_a_reason_is_an_unread_file() =>
        Assert.Equal((DhcpPathStatus.Broken, "QN6010"),
            Verdict(new SampleCloud().WithLine("netnode", "grep -a dnsmasq", Refusal)));

    [Fact]
    public void Refusal_of_a_leased_address_is_a_lease_held_by_another()
    {
        DhcpPathResult result = new SampleCloud().WithLine("netnode", "grep -a dnsmasq", Leased)
            .WithLine("netnode", "grep -a dnsmasq", Refusal).Test(Mac);
        Assert.Equal((DhcpPathStatus.Broken, "QN6011"), (result.Status, result.Cause));
        Assert.DoesNotContain(result.Findings, finding => finding.Code == "QN6010");
        Assert.Contains("leased to fa:16:3e:11:22:33", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Lease_given_after_the_refusal_is_Ok()
    {
        const string Ack = "2026-11-22T10:38:09.105065+00:00 netnode dnsmasq-dhcp[132]: "
            + "DHCPACK(tap4558968d-21) 192.168.138.2 fa:16:3e:02:ea:33 host-192-168-138-2";
        SampleCloud cloud = new();
        foreach (string line in new[] { Leased, Refusal, Ack })
            cloud.WithLine("netnode", "grep -a dnsmasq", line);
        Assert.Equal((DhcpPathStatus.Ok, null), Verdict(cloud));
    }

    [Fact]
    public void Reason_said_of_another_process_address_is_not_this_port() =>
        Assert.Equal((DhcpPathStatus.Ok, null), Verdict(new SampleCloud().WithLine("netnode", "grep -a dnsmasq",
            Leased.Replace("[132]", "[999]", StringComparison.Ordinal))));

    [Fact]
    public void Untagged_port_of_a_deaf_agent_is_caused_by_the_lost_queue()
    {
        DhcpPathResult result = Untagged().WithLine("compute1", AgentLog,
            "2026-11-22 10:38:20.000 172 ERROR neutron.agent.rpc [-] Timeout while waiting on RPC response - "
                + "topic: \"q-plugin\"").Test(Mac);
        Assert.Equal((DhcpPathStatus.Broken, "QN1011", "compute1"), (result.Status, result.Cause, result.ComputerName));
        Assert.Equal("QN1011", Assert.Single(result.Findings, finding => finding.Code == "QN4001").CausedBy);
    }

    [Fact]
    public void Untagged_port_of_an_agent_without_sudo_is_caused_by_it() =>
        Assert.Equal("QN1012", Untagged().WithLine("compute1", AgentLog,
            "2026-11-22 10:38:20.000 172 ERROR neutron.agent.linux.utils [-] Exit code: 1; Stderr: sudo: "
                + "a password is required").Test(Mac).Cause);

    [Fact]
    public void Agent_that_reconnected_is_not_deaf()
    {
        SampleCloud cloud = Untagged();
        foreach (string text in new[]
        {
            "ERROR oslo.messaging._drivers.impl_rabbit [-] AMQP server on 10.0.0.1:5672 is unreachable",
            "INFO oslo.messaging._drivers.impl_rabbit [-] Reconnected to AMQP server on 10.0.0.1:5672",
        })
            cloud.WithLine("compute1", AgentLog, "2026-11-22 10:38:20.000 172 " + text);
        Assert.Equal("QN4001", cloud.Test(Mac).Cause);
    }

    [Fact]
    public void Complaint_about_the_port_stands_beside_the_finding() =>
        Assert.Contains(Untagged().WithLine("compute1", AgentLog,
            "2026-11-22 10:38:20.000 172 WARNING neutron.plugins.ml2 [-] Device tap0 not defined on plugin; "
                + "qvoa6f5a96d-ce").Test(Mac).Findings.First(finding => finding.Code == "QN4001").Evidence,
            line => line.Text.Contains("not defined on plugin", StringComparison.Ordinal));

    [Fact]
    public void Flood_flow_that_outgrows_the_datapath_is_told_with_its_outputs()
    {
        string more = string.Concat(Enumerable.Range(1000, 571).Select(number => $",output:{number}"));
        DhcpPathResult result = new SampleCloud()
            .With("compute1", "dump-flows br-tun", text => text.Replace("NXM_NX_TUN_ID[],output:2,output:3\n",
                $"NXM_NX_TUN_ID[],output:2,output:3{more}\n", StringComparison.Ordinal)).Test(Mac);
        Assert.Equal((DhcpPathStatus.Degraded, "QN5024", "compute1"),
            (result.Status, result.Cause, result.ComputerName));
        Assert.Contains("573 outputs", result.Summary, StringComparison.Ordinal);
    }

    private static SampleCloud Untagged() => new SampleCloud()
        .With("compute1", "ovs-vsctl show", text => text.Replace("        Port qvoa6f5a96d-ce\n            tag: 41\n",
            "        Port qvoa6f5a96d-ce\n", StringComparison.Ordinal))
        .Without("compute1", "ovs-vsctl --format=json");

    private static (DhcpPathStatus Status, string? Cause) Verdict(SampleCloud cloud)
    {
        DhcpPathResult result = cloud.Test(Mac);
        return (result.Status, result.Cause);
    }
}
