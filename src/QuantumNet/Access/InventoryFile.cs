using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>Reads an inventory: JSON in which comments are allowed. What is wrong is told with its place.</summary>
public static class InventoryFile
{
    /// <summary>Room for tens of thousands of nodes.</summary>
    private const int MostBytes = 16 << 20;

    private static readonly string[] s_transports = [Inventory.Auto, Inventory.OpenSsh, Inventory.SshNet, "local"];
    private static readonly string[] s_sources = ["", "api", "client", "file", "none"];

    /// <summary>Reads an inventory file.</summary>
    /// <exception cref="QuantumException">It is missing or wrong.</exception>
    public static Inventory Load(string path)
    {
        try
        {
            return Parse(RegularFile.ReadAll(path, MostBytes), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AccessErrors.InventoryNotRead(path, e).ToException();
        }
    }

    /// <summary>Reads an inventory's text.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="path">What errors call it; relative paths in it start from its folder.</param>
    /// <exception cref="QuantumException">It is wrong.</exception>
    public static Inventory Parse(ReadOnlySpan<byte> json, string path)
    {
        ReadOnlySpan<byte> text = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        try
        {
            RefuseSecrets(text, path);
            Inventory inventory = JsonSerializer.Deserialize(text, InventoryJson.Default.Inventory) ?? new();
            return Check(inventory, path);
        }
        catch (JsonException e)
        {
            throw AccessErrors.InventoryInvalid(path, e.LineNumber + 1 ?? 1, e.BytePositionInLine + 1 ?? 1,
                Explain(e), e).ToException();
        }
    }

    private static string Explain(JsonException e)
    {
        string where = string.IsNullOrEmpty(e.Path) || e.Path == "$" ? "" : $" at {e.Path}";
        return e.Message.Contains("could not be mapped", StringComparison.Ordinal) ? Unknown(e, where)
            : e.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? $"a value of the wrong type{where}"
            : $"no JSON{where}";
    }

    /// <summary>The reader's message quotes the property: "The JSON property 'prot' could not be mapped ...".</summary>
    private static string Unknown(JsonException e, string where)
    {
        string name = e.Message.Split('\'') is [_, var quoted, ..] ? quoted : "";
        string[] near = Suggestion.Nearest(name, NamesAt(e.Path ?? ""));
        return "unknown property "
            + $"'{name}'{where}{(near.Length > 0 ? $" (did you mean {string.Join(" or ", near)}?)" : "")}";
    }

    /// <summary>The properties that may stand where an unknown one does.</summary>
    private static IEnumerable<string> NamesAt(string path)
    {
        JsonTypeInfo place = path.StartsWith("$.nodes[", StringComparison.Ordinal) ? InventoryJson.Default.InventoryNode
            : path.StartsWith("$.ssh.", StringComparison.Ordinal) ? InventoryJson.Default.InventorySsh
            : path.StartsWith("$.controlPlane.", StringComparison.Ordinal) ? InventoryJson.Default.InventoryControlPlane
            : InventoryJson.Default.Inventory;
        return place.Properties.Select(property => property.Name);
    }

    private static void RefuseSecrets(ReadOnlySpan<byte> json, string path)
    {
        Utf8JsonReader reader = new(json,
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        while (reader.Read())
        {
            string word = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String
                ? reader.GetString()! : "";
            bool isSecret = reader.TokenType == JsonTokenType.PropertyName ? Scrubber.IsSecretName(word)
                : word.Contains("://", StringComparison.Ordinal) && word.Contains('@');
            if (!isSecret)
                continue;
            ReadOnlySpan<byte> before = json[..(int)reader.TokenStartIndex];
            int line = before.Count((byte)'\n') + 1;
            int column = before.Length - before.LastIndexOf((byte)'\n');
            throw AccessErrors.InventorySecret(path, line, column,
                reader.TokenType == JsonTokenType.PropertyName ? word : "a URL with a user").ToException();
        }
    }

    private static Inventory Check(Inventory inventory, string path)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        InventoryNode[] nodes = Array.ConvertAll(inventory.Nodes ?? [], node => CheckNode(node, names, path));
        InventoryControlPlane plane = inventory.ControlPlane ?? new();
        if (Array.IndexOf(s_sources, plane.Source ?? "") < 0)
            throw Wrong(path, $"controlPlane.source is '{plane.Source}', not api, client, file or none");
        InventorySsh ssh = inventory.Ssh ?? new();
        ssh = ssh.ConnectTimeoutSeconds == 0
            ? ssh with { ConnectTimeoutSeconds = new InventorySsh().ConnectTimeoutSeconds } : ssh;
        if (ssh.ConnectTimeoutSeconds is < 1 or > 3600)
            throw Wrong(path, "ssh.connectTimeoutSeconds is not from 1 to 3600");
        return inventory with
        {
            Nodes = nodes,
            Ssh = ssh with { ConfigFile = Meant(ssh.ConfigFile, path),
                KnownHostsFile = Meant(ssh.KnownHostsFile, path) },
            ControlPlane = plane with { Source = plane.Source ?? "", Path = Meant(plane.Path, path) },
        };
    }

    private static InventoryNode CheckNode(InventoryNode? node, HashSet<string> names, string path)
    {
        if (string.IsNullOrWhiteSpace(node?.Name))
            throw Wrong(path, "a node has no name");
        // Generated JSON code sets what the text leaves out to null.
        node = node with { Transport = string.IsNullOrEmpty(node.Transport) ? Inventory.Auto : node.Transport };
        if (!HostName.IsSafe(node.Name) || (!string.IsNullOrEmpty(node.Address) && !HostName.IsSafe(node.Address)))
            throw AccessErrors.NameUnsafe(node.Name).ToException();
        if (!names.Add(node.Name))
            throw Wrong(path, $"node '{node.Name}' stands there twice");
        if (Array.IndexOf(s_transports, node.Transport) < 0)
            throw Wrong(path, $"transport of '{node.Name}' is '{node.Transport}', not auto, ssh, sshnet or local");
        if (node.Port is < 1 or > 65535)
            throw Wrong(path, $"port of '{node.Name}' is not from 1 to 65535");
        foreach (string name in (node.Environment ?? []).Keys)
        {
            if (!NodeEnvironment.IsAllowed(name))
                throw Wrong(path, $"environment of '{node.Name}' sets '{name}', which is not allowed");
        }
        return node with
        {
            Address = node.Address ?? "",
            User = node.User ?? "",
            IdentityFile = Meant(node.IdentityFile, path) ?? "",
            Roles = node.Roles ?? [],
            Environment = node.Environment ?? [],
        };
    }

    private static QuantumException Wrong(string path, string what) =>
        AccessErrors.InventoryInvalid(path, 0, 0, what, null).ToException();

    /// <summary>A path as an inventory means it, from its folder; <c>none</c> is ssh's word for no file
    /// (ssh_config(5)).</summary>
    private static string? Meant(string? path, string inventory) =>
        string.IsNullOrEmpty(path) || path == "none" ? path
        : path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[1..])
        : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(inventory)) ?? "", path);
}

/// <summary>Which variables an inventory may set on a node.</summary>
internal static class NodeEnvironment
{
    private static readonly string[] s_refused = ["PATH", "IFS", "ENV", "BASH_ENV", "SHELLOPTS", "PS4", "HOME",
        "LC_ALL", "LANG", "QUANTUMNET_RUN"];

    /// <summary>A shell name that changes no meaning of the script and loads no code.</summary>
    public static bool IsAllowed(string name) => name.Length > 1 && !char.IsAsciiDigit(name[0])
        && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_')
        && !name.StartsWith("LD_", StringComparison.Ordinal) && Array.IndexOf(s_refused, name) < 0;
}
