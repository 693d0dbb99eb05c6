using QuantumNet.Parsing.Clients;
using QuantumNet.Topology;

namespace QuantumNet.Snapshots.Parts;

/// <summary>Joins what a collector's script printed on any number of nodes, in any order and with holes, to a snapshot:
/// a file or a folder of files. A zip that Save-QuantumSnapshot made may lie among them, with records that were asked
/// of the API.</summary>
internal static class PartFolder
{
    private const int MostParts = 10_000, MostLookedAt = 1000;

    /// <summary>Whether there is a part in it. Only the beginnings of files are looked at: anything may be a folder
    /// that somebody names.</summary>
    public static bool IsIn(SnapshotFiles files) => files.Names.Take(MostLookedAt)
        .Any(name => PartText.IsIn(files.ReadHead(name).Span));

    /// <summary>The snapshot; null when there is no part in it.</summary>
    /// <param name="files">The files.</param>
    /// <param name="loadZip">Reads a snapshot that lies among them, by its path.</param>
    public static QuantumSnapshot? Load(SnapshotFiles files, Func<string, QuantumSnapshot> loadZip)
    {
        if (!IsIn(files))
            return null;
        List<QuantumSnapshot> others = [];
        List<Part> parts = ReadAll(files, loadZip, others);
        if (parts.Count + others.Count == 0)
            return null;
        Dictionary<string, Part> byNode = new(StringComparer.OrdinalIgnoreCase);
        // The whole before the cut, the newer before the older.
        foreach (Part part in parts.OrderByDescending(part => part.IsWhole).ThenByDescending(part => part.BeganAt))
        {
            string key = part.Manifest.Role == "controller" ? "controller " + part.ComputerName : part.ComputerName;
            if (!byNode.TryAdd(key, part))
                files.Report(PartErrors.Repeated(files.Path, part, byNode[key]));
        }
        HashSet<Part> kept = new(byNode.Values, ReferenceEqualityComparer.Instance);
        foreach (Part part in kept.Where(part => !part.IsWhole))
            files.Report(PartErrors.Truncated(files.Path, part));
        return SnapshotWriter.WithoutSecrets(Join([.. parts.Where(kept.Contains)], others));
    }

    private static List<Part> ReadAll(
        SnapshotFiles files, Func<string, QuantumSnapshot> loadZip, List<QuantumSnapshot> others)
    {
        List<Part> parts = [];
        foreach (string name in files.Names.Take(MostParts))
        {
            if (name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                Load(files, name, loadZip, others);
                continue;
            }
            List<ReadOnlyMemory<byte>> texts =
                files.Read(name) is { } content ? PartText.Find(content, files.RoomFor) : [];
            if (texts.Count == 0)
                files.Report(PartErrors.Foreign(files.Path, name));
            foreach (ReadOnlyMemory<byte> text in texts)
            {
                files.Count(text.Length);
                if (PartReader.Read(name, text) is not { } part)
                    files.Report(PartErrors.Foreign(files.Path, name));
                else if (part.Manifest.Format != PartManifest.CurrentFormat)
                    files.Report(PartErrors.WrongVersion(files.Path, part));
                else
                    parts.Add(part);
            }
        }
        return parts;
    }

    private static void Load(SnapshotFiles files, string name, Func<string, QuantumSnapshot> loadZip,
        List<QuantumSnapshot> others)
    {
        try
        {
            others.Add(loadZip(Path.Combine(files.Path, name)));
        }
        catch (QuantumException e)
        {
            files.Report(e.Error);
        }
    }

    private static QuantumSnapshot Join(IReadOnlyList<Part> parts, List<QuantumSnapshot> others)
    {
        // Several controllers tell the same: the one that told most is asked.
        CommandOutput[][] records = [.. parts.Select(part => part.RecordOutputs),
            .. others.Select(other => other.RecordOutputs)];
        CommandOutput[] told = records.MaxBy(one => one.Count(output => output.StandardOutput.Length > 0)) ?? [];
        HashSet<string> named = new(StringComparer.OrdinalIgnoreCase);
        SnapshotNode[] nodes = [.. parts.Where(part => part.Outputs.Length > 0).Select(NodeOf)
            .Concat(others.SelectMany(other => other.Nodes)).Where(node => named.Add(node.ComputerName))];
        return new()
        {
            CollectedAt = parts.Select(part => part.BeganAt).Concat(others.Select(other => other.CollectedAt)).Min(),
            DurationSeconds = parts.Select(part => part.DurationSeconds).DefaultIfEmpty().Max(),
            ToolVersion = parts.Select(part => part.Manifest.ToolVersion).FirstOrDefault(""),
            RecordSource = told.Length == 0 ? RecordSource.Inferred
                : others.Find(other => other.RecordOutputs == told)?.RecordSource ?? RecordSource.Client,
            Nodes = [.. nodes, .. Missing(nodes, told)],
            Outputs = [.. parts.SelectMany(part => part.Outputs), .. others.SelectMany(other => other.Outputs)],
            RecordOutputs = told,
        };
    }

    private static SnapshotNode NodeOf(Part part) => new()
    {
        ComputerName = part.ComputerName,
        Roles = part.Manifest.Role.Length > 0 ? [part.Manifest.Role] : [],
        FailureCode = part.IsWhole ? "" : "QN9002",
        Failure = part.IsWhole ? "" : $"The part of node '{part.ComputerName}' breaks off: {PartErrors.Ran(part)}.",
        Advice = part.IsWhole ? "" : "Run the script of Get-QuantumCollector there again.",
    };

    /// <summary>The nodes that have agents and of which no part came back: holes, and told as such.</summary>
    private static IEnumerable<SnapshotNode> Missing(SnapshotNode[] nodes, CommandOutput[] records) =>
        RecordReader.Read(records, []).Agents.Select(agent => agent.ComputerName)
            .Where(name => name.Length > 0 && !Array.Exists(nodes, node => HostId.IsSame(node.ComputerName, name)))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => new SnapshotNode
            {
                ComputerName = name,
                FailureCode = "QN9002",
                Failure = $"No part of node '{name}' is in the snapshot.",
                Advice = $"Run the script of Get-QuantumCollector on {name}; put what it prints to the other parts.",
            });
}
