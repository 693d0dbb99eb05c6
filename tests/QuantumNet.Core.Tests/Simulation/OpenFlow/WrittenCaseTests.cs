using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Core.Tests.Simulation.OpenFlow;

/// <summary>Cases written by hand after what Open vSwitch's own tests expect (VLANs of NORMAL,
/// resubmit and in_port, learn, ct, groups ...), in <c>tests/fixtures/openflow</c>:
/// by the simulation, and by a real switch where there is one.</summary>
public sealed class WrittenCaseTests(TracingSwitch ovs) : IClassFixture<TracingSwitch>
{
    public static TheoryData<string> Files => ["normal-vlan.cases", "pipeline.cases"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Written_cases_end_as_they_say(string file)
    {
        List<TraceCase> cases = Read(file);
        Assert.NotEmpty(cases);
        Assert.All(cases, one => Assert.Null(Wrong(one, Simulated(one))));
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Written_cases_end_as_a_switch_traces_them(string file)
    {
        Skip.If(ovs.Missing is not null, ovs.Missing);
        foreach (TraceCase one in Read(file))
        {
            ovs.Apply(one);
            List<string> theirs = ovs.Outcome(one, ovs.Trace(one));
            Assert.True(theirs.SequenceEqual(Simulated(one)),
                $"{one.Name}\n{string.Join('\n', theirs)}\n---\n{string.Join('\n', Simulated(one))}");
        }
    }

    private static List<string> Simulated(TraceCase one)
    {
        QuantumNet.Simulation.Bridge.SwitchNode node = one.ToNode();
        PacketTrace trace = Translation.Run(node, node.Bridge(one.EntryBridge)!,
            PacketText.Read(one.PacketText, _ => null)!);
        Assert.True(trace.IsWhole, one.Name);
        return TraceOutcome.Of(trace);
    }

    /// <summary>What is not as the case says; null when all is.</summary>
    private static string? Wrong(TraceCase one, List<string> actual)
    {
        List<string> left = [.. actual];
        foreach (string expected in one.Expected!.Where(line => line != "nothing"))
        {
            string[] words = expected.Split(' ');
            int found = left.FindIndex(
                line => line.StartsWith(words[0] + " ", StringComparison.Ordinal) && HasFields(line, words[1..]));
            if (found < 0)
                return $"{one.Name}: not {expected}, but {string.Join("; ", actual)}";
            left.RemoveAt(found);
        }
        return left.Count > 0 ? $"{one.Name}: also {string.Join("; ", left)}" : null;
    }

    private static bool HasFields(string line, string[] fields) =>
        fields.SelectMany(field => field.Split(',')).All(field =>
            field == "untagged"
                ? !line.Contains("dl_vlan=", StringComparison.Ordinal) : line.Split(' ', ',').Contains(field));

    private static List<TraceCase> Read(string file)
    {
        string[] lines = Samples.Text(Path.Combine("openflow", file)).Split('\n');
        int[] starts =
            [.. Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith("case ", StringComparison.Ordinal))];
        return [.. starts.Select((start, i) =>
            TraceCase.Read(
                lines[..starts[0]].Concat(lines[start..(i + 1 < starts.Length ? starts[i + 1] : lines.Length)])))];
    }
}
