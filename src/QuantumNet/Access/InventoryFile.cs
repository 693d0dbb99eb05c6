using System.Text.Json;
using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>Reads an inventory: JSON in which comments are allowed. What is wrong is told with its place.</summary>
public static class InventoryFile
{
    /// <summary>Room for tens of thousands of nodes.</summary>
    private const int MostBytes = 16 << 20;

    /// <summary>Reads an inventory file.</summary>
    /// <exception cref="QuantumException">It is missing or wrong.</exception>
    public static Inventory Load(string path) => Parse(ReadAll(path), path);

    /// <summary>Reads an inventory's text.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="path">What errors call it; relative paths in it start from its folder.</param>
    /// <exception cref="QuantumException">It is wrong.</exception>
    public static Inventory Parse(ReadOnlySpan<byte> json, string path)
    {
        (Inventory? inventory, IReadOnlyList<InventoryProblem> problems) = Read(json, path);
        return inventory ?? throw AccessErrors.InventoryInvalid(path, problems).ToException();
    }

    /// <summary>What Test-QuantumInventory says of a file: all that is wrong in it, in the order of the text.</summary>
    /// <exception cref="QuantumException">It cannot be read at all, or holds a secret.</exception>
    internal static QuantumInventoryResult Judge(string path)
    {
        (Inventory? inventory, IReadOnlyList<InventoryProblem> problems) = Read(ReadAll(path), path);
        if (inventory is { Nodes.Length: 0 } && inventory.ControlPlane == new InventoryControlPlane())
            problems = [new() { Line = 1, Column = 1, Message = "it names no nodes and no control plane" }];
        if (problems.Count > 0)
            return new() { Path = path, Status = DhcpPathStatus.Broken, Problems = [.. problems],
                Summary = Describe(problems) };
        string[] names = Array.ConvertAll(inventory!.Nodes, node => node.Name);
        string count = names.Length == 1 ? "1 node" : $"{names.Length} nodes";
        string source = inventory.ControlPlane.Source is { Length: > 0 } named ? $"records from {named}"
            : "the source of records is chosen when it is used";
        return new() { Path = path, ComputerName = names, Summary = $"{count}; {source}." };
    }

    private static string Describe(IReadOnlyList<InventoryProblem> problems)
    {
        string first = $"ine {problems[0].Line}: {problems[0].Message}";
        return problems.Count == 1 ? $"L{first}" : $"{problems.Count} things are wrong; the first in l{first}";
    }

    private static (Inventory? Inventory, IReadOnlyList<InventoryProblem> Problems) Read(
        ReadOnlySpan<byte> json, string path)
    {
        byte[] text = (json.StartsWith("\uFEFF"u8) ? json[3..] : json).ToArray();
        InventoryShape shape = InventoryShape.Of(text);
        RefuseSecrets(text, path);
        if (shape.Problems.Count > 0)
            return (null, InOrder(shape.Problems));
        Inventory inventory =
            Complete(JsonSerializer.Deserialize(text, InventoryJson.Default.Inventory) ?? new(), path);
        InventoryProblem[] wrong =
            [.. InventoryRules.Check(inventory).Select(found => shape.At(found.Path, found.Message))];
        return wrong.Length > 0 ? (null, InOrder(wrong)) : (inventory, wrong);
    }

    private static InventoryProblem[] InOrder(IEnumerable<InventoryProblem> problems) =>
        [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    private static byte[] ReadAll(string path)
    {
        if (Directory.Exists(path))
            throw AccessErrors.InventoryIsSnapshot(path, "is a folder").ToException();
        if (!File.Exists(path))
            throw (File.Exists(SnapshotReader.Meant(path)) ? AccessErrors.InventoryIsSnapshot(path, "is a zip")
                : AccessErrors.InventoryMissing(path)).ToException();
        try
        {
            byte[] content = RegularFile.ReadAll(path, MostBytes);
            return content.AsSpan().StartsWith("PK\u0003\u0004"u8)
                ? throw AccessErrors.InventoryIsSnapshot(path, "is a zip").ToException() : content;
        }
        catch (UnauthorizedAccessException)
        {
            throw AccessErrors.InventoryNotRead(path, "you may not read it").ToException();
        }
        catch (IOException e)
        {
            throw AccessErrors.InventoryNotRead(path, e.Message.TrimEnd('.')).ToException();
        }
    }

    private static void RefuseSecrets(ReadOnlySpan<byte> json, string path)
    {
        Utf8JsonReader reader = new(json,
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        while (TryRead(ref reader))
        {
            string word = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String
                ? reader.GetString()! : "";
            bool isSecret = reader.TokenType == JsonTokenType.PropertyName ? Scrubber.IsSecretName(word)
                : word.Contains("://", StringComparison.Ordinal) && word.Contains('@');
            if (!isSecret)
                continue;
            JsonPlace place = JsonPlace.Of(json, (int)reader.TokenStartIndex);
            throw AccessErrors.InventorySecret(path, place.Line, place.Column,
                reader.TokenType == JsonTokenType.PropertyName ? word : "a URL with a user").ToException();
        }
    }

    private static bool TryRead(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (JsonException)
        {
            return false;       // told with its place by InventoryShape
        }
    }

    /// <summary>Generated JSON code sets what the text leaves out to null.</summary>
    private static Inventory Complete(Inventory inventory, string path)
    {
        InventoryControlPlane plane = inventory.ControlPlane ?? new();
        InventorySsh ssh = inventory.Ssh ?? new();
        return inventory with
        {
            Path = path,
            Nodes = Array.ConvertAll(inventory.Nodes ?? [], node => Complete(node, path)),
            Ssh = ssh with
            {
                ConfigFile = Meant(ssh.ConfigFile, path),
                KnownHostsFile = Meant(ssh.KnownHostsFile, path),
            },
            ControlPlane = plane with { Source = plane.Source ?? "", Path = Meant(plane.Path, path) },
        };
    }

    private static InventoryNode Complete(InventoryNode? node, string path) => (node ?? new()) with
    {
        Name = node?.Name ?? "",
        Address = node?.Address ?? "",
        User = node?.User ?? "",
        IdentityFile = Meant(node?.IdentityFile, path) ?? "",
        Roles = node?.Roles ?? [],
        Transport = string.IsNullOrEmpty(node?.Transport) ? Inventory.Auto : node.Transport,
        Environment = node?.Environment ?? [],
    };

    /// <summary>A path as an inventory means it, from its folder; <c>none</c> is ssh's word for no file
    /// (ssh_config(5)).</summary>
    private static string? Meant(string? path, string inventory) =>
        string.IsNullOrEmpty(path) || path == "none" ? path
        : path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[1..])
        : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(inventory)) ?? "", path);
}
