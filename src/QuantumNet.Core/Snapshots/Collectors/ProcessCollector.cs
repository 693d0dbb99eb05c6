using QuantumNet.Parsing.Links;

namespace QuantumNet.Snapshots;

/// <summary>Processes. <c>ww</c> because ps cuts its lines at COLUMNS where that is set, even in a pipe.</summary>
public sealed class ProcessCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "Process";

    /// <inheritdoc/>
    public bool MayHoldSecrets => true;

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } = [new("ps", "-efww") { AlwaysPrints = true }];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return 0;
        List<NodeProcess> read = PsParser.ParseAll(output.Text, source);
        Dictionary<int, int> known = [];
        for (int i = 0; i < into.Processes.Count; i++)
            known[into.Processes[i].ProcessId] = i;
        foreach (NodeProcess process in read)
        {
            if (known.TryGetValue(process.ProcessId, out int at))
                into.Processes[at] = Join(into.Processes[at], process);
            else
            {
                known[process.ProcessId] = into.Processes.Count;
                into.Processes.Add(process);
            }
        }
        return read.Count;
    }

    /// <summary>The longer command line is the whole one and stays the evidence;
    /// the other gives what it lacks.</summary>
    private static NodeProcess Join(NodeProcess first, NodeProcess second)
    {
        (NodeProcess kept, NodeProcess other) = Length(second) > Length(first) ? (second, first) : (first, second);
        bool hasName = kept.User.Length > 0 && !char.IsAsciiDigit(kept.User[0]);
        return kept with
        {
            ParentProcessId = kept.ParentProcessId >= 0 ? kept.ParentProcessId : other.ParentProcessId,
            User = hasName || other.User.Length == 0 ? kept.User : other.User,
            Started = kept.Started.Length > 0 ? kept.Started : other.Started,
        };
    }

    private static int Length(NodeProcess process) => process.Argv.Sum(word => word.Length + 1);
}
