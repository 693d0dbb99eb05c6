using System.Text;

namespace QuantumNet.Snapshots;

/// <summary>An extracted sosreport: <c>sos_commands/PLUGIN/COMMAND</c> holds a command's output, its name the command with
/// characters other than letters, digits, <c>.</c>, <c>-</c> and <c>_</c> made <c>_</c> (sos/utilities.py, mangle_command);
/// other folders hold copies of the node's files. One folder per node, or several below one.</summary>
internal static class SosReport
{
    private const string Commands = "sos_commands/";

    private static readonly string[] s_copies = ["etc/neutron/", "etc/quantum/", "etc/nova/", "var/log/", "var/lib/neutron/dhcp/", "var/lib/quantum/dhcp/"];

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
        foreach (string root in roots)
        {
            string node = NodeName(files, root);
            nodes.Add(new() { ComputerName = node });
            AddOutputs(files, root, node, outputs);
        }
        return new() { RecordSource = RecordSource.Inferred, Nodes = [.. nodes], Outputs = [.. outputs] };
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

    private static void AddOutputs(SnapshotFiles files, string root, string node, List<CommandOutput> outputs)
    {
        foreach (string name in files.Names)
        {
            if (!name.StartsWith(root, StringComparison.Ordinal))
                continue;
            string path = name[root.Length..];
            string[]? argv = path.StartsWith(Commands, StringComparison.Ordinal) ? CommandOf(path[(path.LastIndexOf('/') + 1)..])
                : Array.Exists(s_copies, folder => path.StartsWith(folder, StringComparison.Ordinal)) ? ["cat", "/" + path]
                : null;
            if (argv is not null && files.Read(name) is { } content)
                outputs.Add(Output(node, argv, content));
        }
    }

    private static CommandOutput Output(string node, string[] argv, ReadOnlyMemory<byte> content)
    {
        // sos keeps what the shell said in the output's place: "bash: brctl: command not found", "timeout: failed to run ...".
        ReadOnlySpan<byte> start = content.Span[..Math.Min(content.Length, 200)];
        bool isMissing = start.IndexOf("command not found"u8) >= 0 || start.IndexOf("failed to run command"u8) >= 0;
        return new()
        {
            ComputerName = node,
            Argv = argv,
            ExitStatus = isMissing ? 127 : 0,
            StandardOutput = isMissing ? default : content,
            StandardError = isMissing ? Encoding.UTF8.GetString(start) : "",
        };
    }

    private static string NodeName(SnapshotFiles files, string root)
    {
        foreach (string file in (string[])["hostname", "sos_commands/host/hostname", "sos_commands/general/hostname", "etc/hostname"])
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

    /// <summary>The command behind a mangled name: underscores were spaces, except in the names of tables, tools and options that have them.</summary>
    private static string[]? CommandOf(string file)
    {
        string text = file.Replace("Open_vSwitch", "Open\u0001vSwitch", StringComparison.Ordinal).Replace("fdb_show", "fdb/show", StringComparison.Ordinal)
            .Replace("dpif_show", "dpif/show", StringComparison.Ordinal).Replace("dpctl_", "dpctl/", StringComparison.Ordinal);
        string[] words = text.Split('_', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < words.Length; i++)
            words[i] = words[i].Replace('\u0001', '_');
        while (words.Length > 1 && words[0] == "timeout" && words.Length > 2)
            words = words[2..];
        return words.Length == 0 || words[0].Contains('.') ? null : words;
    }
}
