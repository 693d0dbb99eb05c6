namespace QuantumNet.Snapshots;

/// <summary>Reads the outputs of one node into its state.</summary>
internal sealed class NodeReading(NodeState node, CollectorIndex index)
{
    private readonly List<(CollectedCommand Command, GatherFailure Failure)> _failures = [];

    public NodeState Node { get; } = node;
    public List<CommandOutput> Outputs { get; } = [];
    public List<ParseIssue> Issues { get; } = [];

    /// <summary>Reads all outputs, then lets the collectors that join them finish.</summary>
    public void Read()
    {
        foreach ((CommandOutput output, OutputReader reader) in Choose())
            Read(output, reader);
        foreach (ICollector collector in index.Collectors)
        {
            if (collector is IFinishingCollector finishing)
                finishing.Finish(Node);
        }
    }

    /// <summary>Missing and refused commands do not matter where another command told the same.</summary>
    public IEnumerable<GatherFailure> Failures()
    {
        HashSet<(string, string)> told = [];
        foreach ((CollectedCommand command, GatherFailure failure) in _failures)
        {
            if (failure.Code == "QN9003" && Node.Has(command.Collector, command.Subject))
                continue;
            if (told.Add((failure.Code, failure.Command)))
                yield return failure;
        }
    }

    /// <summary>Pairs outputs with readers. Of several that another tool took of the same thing, the exact command wins, then the last.</summary>
    private List<(CommandOutput Output, OutputReader Reader)> Choose()
    {
        List<(CommandOutput, OutputReader)> chosen = [];
        Dictionary<(string, object, string), int> taken = [];
        foreach (CommandOutput output in Outputs)
        {
            foreach (OutputReader reader in index.ReadersOf(output))
            {
                (string, object, string) key = (reader.Collector.Name, (object?)reader.Template ?? output.Command, ThingOf(output, reader));
                if (!taken.TryGetValue(key, out int at))
                {
                    taken[key] = chosen.Count;
                    chosen.Add((output, reader));
                }
                else if (IsBetter(output, reader, chosen[at].Item1, chosen[at].Item2))
                {
                    chosen[at] = (output, reader);
                }
            }
        }
        return chosen;
    }

    // A network may have files in the folders of two releases.
    private static string ThingOf(CommandOutput output, OutputReader reader) => reader.Scope == CommandScope.DhcpNetwork ? output.Argv[^1] : reader.Subject;

    private static bool IsBetter(CommandOutput output, OutputReader reader, CommandOutput held, OutputReader heldReader) =>
        reader.IsExact != heldReader.IsExact ? reader.IsExact
        : CommandVerdict.Of(output).IsReadable || !CommandVerdict.Of(held).IsReadable;

    private void Read(CommandOutput output, OutputReader reader)
    {
        CommandVerdict verdict = CommandVerdict.Of(output);
        CollectedCommand command = new()
        {
            Collector = reader.Collector.Name,
            Subject = reader.Subject,
            State = verdict.State,
            Command = output.Command,
            Reason = verdict.Reason,
            StartedAt = output.StartedAt,
            IsOfNode = reader.Subject.Length == 0 && !Array.Exists(output.Argv, TemplateMatch.HasHolder),
        };
        Node.Commands.Add(command);
        if (verdict.Code.Length > 0)
            _failures.Add((command, Failure(output, verdict)));
        if (verdict.IsReadable && !Array.Exists(output.Argv, TemplateMatch.HasHolder))
            reader.Collector.Read(output.Subject == reader.Subject ? output : output with { Subject = reader.Subject }, Source(output, reader), Node);
    }

    private static GatherFailure Failure(CommandOutput output, CommandVerdict verdict) => new()
    {
        ComputerName = output.ComputerName,
        Code = verdict.Code,
        Command = output.Command,
        Message = verdict.Reason,
        Advice = verdict.Code == "QN9003" ? CommandVerdict.Advice(output)
            : $"Run '{output.Command}' on {output.ComputerName} by hand; a daemon that does not answer is itself a finding.",
    };

    private TextSource Source(CommandOutput output, OutputReader reader) => new(Node.ComputerName, output.Command, Issues)
    {
        Bridge = reader.Scope == CommandScope.Bridge ? reader.Subject : "",
        Namespace = reader.Scope == CommandScope.DhcpNamespace ? reader.Subject : "",
        NetworkId = NetworkOf(reader),
        Path = reader.Scope == CommandScope.File ? reader.Subject : PathOf(output.Argv),
        TakenAt = output.StartedAt,
    };

    private static string NetworkOf(OutputReader reader) => reader.Scope switch
    {
        CommandScope.DhcpNetwork => reader.Subject,
        CommandScope.DhcpNamespace when reader.Subject.StartsWith("qdhcp-", StringComparison.Ordinal) => reader.Subject["qdhcp-".Length..],
        _ => "",
    };

    private static string PathOf(string[] argv) =>
        argv.Length > 1 && argv[^1].StartsWith('/') && argv[0] is "cat" or "tail" or "head" or "grep" ? argv[^1] : "";
}
