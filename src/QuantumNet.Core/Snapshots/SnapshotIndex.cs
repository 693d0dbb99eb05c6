using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuantumNet.Snapshots;

/// <summary>The file <c>snapshot.json</c>: all of a snapshot but the outputs' content.</summary>
internal sealed record SnapshotIndex
{
    public const string FileName = "snapshot.json";
    public const int CurrentFormat = 1;

    public int Format { get; init; }
    public string ToolVersion { get; init; } = "";
    public DateTime CollectedAt { get; init; }
    public double DurationSeconds { get; init; }
    public string Scope { get; init; } = "";
    public int MaskedCount { get; init; }
    public RecordSource RecordSource { get; init; }
    public SnapshotNode[] Nodes { get; init; } = [];
    public SnapshotIndexEntry[] Outputs { get; init; } = [];
    public SnapshotIndexEntry[] RecordOutputs { get; init; } = [];
}

/// <summary>One output in the index.</summary>
internal sealed record SnapshotIndexEntry
{
    public string ComputerName { get; init; } = "";
    public string Collector { get; init; } = "";
    public string Subject { get; init; } = "";
    public string[] Argv { get; init; } = [];
    public int? ExitStatus { get; init; }
    public bool TimedOut { get; init; }
    public bool Truncated { get; init; }
    public DateTime StartedAt { get; init; }
    public double DurationSeconds { get; init; }
    public string StandardError { get; init; } = "";
    /// <summary>File with the standard output, by its path in the snapshot; empty when nothing was printed.</summary>
    public string File { get; init; } = "";

    public static SnapshotIndexEntry From(CommandOutput output, string file) => new()
    {
        ComputerName = output.ComputerName,
        Collector = output.Collector,
        Subject = output.Subject,
        Argv = Scrubber.Scrub(output.Argv),
        ExitStatus = output.ExitStatus,
        TimedOut = output.TimedOut,
        Truncated = output.Truncated,
        StartedAt = output.StartedAt,
        DurationSeconds = output.DurationSeconds,
        StandardError = Scrubber.Scrub(output.StandardError),
        File = file,
    };

    public CommandOutput ToOutput(ReadOnlyMemory<byte> content) => new()
    {
        ComputerName = ComputerName,
        Collector = Collector,
        Subject = Subject,
        Argv = Argv,
        ExitStatus = ExitStatus,
        TimedOut = TimedOut,
        Truncated = Truncated,
        StartedAt = StartedAt,
        DurationSeconds = DurationSeconds,
        StandardError = StandardError,
        StandardOutput = content,
    };
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
    PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(SnapshotIndex))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
