namespace QuantumNet.Snapshots.Captures;

/// <summary>The captures of a live trace among a snapshot's outputs: what each tcpdump printed, raw
/// (<see cref="TapLog"/>). No collector asks for them, as a trace lasts as long as somebody wants to listen.</summary>
internal static class CaptureOutputs
{
    private const string Collector = "DhcpCapture";

    /// <summary>Whether an output is a capture of a trace.</summary>
    public static bool IsOne(CommandOutput output) => output.Collector == Collector;

    /// <summary>A capture as an output.</summary>
    /// <param name="log">What tcpdump printed.</param>
    /// <param name="tap">Its node and device, and when the trace was.</param>
    /// <param name="argv">The command.</param>
    public static CommandOutput Of(TapLog log, TapCapture tap, string[] argv) => new()
    {
        ComputerName = tap.ComputerName,
        Collector = Collector,
        Subject = tap.Device,
        Argv = argv,
        StartedAt = tap.TraceStartedAt,
        DurationSeconds = tap.TraceSeconds,
        StandardOutput = log.Text,
        StandardError = log.Errors,
    };

    /// <summary>The captures of a snapshot. Never throws: what is not understood is reported.</summary>
    public static List<TapCapture> Read(IEnumerable<CommandOutput> outputs, ICollection<ParseIssue> issues) =>
        [.. outputs.Where(IsOne).Select(output => Read(output, issues))];

    private static TapCapture Read(CommandOutput output, ICollection<ParseIssue> issues)
    {
        BareCommand command = CommandPrefix.Strip(output.Argv);
        TextSource source = new(output.ComputerName, output.Command, issues) { TakenAt = output.StartedAt };
        return TapLog.Read(output.Text, output.StandardError, source) with
        {
            ComputerName = output.ComputerName,
            Namespace = command.Namespace,
            Device = output.Subject,
            Filter = command.Argv is [.., string filter] ? filter : "",
            TraceStartedAt = output.StartedAt,
            TraceSeconds = output.DurationSeconds,
        };
    }
}
