namespace QuantumNet.Core.Tests.Faults;

/// <summary>The bridge of a VLAN network is known by its flows, then by the mappings, then by being the only one;
/// its uplink counts.</summary>
public sealed class PhysicalBridgeTests
{
    private const string Mac = "fa:16:3e:b1:fb:c0";
    private const string Second = "    Bridge br-eth2\n        Port phy-br-eth2\n            Interface phy-br-eth2\n"
        + "                type: patch\n                options: {peer=int-br-eth2}\n"
        + "        Port eth2\n            Interface eth2\n    Bridge br-int\n        Port int-br-eth2\n            "
        + "Interface int-br-eth2\n                type: patch\n                options: {peer=phy-br-eth2}\n";

    [Fact]
    public void Wired_network_is_not_broken() => Assert.Equal([], Codes(Wired()));

    [Theory]
    [InlineData("<BROADCAST,MULTICAST>", "is down:")]
    [InlineData("<NO-CARRIER,BROADCAST,MULTICAST,UP>", "having no carrier")]
    public void Uplink_that_is_down_is_QN5018(string flags, string said)
    {
        DhcpPathResult result = Wired().With("compute1", "ip -s -d link",
                text => text.Replace("eth1@if6: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP",
                    $"eth1@if6: {flags} mtu 1500 qdisc noqueue state DOWN", StringComparison.Ordinal))
            .Without("compute1", "ip address").Test(Mac);
        Assert.Equal((DhcpPathStatus.Broken, "QN5018", "compute1"), (result.Status, result.Cause, result.ComputerName));
        Assert.Contains(said, result.Summary, StringComparison.Ordinal);
        Assert.Contains("eth1", result.Findings[0].Evidence[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Uplink_with_many_errors_is_a_warning()
    {
        DhcpPathResult result = Wired().With("compute1", "ip -s -d link", text => text.Replace(
            "          6568      60      0 ", "          6568      60    900 ", StringComparison.Ordinal)).Test(Mac);
        Assert.Contains(result.Findings,
            finding => finding is { Code: "QN5018", Severity: CheckSeverity.Warning, Status: FindingStatus.Fail }
                && finding.Message.Contains("900 receive", StringComparison.Ordinal));
    }

    [Fact]
    public void Bridge_is_told_by_its_flows_where_nothing_maps_it() =>
        Assert.DoesNotContain(WithTwo().Test(Mac).Findings, finding => finding.Code == "QN5018");

    [Fact]
    public void Bridge_that_nothing_tells_is_unknown()
    {
        DhcpPathResult result = WithTwo().With("compute1", "dump-flows", text => string.Join('\n',
            text.Split('\n').Where(line => !line.Contains("2942", StringComparison.Ordinal)))).Test(Mac);
        Assert.Contains(result.Findings,
            finding => finding is { Code: "QN5018", Status: FindingStatus.Unknown, ComputerName: "compute1" });
        Assert.DoesNotContain(result.Findings, finding => finding is { Code: "QN5018", Status: FindingStatus.Fail });
    }

    [Fact]
    public void Names_of_ports_decide_nothing() => Assert.Equal([], Codes(Wired().With("compute1", "ovs-", text => text
        .Replace("int-br-eth1", "near", StringComparison.Ordinal)
        .Replace("phy-br-eth1", "far", StringComparison.Ordinal))));

    /// <summary>The codes that fail.</summary>
    private static string[] Codes(SampleCloud cloud) => [.. cloud.Test(Mac).Findings
        .Where(finding => finding.Status == FindingStatus.Fail).Select(finding => finding.Code)];

    /// <summary>The recorded cloud with the uplink that it lacks.</summary>
    private static SampleCloud Wired() => new SampleCloud("broken-QN5018-bridge-has-no-uplink")
        .Without("compute1", "ovs-vsctl --format=json")
        .With("compute1", "ovs-vsctl show", text => text.Replace("        Port br-eth1\n",
            "        Port eth1\n            Interface eth1\n        Port br-eth1\n", StringComparison.Ordinal));

    /// <summary>The same with a second physical bridge, and nothing that maps either.</summary>
    private static SampleCloud WithTwo() => Wired()
        .Without("compute1", "openvswitch_agent.ini")
        .WithRecords((command, text) => text.Replace("physnet1\": \"br-eth1", "other\": \"br-none",
            StringComparison.Ordinal).Replace("bridge_mappings", "unread", StringComparison.Ordinal))
        .With("compute1", "ovs-vsctl show",
            text => text.Replace("    Bridge br-int\n", Second, StringComparison.Ordinal));
}
