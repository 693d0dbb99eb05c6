namespace QuantumNet.Core.Tests.Faults;

/// <summary>Rules that name a set of addresses: its members decide, and where they were not collected nothing
/// does.</summary>
public sealed class AddressSetTests
{
    private const string Mac = "fa:16:3e:02:ea:33", Set = "NIPv46c7567d3-13e0-49be-ba7b-";
    private const string Made = $"create {Set} hash:net family inet hashsize 1024 maxelem 65536\n";
    private const string Other = $"{Made}add {Set} 192.168.138.7\n";
    // A pair of addresses that a member is allowed: 0.0.0.0/0, as ipset has to hold it.
    private const string All = $"{Other}add {Set} 0.0.0.0/1\nadd {Set} 128.0.0.0/1\n";

    [Theory]
    [InlineData(All, DhcpPathStatus.Ok, null)]
    [InlineData(Other, DhcpPathStatus.Broken, "QN3002")]
    [InlineData(Made, DhcpPathStatus.Broken, "QN3002")]
    [InlineData("", DhcpPathStatus.Unknown, "QN9008")]
    public void Members_decide_over_the_reply_that_no_other_rule_accepts(
        string sets, DhcpPathStatus status, string? cause)
    {
        DhcpPathResult result = OnlyTheSetAccepts().Printing("compute1", "ipset save", sets).Test(Mac);
        Assert.Equal((status, cause), (result.Status, result.Cause));
    }

    [Fact]
    public void Set_that_was_not_collected_is_asked_for()
    {
        DhcpPathResult result = OnlyTheSetAccepts().Test(Mac);
        Assert.Equal((DhcpPathStatus.Unknown, "QN9008"), (result.Status, result.Cause));
        Assert.Contains("run `ipset save` on compute1", result.Summary + result.Findings[0].Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Set_that_the_packet_does_not_come_to_changes_nothing() => Assert.Equal(DhcpPathStatus.Ok,
        new SampleCloud().With("compute1", "iptables-save", text => text.Replace(
            "-A neutron-openvswi-ia6f5a96d-c -s 192.168.138.7/32 -j RETURN",
            $"-A neutron-openvswi-ia6f5a96d-c -m set --match-set {Set} src -j RETURN", StringComparison.Ordinal))
            .Test(Mac).Status);

    private static SampleCloud OnlyTheSetAccepts() => new SampleCloud().With("compute1", "iptables-save", text =>
        string.Join('\n', text.Split('\n').Where(line => !IsAcceptedBefore(line)))
            .Replace("-A neutron-openvswi-ia6f5a96d-c -m state --state INVALID",
                $"-A neutron-openvswi-ia6f5a96d-c -m set --match-set {Set} src -j RETURN\n"
                + "[0:0] -A neutron-openvswi-ia6f5a96d-c -m state --state INVALID", StringComparison.Ordinal));

    private static bool IsAcceptedBefore(string line) =>
        line.Contains("-A neutron-openvswi-ia6f5a96d-c -d ", StringComparison.Ordinal)
        || line.Contains("-A neutron-openvswi-ia6f5a96d-c -s ", StringComparison.Ordinal);
}
