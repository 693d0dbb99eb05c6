using QuantumNet.Snapshots;

namespace QuantumNet.Access.Gathering;

/// <summary>Brings Open vSwitch's flow counters up to date, without changing anything.</summary>
internal static class FlowCounters
{
    // Ends when the revalidators have gone over the datapath's flows (ovs-vswitchd(8)); unknown to old releases (2.1;
    // 2.4 has it), refused where two datapaths are in use. Then it fails at once, and what is left is the time that
    // passes between an action and its sample.
    private static readonly CommandTemplate s_wait =
        new("ovs-appctl", "--timeout=5", "revalidator/wait") { TimeoutSeconds = 8, MaximumBytes = 4096 };

    /// <summary>To run before flows are dumped: twice, since the first may end with a round that began before
    /// the packets that matter.</summary>
    /// <remarks>A flow counts its first packet at once, those that a datapath flow takes only once a revalidator
    /// has been there: every half second. Measured with Open vSwitch 3.1 on a machine with a load of 10 to 30:
    /// 0.3 s after a probe half of the samples lacked a counter, a few came up to 1.9 s late;
    /// with these two, which take 0.5 to 1 s, none lacked one. So a sample neither misses what was just sent,
    /// nor counts what the one before it should have counted.</remarks>
    public static IReadOnlyList<CommandTemplate> Settle { get; } = [s_wait, s_wait];
}
