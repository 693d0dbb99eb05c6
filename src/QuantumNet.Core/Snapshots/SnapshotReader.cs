using System.Text.Json;
using QuantumNet.Snapshots.Parts;

namespace QuantumNet.Snapshots;

/// <summary>Reads a snapshot from disk: a folder or zip that <see cref="SnapshotWriter"/> made, an extracted sosreport,
/// a folder of outputs with an <c>index.tsv</c> (file, status, host, command), or the parts that collectors' scripts
/// printed on the nodes.</summary>
public static class SnapshotReader
{
    private const string Zip = ".zip";

    /// <summary>Reads a snapshot. What is wrong with a part of it is reported, and the rest is read.</summary>
    /// <param name="path">A folder or a zip.</param>
    /// <param name="report">Hears what could not be read.</param>
    /// <exception cref="QuantumException">Nothing of it can be read.</exception>
    public static QuantumSnapshot Load(string path, Action<QuantumError>? report = null) =>
        Load(path, report, SnapshotLimits.Default);

    /// <summary>The full path of what is meant: the zip of that name, where there is nothing else.</summary>
    internal static string Meant(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return !Path.Exists(full) && File.Exists(full + Zip) ? full + Zip : full;
    }

    internal static QuantumSnapshot Load(string path, Action<QuantumError>? report, SnapshotLimits limits)
    {
        string full = Meant(path);
        try
        {
            using SnapshotFiles files = SnapshotFiles.Open(full, limits, report ?? (_ => { }));
            QuantumSnapshot snapshot =
                FindIndex(files, SnapshotIndex.FileName) is { } prefix ? LoadOwn(files, prefix)
                : FindIndex(files, RecordedFolder.IndexName) is { } recorded ? RecordedFolder.Load(files, recorded)
                : SosReport.Load(files) ?? PartFolder.Load(files, zip => Load(zip, report, limits))
                    ?? throw SnapshotErrors.NotRecognised(full, Describe(files)).ToException();
            return snapshot with { Path = full };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SnapshotErrors.NotRead(full, e).ToException();
        }
    }

    /// <summary>Looks whether there is a snapshot, without reading it.</summary>
    /// <exception cref="QuantumException">There is none.</exception>
    public static void Check(string path)
    {
        string full = Meant(path);
        try
        {
            using SnapshotFiles files = SnapshotFiles.Open(full, SnapshotLimits.Default, _ => { });
            if (FindIndex(files, SnapshotIndex.FileName) is null && FindIndex(files, RecordedFolder.IndexName) is null
                && !SosReport.IsIn(files) && !PartFolder.IsIn(files))
                throw SnapshotErrors.NotRecognised(full, Describe(files)).ToException();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SnapshotErrors.NotRead(full, e).ToException();
        }
    }

    /// <summary>The folder in which the index stands: the top, or the only folder of the top.</summary>
    private static string? FindIndex(SnapshotFiles files, string name)
    {
        if (files.Exists(name))
            return "";
        HashSet<string> tops = [.. files.Names.Select(file => file.Split('/', 2)[0])];
        return tops.Count == 1 && files.Exists($"{tops.Single()}/{name}") ? tops.Single() + "/" : null;
    }

    private static string Describe(SnapshotFiles files) => files.Names.Count == 0 ? "it is empty"
        : $"it has no {SnapshotIndex.FileName}, no {RecordedFolder.IndexName}, no sos_commands and no part";

    private static QuantumSnapshot LoadOwn(SnapshotFiles files, string prefix)
    {
        SnapshotIndex index = ReadIndex(files, prefix);
        if (index.Format != SnapshotIndex.CurrentFormat)
            throw SnapshotErrors.WrongVersion(files.Path, index.Format, SnapshotIndex.CurrentFormat).ToException();
        return new()
        {
            CollectedAt = index.CollectedAt,
            DurationSeconds = index.DurationSeconds,
            ToolVersion = index.ToolVersion ?? "",
            Scope = index.Scope ?? "",
            MaskedCount = index.MaskedCount,
            RecordSource = index.RecordSource,
            Nodes = Array.ConvertAll(WithoutNulls(index.Nodes), Repaired),
            Outputs = LoadOutputs(files, prefix, index.Outputs),
            RecordOutputs = LoadOutputs(files, prefix, index.RecordOutputs),
        };
    }

    private static SnapshotIndex ReadIndex(SnapshotFiles files, string prefix)
    {
        ReadOnlyMemory<byte> json = files.Read(prefix + SnapshotIndex.FileName)
            ?? throw SnapshotErrors.Corrupt(files.Path, $"its {SnapshotIndex.FileName} cannot be read.").ToException();
        try
        {
            ReadOnlySpan<byte> text = json.Span.StartsWith("\uFEFF"u8) ? json.Span[3..] : json.Span;
            return JsonSerializer.Deserialize(text, SnapshotJson.Default.SnapshotIndex)
                ?? throw SnapshotErrors.Corrupt(files.Path, $"its {SnapshotIndex.FileName} is null.").ToException();
        }
        catch (JsonException e)
        {
            throw SnapshotErrors.Corrupt(files.Path,
                $"{SnapshotIndex.FileName}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}: "
                    + $"not the JSON of an index (at {e.Path ?? "$"}).", e).ToException();
        }
    }

    private static CommandOutput[] LoadOutputs(SnapshotFiles files, string prefix, SnapshotIndexEntry[]? entries)
    {
        List<CommandOutput> outputs = [];
        foreach (SnapshotIndexEntry entry in WithoutNulls(entries))
        {
            ReadOnlyMemory<byte>? content = string.IsNullOrEmpty(entry.File) ? ReadOnlyMemory<byte>.Empty
                : files.Read(prefix + entry.File);
            outputs.Add(content is { } bytes
                ? Repaired(entry).ToOutput(bytes)
                : Repaired(entry).ToOutput(default)
                    with { ExitStatus = null, StandardError = $"'{entry.File}' could not be read from the snapshot" });
        }
        return [.. outputs];
    }

    /// <summary>JSON may hold null where a string is meant.</summary>
    private static SnapshotIndexEntry Repaired(SnapshotIndexEntry entry) => entry with
    {
        ComputerName = entry.ComputerName ?? "",
        Collector = entry.Collector ?? "",
        Subject = entry.Subject ?? "",
        Argv = WithoutNulls(entry.Argv),
        StandardError = entry.StandardError ?? "",
    };

    private static SnapshotNode Repaired(SnapshotNode node) => node with
    {
        ComputerName = node.ComputerName ?? "",
        Roles = WithoutNulls(node.Roles),
        FailureCode = node.FailureCode ?? "",
        Failure = node.Failure ?? "",
        Advice = node.Advice ?? "",
    };

    private static T[] WithoutNulls<T>(T[]? items)
        where T : class => items is null ? [] : Array.FindAll(items, item => item is not null);
}
