using System.Text;
using BenchmarkDotNet.Attributes;
using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Benchmarks;

/// <summary>100,000 flows, the lines of a real dump with varied numbers: ours beside <c>ovs-ofctl parse-flows</c> on
/// the same flows.</summary>
[MemoryDiagnoser]
public class OvsFlowBenchmarks
{
    private const int FlowCount = 100_000;
    private byte[] _dump = [];
    private string _text = "";
    private string _file = "";

    [GlobalSetup]
    public void Setup()
    {
        _text = FlowDump.Make(FlowCount);
        _dump = Encoding.UTF8.GetBytes(_text);
        _file = Path.GetTempFileName();
        File.WriteAllText(_file, FlowDump.WithoutStatistics(_text));
    }

    [GlobalCleanup]
    public void Cleanup() => File.Delete(_file);

    /// <summary>From bytes, as a gathered output is read; match and actions stay text until asked for.</summary>
    [Benchmark(OperationsPerInvoke = FlowCount)]
    public int Read() => OvsFlowParser.ParseAll(_dump, NewSource()).Count;

    /// <summary>From a string.</summary>
    [Benchmark(OperationsPerInvoke = FlowCount)]
    public int ReadString() => OvsFlowParser.ParseAll(_text, NewSource()).Count;

    /// <summary>Everything taken apart, as if every flow were asked for all its parts.</summary>
    [Benchmark(OperationsPerInvoke = FlowCount)]
    public int ReadAndTakeApart()
    {
        int parts = 0;
        foreach (OvsFlow flow in OvsFlowParser.ParseAll(_dump, NewSource()))
            parts += flow.RawText.Length + flow.Match.Length + flow.Actions.Length + flow.MatchFields.Length
                + flow.ActionList.Length;
        return parts;
    }

    /// <summary>The C program, on the same flows without statistics (it takes none).
    /// It also prints each flow again.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = FlowCount)]
    public int OfctlParseFlows() => PeerProgram.CountLines(FlowCount + 1, "ovs-ofctl", "parse-flows", _file);

    private static TextSource NewSource()
    {
        var issues = new List<ParseIssue>();
        return new TextSource("node1", "ovs-ofctl dump-flows br-int", issues) { Bridge = "br-int" };
    }
}
