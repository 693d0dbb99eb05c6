using System.Text.Json;

namespace QuantumNet.Snapshots;

/// <summary>A snapshot's folder on disk that another is to take the place of. Nothing is deleted that it does not list.
/// </summary>
internal static class SnapshotFolder
{
    private const int MaximumIndex = 256 * 1024 * 1024;

    /// <summary>The first thing in a snapshot's folder that the snapshot does not list; null where there is none.
    /// </summary>
    /// <exception cref="QuantumException">Its list cannot be read.</exception>
    public static string? Stranger(string path)
    {
        if (IsLink(path))
            return null;        // only the link is replaced
        return Strangers(path, Listed(path)).Select(entry => Path.GetRelativePath(path, entry)).FirstOrDefault();
    }

    /// <summary>Puts a folder in the place of a snapshot's, or of an empty one.</summary>
    public static void Replace(string path, string with)
    {
        if (!Directory.Exists(path))
        {
            Directory.Move(with, path);
            return;
        }
        // One after the other, so that at no time there is half a snapshot of that name.
        string old = $"{path.TrimEnd(Path.DirectorySeparatorChar)}.{Environment.ProcessId}.old";
        Directory.Move(path, old);
        Directory.Move(with, path);
        if (IsLink(old))
            Directory.Delete(old);
        else
            Remove(old);
    }

    /// <summary>Deletes what is listed, and the folders that are empty then.</summary>
    private static void Remove(string path)
    {
        foreach (string file in Listed(path))
            File.Delete(Path.Combine(path, file));
        foreach (string folder in Directory.EnumerateDirectories(path))
        {
            if (!IsLink(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
        }
        if (!Directory.EnumerateFileSystemEntries(path).Any())
            Directory.Delete(path);
    }

    private static HashSet<string> Listed(string path)
    {
        string index = Path.Combine(path, SnapshotIndex.FileName);
        if (!File.Exists(index))
            return [];
        try
        {
            SnapshotIndex? read = JsonSerializer.Deserialize(
                RegularFile.ReadAll(index, MaximumIndex), SnapshotJson.Default.SnapshotIndex);
            return [SnapshotIndex.FileName, .. (read?.Outputs ?? []).Concat(read?.RecordOutputs ?? [])
                .Select(output => output?.File ?? "").Where(file => IsInside(path, file))];
        }
        catch (JsonException e)
        {
            throw SnapshotErrors.Corrupt(path, e.Message, e).ToException();
        }
    }

    /// <summary>Whether a name leads into one of the snapshot's own folders: a list may come from anybody.</summary>
    private static bool IsInside(string path, string file)
    {
        string[] parts = file.Split('/');
        return parts.Length == 2 && Array.TrueForAll(parts, part => part.Length > 0 && part is not ("." or ".."))
            && !Path.IsPathRooted(file) && !IsLink(Path.Combine(path, parts[0]));
    }

    private static IEnumerable<string> Strangers(string path, HashSet<string> listed)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(path))
        {
            string name = Path.GetFileName(entry);
            if (!Directory.Exists(entry) || IsLink(entry))
            {
                if (!listed.Contains(name))
                    yield return entry;
                continue;
            }
            foreach (string file in Directory.EnumerateFileSystemEntries(entry))
            {
                if (!listed.Contains($"{name}/{Path.GetFileName(file)}") || Directory.Exists(file))
                    yield return file;
            }
        }
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}
