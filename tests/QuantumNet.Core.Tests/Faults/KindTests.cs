namespace QuantumNet.Core.Tests.Faults;

/// <summary>vif_type and vnic_type decide which path is looked for; what is not followed is said.</summary>
public sealed class KindTests
{
    private const string Mac = "fa:16:3e:02:ea:33";

    [Theory]
    [InlineData("hw_veb", "direct", "NIC")]
    [InlineData("macvtap", "macvtap", "NIC")]
    [InlineData("bridge", "normal", "Linux bridge agent")]
    [InlineData("unbound", "normal", "not bound")]
    [InlineData("other", "baremetal", "machine of its own")]
    [InlineData("vrouter", "normal", "vif_type vrouter")]
    public void Kind_that_is_not_followed_is_said(string vif, string vnic, string said)
    {
        DhcpPathResult result = Bound(vif, vnic).Test(Mac);
        Assert.Equal((DhcpPathStatus.Unknown, "QN9010"), (result.Status, result.Cause));
        Assert.Contains(said, result.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Hops, hop => hop.ComputerName == "compute1");
    }

    [Fact]
    public void Vhost_user_port_has_no_tap()
    {
        DhcpPathResult result = Bound("vhostuser", "normal").Test(Mac);
        Assert.Equal((DhcpPathStatus.Broken, "QN4001"), (result.Status, result.Cause));
        Assert.Contains("vhua6f5a96d-ce", result.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Findings, finding => finding.Code is "QN2003" or "QN2002");
    }

    [Fact]
    public void Server_side_of_an_unfollowed_kind_is_still_judged() => Assert.Equal((DhcpPathStatus.Broken, "QN6008"),
        Verdict(Bound("hw_veb", "direct").With("netnode", "/host", text =>
            string.Join('\n', text.Split('\n').Where(line => !line.StartsWith(Mac, StringComparison.Ordinal))))));

    [Fact]
    public void Wired_port_is_followed_whatever_its_record_says() =>
        Assert.Equal((DhcpPathStatus.Ok, null), Verdict(new SampleCloud().WithRecords((_, text) => text.Replace(
            "\"binding_vif_type\": \"ovs\"", "\"binding_vif_type\": \"unbound\"", StringComparison.Ordinal))));

    [Fact]
    public void Binding_that_failed_with_the_agent_down_is_QN1004() => Assert.Equal((DhcpPathStatus.Broken, "QN1004"),
        Verdict(Bound("binding_failed", "normal")
            .WithRecords((command, text) => command.Contains("network agent", StringComparison.Ordinal)
                ? text.Replace("\"Alive\": true", "\"Alive\": false", StringComparison.Ordinal)
                    .Replace("\"alive\": true", "\"alive\": false", StringComparison.Ordinal) : text)));

    [Fact]
    public void Binding_that_failed_for_an_agent_that_was_dead_then_is_told_by_the_servers_log()
    {
        const string Dead = "2026-11-22 10:38:05.000 17 WARNING neutron.plugins.ml2.drivers.mech_agent [req-1] "
            + "Refusing to bind port a6f5a96d-ceb2-4dcc-bd1f-b0639d8aba20 to dead agent: {'host': 'compute1'}\n";
        const string Failed = "2026-11-22 10:38:05.001 17 ERROR neutron.plugins.ml2.managers [req-1] "
            + "Failed to bind port a6f5a96d-ceb2-4dcc-bd1f-b0639d8aba20 on host compute1 for vnic_type normal using "
            + "segments []\n";
        DhcpPathResult result = Bound("binding_failed", "normal")
            .Printing("controller", "cat /var/log/kolla/neutron/neutron-server.log", Dead + Failed).Test(Mac);
        Assert.Equal((DhcpPathStatus.Broken, "QN1004"), (result.Status, result.Cause));
        Assert.Equal(["mech_agent", "managers"], result.Findings.First(finding => finding.Code == "QN1004").Evidence
            .Where(line => line.Text.Contains("neutron.plugins.ml2", StringComparison.Ordinal))
            .Select(line => line.Text.Split(' ')[4].Split('.')[^1]));
    }

    [Fact]
    public void Binding_that_failed_for_no_reason_shown_lists_both()
    {
        DhcpPathResult result = Bound("binding_failed", "normal").Test(Mac);
        Assert.Equal((DhcpPathStatus.Broken, "QN9006"), (result.Status, result.Cause));
        Assert.Equal(["QN1004", "QN1005"],
            result.Findings.Where(finding => finding.CausedBy == "QN9006").Select(finding => finding.Code).Order());
    }

    [Fact]
    public void Ports_without_an_instance_are_none_of_an_instance_without_records()
    {
        Cloud cloud = new SampleCloud().KeepingRecords(_ => false)
            .Without("compute1", "ovs-vsctl --format=json")
            .With("compute1", "ovs-vsctl show", text => text.Replace("        Port br-int\n",
                "        Port tap0ab9a23c-99\n            tag: 41\n            Interface tap0ab9a23c-99\n"
                    + "                type: internal\n        Port br-int\n", StringComparison.Ordinal)).Read();
        Assert.Equal("network:dhcp", Assert.Single(cloud.Records.Ports,
            port => port.PortId.StartsWith("0ab9a23c", StringComparison.Ordinal)).DeviceOwner);
        Assert.All(cloud.Records.Ports.Where(port => port.DeviceOwner.Length == 0),
            port => Assert.NotEqual("", port.PortId));
    }

    [Fact]
    public void Kinds_of_records_that_were_not_asked_for_are_inferred()
    {
        Cloud cloud = new SampleCloud()
            .KeepingRecords(command => command.Contains("network show", StringComparison.Ordinal)).Read();
        Assert.NotEmpty(cloud.Records.Ports);
        Assert.Equal((RecordSource.Client, RecordSource.Inferred),
            (cloud.Records.Networks[0].Source, cloud.Records.Ports[0].Source));
    }

    /// <summary>The sample with its first instance's port bound in another way, and nothing of it plugged in.</summary>
    private static SampleCloud Bound(string vif, string vnic) => new SampleCloud()
        .WithRecords((command, text) => command.Contains("port show a6f5a96d", StringComparison.Ordinal)
            ? text.Replace("\"binding_vif_type\": \"ovs\"", $"\"binding_vif_type\": \"{vif}\"",
                    StringComparison.Ordinal)
                .Replace("\"binding_vnic_type\": \"normal\"", $"\"binding_vnic_type\": \"{vnic}\"",
                    StringComparison.Ordinal) : text)
        .With("compute1", "ovs-vsctl",
            text => text.Replace("qvoa6f5a96d-ce", "qvoffffffff-ff", StringComparison.Ordinal)
                .Replace("a6f5a96d-ceb2-4dcc-bd1f-b0639d8aba20", "", StringComparison.Ordinal))
        .With("compute1", "ip ", text => text.Replace("a6f5a96d-ce", "ffffffff-ff", StringComparison.Ordinal));

    private static (DhcpPathStatus Status, string? Cause) Verdict(SampleCloud cloud)
    {
        DhcpPathResult result = cloud.Test(Mac);
        return (result.Status, result.Cause);
    }
}
