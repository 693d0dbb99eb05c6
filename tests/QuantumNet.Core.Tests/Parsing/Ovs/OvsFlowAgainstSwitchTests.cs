using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Core.Tests.Parsing.Ovs;

/// <summary>What a real switch prints, in every dialect, is read in full:
/// our typed parts printed again are its very lines.</summary>
public sealed class OvsFlowAgainstSwitchTests(PrivateSwitch ovs) : IClassFixture<PrivateSwitch>
{
    private const int FlowCount = 2000;

    [SkippableTheory]
    [InlineData("OpenFlow10")]
    [InlineData("OpenFlow13")]
    [InlineData("OpenFlow14")]
    [InlineData("OpenFlow15")]
    public void Thousands_of_generated_flows_are_read_as_the_switch_prints_them(string version)
    {
        Skip.If(ovs.Missing is not null, ovs.Missing);
        AssertReadInFull(ovs.Exchange(version, FlowGen.Flows(version, FlowCount)), FlowCount / 2);
    }

    [SkippableFact]
    public void Port_names_are_read_as_the_switch_prints_them()
    {
        Skip.If(ovs.Missing is not null, ovs.Missing);
        string dump = ovs.Exchange("OpenFlow10", FlowGen.Flows("OpenFlow10", FlowCount / 4), "--names");
        List<OvsFlow> flows = AssertReadInFull(dump, FlowCount / 8);
        Assert.Contains(flows, flow => flow.Find("in_port")?.Value == "tap1408934f-93");
        Assert.Contains(flows,
            flow => Array.Exists(flow.ActionList, action => action is { Name: "output", Argument: "patch-tun" }));
    }

    [SkippableFact]
    public void Statistics_left_out_are_zero()
    {
        Skip.If(ovs.Missing is not null, ovs.Missing);
        string dump = ovs.Exchange("OpenFlow13", FlowGen.Flows("OpenFlow13", FlowCount / 4), "--no-stats");
        Assert.All(AssertReadInFull(dump, FlowCount / 8),
            flow => Assert.Equal((0L, 0.0), (flow.PacketCount, flow.DurationSeconds)));
    }

    private static List<OvsFlow> AssertReadInFull(string dump, int atLeast)
    {
        TextSource source = Recorded.Source("ovs-ofctl dump-flows br0", "br0");
        List<OvsFlow> flows = OvsFlowParser.ParseAll(dump, source);
        Assert.Empty(source.Issues);
        string[] lines = [.. dump.Split('\n').Where(line => line.Contains("actions=", StringComparison.Ordinal))];
        Assert.InRange(lines.Length, atLeast, int.MaxValue);
        Assert.Equal(lines, lines.Zip(flows, Rendered.Like));
        return flows;
    }
}
