namespace QuantumNet.Snapshots;

/// <summary>Reads the outputs of one node into its state.</summary>
internal sealed class NodeReading(NodeState node, CollectorIndex index)
{
    private readonly List<(CollectedCommand Command, GatherFailure Failure)> _failures = [];

    public NodeState Node { get; } = node;
    public List<CommandOutput> Outputs { get; } = [];
    public List<ParseIssue> Issues { get; } = [];

    /// <summary>Outputs that no collector reads, empty ones left out.</summary>
    public List<CommandOutput> Unknown { get; } = [];

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

    /// <summary>Pairs outputs with readers. Of several that tell the same part of the same thing,
    /// the collector's own command wins, then the one that tells more, then the last.
    /// What tells the whole is read before what tells a part.</summary>
    private IEnumerable<(CommandOutput Output, OutputReader Reader)> Choose()
    {
        List<(CommandOutput Output, OutputReader Reader)> chosen = [];
        Dictionary<(string, object, string, string), int> taken = [];
        foreach (CommandOutput output in Outputs)
        {
            bool isKnown = false;
            foreach (OutputReader reader in index.ReadersOf(output))
            {
                isKnown = true;
                var key = (reader.Collector.Name, (object?)reader.Match?.Template ?? output.Command,
                    ThingOf(output, reader), reader.Match?.Part ?? "");
                if (!taken.TryGetValue(key, out int at))
                {
                    taken[key] = chosen.Count;
                    chosen.Add((output, reader));
                }
                else if (IsBetter(output, reader, chosen[at].Output, chosen[at].Reader))
                {
                    chosen[at] = (output, reader);
                }
            }
            if (!isKnown && !output.StandardOutput.IsEmpty)
                Unknown.Add(output);
        }
        return chosen.OrderBy(pair => pair.Reader switch
        {
            { IsExact: true } => int.MinValue,
            { IsWhole: true } => -pair.Reader.Match!.Rank,
            _ => 1000 - pair.Reader.Match!.Rank,
        });
    }

    // A network may have files in the folders of two releases.
    private static string ThingOf(CommandOutput output, OutputReader reader) =>
        reader.Scope == CommandScope.DhcpNetwork ? output.Argv[^1] : reader.Subject;

    private static bool IsBetter(CommandOutput output, OutputReader reader, CommandOutput held, OutputReader heldReader)
    {
        bool isReadable = CommandVerdict.Of(output).IsReadable, heldIsReadable = CommandVerdict.Of(held).IsReadable;
        if (reader.IsExact != heldReader.IsExact)
            return reader.IsExact;
        return isReadable != heldIsReadable ? isReadable : (reader.Match?.Rank ?? 0) >= (heldReader.Match?.Rank ?? 0);
    }

    private void Read(CommandOutput output, OutputReader reader)
    {
        CommandVerdict verdict = CommandVerdict.Of(output);
        // What asked about nothing in particular cannot have found it absent.
        if (verdict.State == CollectionState.Absent && reader.Subject.Length == 0 && PathOf(output.Argv).Length == 0)
            verdict = verdict with { State = CollectionState.Failed };
        bool hasRun = !Array.Exists(output.Argv, TemplateMatch.HasHolder);
        int issues = Issues.Count;
        CommandOutput about = output.Subject == reader.Subject ? output : output with { Subject = reader.Subject };
        if (reader.Collector.MayHoldSecrets)
            about = about with { StandardOutput = Scrubber.Scrub(about.StandardOutput) };
        int records = verdict.IsReadable && hasRun ? reader.Collector.Read(about, Source(output, reader), Node) : 0;
        bool isUnread = verdict.State == CollectionState.Collected && records == 0
            && (Issues.Count > issues
                || (reader.Match?.Template.AlwaysPrints == true && output.StandardOutput.IsEmpty));
        CollectedCommand command = new()
        {
            Collector = reader.Collector.Name,
            Subject = reader.Subject,
            State = isUnread ? CollectionState.NotUnderstood : verdict.State,
            Command = output.Command,
            Reason = isUnread && Issues.Count == issues ? "it printed nothing"
                : isUnread ? $"not understood: {Issues[issues].Reason}: '{Issues[issues].Text}'" : verdict.Reason,
            StartedAt = output.StartedAt,
            RecordCount = records,
            IsPart = !reader.IsWhole,
            IsOfNode = hasRun && reader.Scope is CommandScope.Node or CommandScope.File,
        };
        Node.Commands.Add(command);
        if (verdict.Code.Length > 0)
            _failures.Add((command, Failure(output, verdict)));
    }

    private static GatherFailure Failure(CommandOutput output, CommandVerdict verdict) => new()
    {
        ComputerName = output.ComputerName,
        Code = verdict.Code,
        Command = output.Command,
        Message = verdict.Reason,
        Advice = verdict.Code == "QN9003" ? CommandVerdict.Advice(output)
            : $"Run '{output.Command}' on {output.ComputerName} by hand; "
                + "a daemon that does not answer is itself a finding.",
    };

    private TextSource Source(CommandOutput output, OutputReader reader) => new(Node.ComputerName,
        output.Command, Issues)
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
        CommandScope.DhcpNamespace when reader.Subject.StartsWith("qdhcp-", StringComparison.Ordinal) =>
            reader.Subject["qdhcp-".Length..],
        _ => "",
    };

    private static string PathOf(string[] argv) => TemplateMatch.FileOf(CommandPrefix.Strip(argv).Argv);
}
