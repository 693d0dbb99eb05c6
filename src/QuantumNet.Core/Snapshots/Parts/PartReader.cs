using System.Buffers;
using System.Text;
using QuantumNet.Snapshots.Frames;

namespace QuantumNet.Snapshots.Parts;

/// <summary>What one run of a collector's script gave.</summary>
internal sealed record Part
{
    /// <summary>The file that held it.</summary>
    public string File { get; init; } = "";
    public string ComputerName { get; init; } = "";
    public PartManifest Manifest { get; init; } = new();
    public DateTime BeganAt { get; init; }
    public double DurationSeconds { get; init; }

    /// <summary>Whether the script came to its end.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Commands that ran, of so many.</summary>
    public (int Done, int Total) Count { get; init; }

    public CommandOutput[] Outputs { get; init; } = [];
    public CommandOutput[] RecordOutputs { get; init; } = [];
}

/// <summary>Reads what a collector's script printed. Never throws.</summary>
internal static class PartReader
{
    private const int Step = 64 * 1024, MostFrames = 200_000, LongestName = 255;
    private static readonly SearchValues<char> s_nonce = SearchValues.Create("0123456789abcdef-");

    /// <summary>The part; null when it is none, or breaks off before the first command.</summary>
    public static Part? Read(string file, ReadOnlyMemory<byte> content)
    {
        if (NonceOf(content.Span) is not { } nonce)
            return null;
        List<Frame> frames = [];
        FrameReader? reader = null;
        Lazy<PartManifest?> told = new(() => PartManifest.Read(reader!.Manifest));
        reader = new(nonce, LimitOf, frame =>
        {
            if (frames.Count < MostFrames)
                frames.Add(frame);
        });
        for (int at = 0; at < content.Length && !reader.IsComplete; at += Step)
            reader.Feed(content.Span.Slice(at, Math.Min(Step, content.Length - at)));
        reader.Complete();
        string name = reader.NodeName;
        return told.Value is not { } manifest || name.Length is 0 or > LongestName || name.Any(char.IsControl) ? null
            : Of(file, name, manifest, frames, reader);

        // Asked once a command has begun: the manifest stands before it.
        long LimitOf(int number) => number >= 0 && number < told.Value?.Commands.Length
            ? told.Value.Commands[number].ToPlanned(number).Template.MaximumBytes + 1 : 1024 * 1024;
    }

    private static string? NonceOf(ReadOnlySpan<byte> content)
    {
        int end = content.IndexOf((byte)'\n');
        if (end is < 16 or > 64)
            return null;
        string line = Encoding.Latin1.GetString(content[..end]).TrimEnd('\r');
        return line.AsSpan().IndexOfAnyExcept(s_nonce) < 0 ? line : null;
    }

    private static Part Of(string file, string name, PartManifest manifest, List<Frame> frames, FrameReader reader)
    {
        PartCommand[] commands = manifest.Commands;
        PlannedCommand[] planned = [.. commands.TakeWhile(command => !command.IsClient)
            .Select((command, number) => command.ToPlanned(number))];
        GatheredOutputs outputs = new(name, planned, _ => { }) { Reader = reader };
        List<CommandOutput> records = [];
        foreach (Frame frame in frames)
        {
            if (frame.Number < planned.Length)
                outputs.Add(frame);
            else if (frame.Number < commands.Length)
                records.AddRange(RecordsOf(name, commands[frame.Number], frame, reader));
        }
        outputs.Finish(reader);
        return new()
        {
            File = file,
            ComputerName = name,
            Manifest = manifest,
            BeganAt = reader.BeganAt,
            DurationSeconds = Math.Round(frames.Select(frame => frame.EndedAt - reader.ClockAtBegin ?? 0)
                .DefaultIfEmpty().Max(), 3),
            IsWhole = reader.IsComplete,
            Count = (outputs.Done, outputs.Total),
            Outputs = outputs.ToArray(),
            RecordOutputs = WithoutVain(records),
        };
    }

    /// <summary>A client's answers: one, or those of all the commands that one start of it was given.</summary>
    private static IEnumerable<CommandOutput> RecordsOf(
        string name, PartCommand command, Frame frame, FrameReader reader)
    {
        PlannedCommand client = command.ToPlanned(0) with { Collectors = [""] };
        GatheredOutputs one = new(name, [client], _ => { }) { Reader = reader };
        one.Add(frame with { Number = 0 });
        CommandOutput output = one.ToArray()[0];
        string[] words = frame.Subject.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 0)
            return [ClientFrames.Told(output with { Argv = [.. output.Argv, .. words] })];
        List<CommandOutput> told = ClientFrames.Split(output);
        return told.Count > 0 || output.ExitStatus == 0 ? told : [output];
    }

    /// <summary>An answer that failed tells nothing where the same was asked in another way and answered, or where
    /// a cloud has no Nova.</summary>
    private static CommandOutput[] WithoutVain(List<CommandOutput> records)
    {
        HashSet<(string, string)> answered = [.. records.Where(output => output.ExitStatus == 0)
            .Select(output => (output.Collector, output.Subject))];
        // The client that takes no commands from its input was started again for each.
        bool wasAskedOnceEach = records.Exists(output => output.Argv.Length > 1);
        return [.. records.Where(output => output.ExitStatus == 0
            || (!answered.Contains((output.Collector, output.Subject))
                && !(output.Collector == "instance" && MissingService.IsCompute(output))
                && !(wasAskedOnceEach && output.Argv.Length == 1)))];
    }
}
