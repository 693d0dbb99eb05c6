using System.Text;

namespace QuantumNet.Snapshots;

/// <summary>An extracted sosreport: <c>sos_commands/PLUGIN/COMMAND</c> holds a command's output, its name the command
/// (<see cref="SosCommand"/>); other folders hold copies of the node's files, rotated and compressed logs among them.
/// One folder per node, or several below one.</summary>
internal static class SosReport
{
    private const string Commands = "sos_commands/";

    /// <summary>Whether there is a sosreport in it.</summary>
    public static bool IsIn(SnapshotFiles files) => Roots(files).Count > 0;

    /// <summary>The snapshot; null when there is no sosreport in it.</summary>
    public static QuantumSnapshot? Load(SnapshotFiles files)
    {
        SortedSet<string> roots = Roots(files);
        if (roots.Count == 0)
            return null;
        List<CommandOutput> outputs = [];
        List<SnapshotNode> nodes = [];
        DateTime takenAt = DateTime.MaxValue;
        foreach (string root in roots)
        {
            string node = NodeName(files, root);
            DateTime time = SosDate.Of(files, root);
            takenAt = time < takenAt ? time : takenAt;
            nodes.Add(new() { ComputerName = node });
            AddOutputs(files, root, node, time, outputs);
        }
        return new() { CollectedAt = takenAt, RecordSource = RecordSource.Inferred, Nodes = [.. nodes],
            Outputs = [.. outputs] };
    }

    private static SortedSet<string> Roots(SnapshotFiles files)
    {
        SortedSet<string> roots = new(StringComparer.Ordinal);
        foreach (string name in files.Names)
        {
            int at = name.IndexOf(Commands, StringComparison.Ordinal);
            if (at == 0 || (at > 0 && name[at - 1] == '/' && name[..at].Count(c => c == '/') <= 2))
                roots.Add(name[..at]);
        }
        return roots;
    }

    /// <summary>Every command's output, known or not, and of the copied files those that somebody reads.</summary>
    private static void AddOutputs(
        SnapshotFiles files, string root, string node, DateTime time, List<CommandOutput> outputs)
    {
        CollectorIndex index = new(Collectors.All);
        foreach (string name in files.Names)
        {
            if (!name.StartsWith(root, StringComparison.Ordinal))
                continue;
            string path = name[root.Length..];
            string[]? argv = path.StartsWith(Commands, StringComparison.Ordinal)
                ? SosCommand.Of(path[(path.LastIndexOf('/') + 1)..])
                : index.ReadsFile("/" + path) ? ["cat", "/" + path]
                : null;
            if (argv is not null && files.ReadUnpacked(name) is { } content)
                outputs.Add(new() { ComputerName = node, Argv = argv, ExitStatus = 0, StartedAt = time,
                    StandardOutput = content });
        }
    }

    private static string NodeName(SnapshotFiles files, string root)
    {
        foreach (string file in (string[])["hostname", "sos_commands/host/hostname",
            "sos_commands/general/hostname", "etc/hostname"])
        {
            if (files.Exists(root + file) && files.Read(root + file) is { } content)
            {
                string name = Encoding.UTF8.GetString(content.Span).Trim();
                if (name.Length > 0 && !name.Contains('\n'))
                    return name;
            }
        }
        string folder = root.Length > 0 ? root.TrimEnd('/') : Path.GetFileName(files.Path);
        folder = folder[(folder.LastIndexOf('/') + 1)..];
        string[] parts = folder.Split('-');
        return parts.Length > 1 && parts[0] is "sosreport" or "sos" ? parts[1] : folder;
    }
}
