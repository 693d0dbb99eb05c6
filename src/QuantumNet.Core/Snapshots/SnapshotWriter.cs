using System.IO.Compression;
using System.Text.Json;

namespace QuantumNet.Snapshots;

/// <summary>Writes a snapshot to a folder, or to a zip when the path ends in <c>.zip</c>, without secrets.</summary>
public static class SnapshotWriter
{
    /// <summary>Writes a snapshot and returns it as it was written. Whole or not at all;
    /// only the owner may read it.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="path">A folder, or a file ending in <c>.zip</c>.</param>
    /// <param name="force">Replaces a snapshot of that name.</param>
    /// <exception cref="QuantumException">It exists already, or cannot be written.</exception>
    public static QuantumSnapshot Save(QuantumSnapshot snapshot, string path, bool force)
    {
        string full = Path.GetFullPath(path);
        bool isZip = full.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
        QuantumSnapshot clean = WithoutSecrets(snapshot) with { Path = full };
        try
        {
            PrivateFile.DemandFolder(full);
            RefuseToReplace(full, isZip, force);
            if (isZip)
                SaveZip(clean, full, force);
            else
                SaveFolder(clean, full);
            return clean;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bool lostRace = e is IOException && !force && File.Exists(full);
            throw (lostRace ? SnapshotErrors.Exists(full) : SnapshotErrors.NotWritten(full, e)).ToException();
        }
    }

    /// <summary>Tells that there is something of that name already: before minutes of gathering, not after.</summary>
    /// <exception cref="QuantumException">There is.</exception>
    public static void DemandFree(string path, bool force)
    {
        if (!force && (File.Exists(path) || Directory.Exists(path)))
            throw SnapshotErrors.Exists(path).ToException();
        PrivateFile.DemandFolder(path);
        DemandListed(path);
    }

    /// <summary>What a snapshot's folder holds beside the snapshot is not deleted with it.</summary>
    private static void DemandListed(string path)
    {
        if (File.Exists(Path.Combine(path, SnapshotIndex.FileName))
            && SnapshotFolder.Stranger(path) is { } stranger)
            throw SnapshotErrors.HoldsMore(path, stranger).ToException();
    }

    /// <summary>The snapshot without secrets, as it would be written.</summary>
    public static QuantumSnapshot WithoutSecrets(QuantumSnapshot snapshot)
    {
        Dictionary<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> clean = [];
        CommandOutput[] outputs = Array.ConvertAll(snapshot.Outputs, output => Scrubbed(output, clean)),
            records = Array.ConvertAll(snapshot.RecordOutputs, output => Scrubbed(output, clean));
        return snapshot with
        {
            Outputs = outputs,
            RecordOutputs = records,
            MaskedCount = MasksOf(outputs) + MasksOf(records),
        };
    }

    private static int MasksOf(CommandOutput[] outputs) => outputs.DistinctBy(output => output.StandardOutput)
            .Sum(output => Scrubber.MasksIn(output.StandardOutput.Span))
        + outputs.Sum(output => Scrubber.MasksIn(output.StandardError) + output.Argv.Sum(
            argument => Scrubber.MasksIn(argument)));

    private static CommandOutput Scrubbed(
        CommandOutput output, Dictionary<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> clean)
    {
        if (!clean.TryGetValue(output.StandardOutput, out ReadOnlyMemory<byte> content))
            clean[output.StandardOutput] = content = Scrubber.Scrub(output.StandardOutput);
        return SnapshotIndexEntry.From(output, "").ToOutput(content);
    }

    private static void RefuseToReplace(string path, bool isZip, bool force)
    {
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            if (isZip || !File.Exists(Path.Combine(path, SnapshotIndex.FileName)))
                throw SnapshotErrors.NotOurs(path).ToException();
            if (!force)
                throw SnapshotErrors.Exists(path).ToException();
            DemandListed(path);
        }
        if (File.Exists(path) && (!isZip || !force))
            throw SnapshotErrors.Exists(path).ToException();
    }

    private static void SaveZip(QuantumSnapshot snapshot, string path, bool force) =>
        PrivateFile.Write(path, force, file =>
        {
            using ZipArchive zip = new(file, ZipArchiveMode.Create);
            Write(snapshot, (name, content) => AddEntry(zip, name, content, snapshot.CollectedAt));
        });

    private static void AddEntry(ZipArchive zip, string name, ReadOnlySpan<byte> content, DateTime at)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = at.Year is >= 1980 and <= 2107 ? at : new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        using Stream stream = entry.Open();
        stream.Write(content);
    }

    private static void SaveFolder(QuantumSnapshot snapshot, string path)
    {
        string part = $"{path.TrimEnd(Path.DirectorySeparatorChar)}.{Environment.ProcessId}.part";
        try
        {
            CreateFolder(part);
            Write(snapshot, (name, content) =>
            {
                string file = Path.Combine(part, name);
                CreateFolder(Path.GetDirectoryName(file)!);
                using FileStream stream = PrivateFile.Create(file);
                stream.Write(content);
            });
            SnapshotFolder.Replace(path, part);
        }
        finally
        {
            if (Directory.Exists(part))
                Directory.Delete(part, recursive: true);
        }
    }

    private delegate void FileSink(string name, ReadOnlySpan<byte> content);

    private static void Write(QuantumSnapshot snapshot, FileSink sink)
    {
        SnapshotFileNames names = new();
        Dictionary<(string, ReadOnlyMemory<byte>), string> written = [];
        string Add(CommandOutput output, Func<CommandOutput, string> name)
        {
            if (output.StandardOutput.IsEmpty)
                return "";
            // One command that two collectors wanted is one file.
            if (written.TryGetValue((output.ComputerName, output.StandardOutput), out string? file))
                return file;
            written[(output.ComputerName, output.StandardOutput)] = file = name(output);
            sink(file, output.StandardOutput.Span);
            return file;
        }

        SnapshotIndex index = new()
        {
            Format = SnapshotIndex.CurrentFormat,
            ToolVersion = snapshot.ToolVersion,
            CollectedAt = snapshot.CollectedAt,
            DurationSeconds = snapshot.DurationSeconds,
            Scope = snapshot.Scope,
            MaskedCount = snapshot.MaskedCount,
            RecordSource = snapshot.RecordSource,
            Nodes = snapshot.Nodes,
            Outputs = Array.ConvertAll(snapshot.Outputs,
                output => SnapshotIndexEntry.From(output, Add(output, names.ForNode))),
            RecordOutputs = Array.ConvertAll(snapshot.RecordOutputs,
                output => SnapshotIndexEntry.From(output, Add(output, names.ForRecord))),
        };
        sink(SnapshotIndex.FileName, JsonSerializer.SerializeToUtf8Bytes(index, SnapshotJson.Default.SnapshotIndex));
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
