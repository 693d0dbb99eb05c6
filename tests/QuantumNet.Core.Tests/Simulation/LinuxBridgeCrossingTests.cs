using QuantumNet.Core.Tests.Faults;

namespace QuantumNet.Core.Tests.Simulation;

/// <summary>What a Linux bridge's ports must be for a packet to cross it.</summary>
public sealed class LinuxBridgeCrossingTests
{
    private const string Mac = "fa:16:3e:02:ea:33";

    [Theory]
    [InlineData("forwarding", HopAction.Forwarded)]
    [InlineData("disabled", HopAction.Dropped)]
    [InlineData("listening", HopAction.Dropped)]
    [InlineData("learning", HopAction.Dropped)]
    [InlineData("blocking", HopAction.Dropped)]
    public void Port_must_be_in_the_state_of_forwarding(string state, HopAction expected)
    {
        Hop hop = BridgeOf(new SampleCloud().With("compute1", "bridge link", text => string.Join('\n', text.Split('\n')
            .Select(line => line.Contains("tapa6f5a96d-ce", StringComparison.Ordinal)
                ? line.Replace("state forwarding", $"state {state}", StringComparison.Ordinal) : line))));
        Assert.Equal(expected, hop.Action);
        if (expected == HopAction.Dropped)
        {
            Assert.Contains($"in state {state}", hop.Reason, StringComparison.Ordinal);
            Assert.Contains($"state {state}", hop.Rule, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Port_that_was_only_listed_is_taken_to_forward() => Assert.Equal(HopAction.Forwarded,
        BridgeOf(new SampleCloud().Without("compute1", "bridge link")).Action);

    [Fact]
    public void Loss_at_a_blocked_port_that_no_fault_explains_is_not_Ok() => Assert.NotEqual(DhcpPathStatus.Ok,
        new SampleCloud().With("compute1", "bridge link", text =>
            text.Replace("state forwarding", "state blocking", StringComparison.Ordinal)).Test(Mac).Status);

    private static Hop BridgeOf(SampleCloud cloud) => cloud.Test(Mac).Hops.First(hop => hop is
        { Component: HopComponent.LinuxBridge, Direction: DhcpDirection.Request });
}
