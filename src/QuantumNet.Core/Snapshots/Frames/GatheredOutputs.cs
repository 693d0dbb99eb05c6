namespace QuantumNet.Snapshots.Frames;

/// <summary>Turns a node's frames into outputs, one for each collector that wants the command.</summary>
/// <param name="node">The node.</param>
/// <param name="commands">The commands by their numbers.</param>
/// <param name="finished">Hears of each command that ran.</param>
internal sealed class GatheredOutputs(string node, PlannedCommand[] commands, Action<CommandOutput> finished)
{
    private static readonly int[] s_timeoutStatus = [124, 137, 143];

    private readonly List<(int Number, CommandOutput Output)> _outputs = [];
    private readonly Dictionary<int, Frame> _lookups = [];
    private readonly HashSet<int> _seen = [];

    /// <summary>Tells the time of the script's clock.</summary>
    public FrameReader? Reader { get; set; }

    /// <summary>Commands that ended.</summary>
    public int Done => _seen.Count;

    /// <summary>Commands of the plan.</summary>
    public int Total => commands.Length;

    /// <summary>What is kept of a command's output: one byte more than wanted tells that it was cut.</summary>
    public long LimitOf(int number) =>
        number >= 0 && number < commands.Length ? commands[number].Template.MaximumBytes + 1 : 1024 * 1024;

    /// <summary>Takes a frame.</summary>
    public void Add(Frame frame)
    {
        if (frame.Number < 0 || frame.Number >= commands.Length)
        {
            _lookups[frame.Number] = frame;
            return;
        }
        _seen.Add(frame.Number);
        PlannedCommand command = commands[frame.Number];
        Emit(command, ToOutput(command.Template, frame));
    }

    /// <summary>Adds what no frame tells: commands that had nothing to run over, and those that never ran.</summary>
    public void Finish(FrameReader reader)
    {
        if (!reader.HasBegun)
            return;
        foreach (PlannedCommand command in commands)
        {
            bool wasNotNeeded = command.Template.IsFallback && reader.IsComplete;
            if (!_seen.Contains(command.Number) && !wasNotNeeded)
                Emit(command, Unseen(command.Template, reader));
        }
    }

    /// <summary>The outputs in the plan's order, whatever order they came in.</summary>
    public CommandOutput[] ToArray() => [.. _outputs.OrderBy(held => held.Number).Select(held => held.Output)];

    private void Emit(PlannedCommand command, CommandOutput output)
    {
        foreach (string collector in command.Collectors)
            _outputs.Add((command.Number, output with { Collector = collector }));
        if (!Array.Exists(output.Argv, TemplateMatch.HasHolder))
            finished(
                output with { Collector = command.Collectors.Length > 0 ? command.Collectors[0] : "" });
    }

    private CommandOutput ToOutput(CommandTemplate template, Frame frame)
    {
        double duration = Math.Max(0, (frame.EndedAt ?? frame.StartedAt) - frame.StartedAt);
        bool isCut = frame.Output.Length > template.MaximumBytes || frame.IsCut;
        bool isPastDeadline = frame.Status is { } status && Array.IndexOf(s_timeoutStatus, status) >= 0
            && (status == 124 || duration >= template.TimeoutSeconds - 1);
        string said =
            frame.Status is null && frame.Error.Length == 0 ? "the connection ended while it ran" : frame.Error;
        return new()
        {
            ComputerName = node,
            Subject = template.Scope == CommandScope.DhcpNetwork ? NetworkOf(frame.Subject) : frame.Subject,
            Argv = [.. frame.Container,
                .. template.Argv.Select(argument => Fill(argument, template.Scope, frame.Subject))],
            ExitStatus = isPastDeadline ? null : isCut && template.KeepsTail ? 0 : frame.Status,
            TimedOut = isPastDeadline,
            Truncated = isCut,
            StartedAt = TimeOf(frame.StartedAt),
            DurationSeconds = Math.Round(duration, 3),
            StandardOutput = Kept(template, frame.Output, isCut),
            StandardError = said.TrimEnd(),
        };
    }

    private static ReadOnlyMemory<byte> Kept(CommandTemplate template, byte[] output, bool isCut)
    {
        int limit = (int)Math.Min(output.Length, template.MaximumBytes);
        return !isCut ? output : template.KeepsTail ? output.AsMemory(output.Length - limit)
            : output.AsMemory(0, limit);
    }

    /// <summary>The subject of a network's frame is the folder of its files, named by its id: it may have one of each
    /// of two releases. The subject of the others is what their place-holder stands for.</summary>
    private static string Fill(string argument, CommandScope scope, string subject) => scope switch
    {
        CommandScope.Bridge => argument.Replace("{bridge}", subject, StringComparison.Ordinal),
        CommandScope.DhcpNamespace => argument.Replace("{namespace}", subject, StringComparison.Ordinal)
            .Replace("{network}", subject.StartsWith("qdhcp-", StringComparison.Ordinal) ? subject["qdhcp-".Length..]
                : subject, StringComparison.Ordinal),
        CommandScope.DhcpNetwork => argument.Replace("{folder}", subject, StringComparison.Ordinal)
            .Replace("{network}", NetworkOf(subject), StringComparison.Ordinal),
        CommandScope.DnsmasqProcess => argument.Replace("{pid}", subject, StringComparison.Ordinal),
        CommandScope.NftTable => argument.Replace("{family}", subject.Split(' ')[0], StringComparison.Ordinal)
            .Replace("{table}", subject[(subject.IndexOf(' ') + 1)..], StringComparison.Ordinal),
        CommandScope.File => argument.Replace("{file}", subject, StringComparison.Ordinal),
        _ => argument,
    };

    private static string NetworkOf(string folder) => folder[(folder.LastIndexOf('/') + 1)..];

    private CommandOutput Unseen(CommandTemplate template, FrameReader reader)
    {
        CommandOutput output = new() { ComputerName = node, Argv = template.Argv, StartedAt = reader.BeganAt };
        Frame? lookup = _lookups.GetValueOrDefault(template.Scope switch
        {
            CommandScope.Bridge => LookupFrame.Bridges,
            CommandScope.DhcpNamespace => LookupFrame.Namespaces,
            CommandScope.DhcpNetwork => LookupFrame.Networks,
            CommandScope.DnsmasqProcess => LookupFrame.Processes,
            CommandScope.NftTable => LookupFrame.NftTables,
            _ => 0,
        });
        bool ranOver = reader.IsComplete && (lookup is not null || template.Scope == CommandScope.File);
        return !ranOver ? output with { StandardError = "did not run: the connection ended before" }
            : lookup is null ? output with { ExitStatus = 0 }
            : output with { ExitStatus = lookup.Status, StandardError = lookup.Error.Trim(),
                TimedOut = lookup.Status == 124 };
    }

    private DateTime TimeOf(double clock) => Reader is { ClockAtBegin: { } origin } reader
        ? reader.BeganAt.AddSeconds(clock - origin)
        : DateTime.UtcNow;
}
