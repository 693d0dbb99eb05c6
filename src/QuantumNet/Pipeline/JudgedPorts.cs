using QuantumNet.Diagnosis;

namespace QuantumNet.Pipeline;

/// <summary>Judges ports side by side, with progress.</summary>
internal static class JudgedPorts
{
    private const string Judging = "Judging ports";

    /// <summary>The verdicts, each as soon as it and all before it stand.</summary>
    /// <param name="tester">Judges them.</param>
    /// <param name="ports">The ports.</param>
    /// <param name="counters">What moved between two samples.</param>
    /// <param name="traces">What captures showed.</param>
    /// <param name="pipe">Shows how far it is.</param>
    /// <param name="stop">Ends it, with an OperationCanceledException.</param>
    public static IEnumerable<DhcpPathResult> Of(DhcpPathTester tester, QuantumPort[] ports,
        DhcpCounterChange[] counters, DhcpTraceResult[] traces, PipelineWriter pipe, CancellationToken stop)
    {
        int done = 0;
        pipe.Board.Counted(Judging, done, ports.Length);
        foreach (DhcpPathResult result in tester.TestAll(ports, counters, traces, stop))
        {
            pipe.Board.Counted(Judging, ++done, ports.Length);
            yield return result;
        }
    }
}
