using System.Text;
using QuantumNet.Parsing.Ovs;
using QuantumNet.Simulation.Bridge;

namespace QuantumNet.Benchmarks;

/// <summary>From a dump of br-int to tables that can be looked up in: <c>compile [FLOWS]</c>. The dump is parsed again
/// each time, so that no flow was taken apart before.</summary>
internal static class CompileRun
{
    private const int Turns = 5, UsualCount = 100_000, FirstPort = 11;

    public static int Run(string[] arguments)
    {
        int count = arguments.Length == 0 ? UsualCount : int.Parse(arguments[0]);
        byte[] dump = Encoding.UTF8.GetBytes(
            FlowDump.OfPorts("ovsfw+vxlan/compute1/ovs-ofctl-dump-flows-br-int.txt", count, FirstPort));
        for (int turn = 0; turn < Turns; turn++)
        {
            List<OvsFlow> flows = ProcessorTime.Measure("parse", count, () => OvsFlowParser.ParseAll(dump,
                new TextSource("node1", "ovs-ofctl dump-flows br0", new List<ParseIssue>()) { Bridge = "br0" }));
            ProcessorTime.Measure("compile", flows.Count, () => new SwitchBridge("br0",
                [.. Enumerable.Range(1, FirstPort).Select(i => new SwitchPort { Name = $"p{i}", Number = i })], flows)
                .Compile());
        }
        return 0;
    }
}
