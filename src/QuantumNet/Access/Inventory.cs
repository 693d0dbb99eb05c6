using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuantumNet.Access;

/// <summary>The nodes, how to reach them, and where the control plane is (design:
/// everything optional but a node's name).</summary>
public sealed record Inventory
{
    internal const string SchemaName = "$schema";
    internal const string OpenSsh = "ssh";
    internal const string SshNet = "sshnet";
    internal const string Auto = "auto";

    /// <summary>The nodes.</summary>
    public InventoryNode[] Nodes { get; init; } = [];
    /// <summary>How ssh connects.</summary>
    public InventorySsh Ssh { get; init; } = new();
    /// <summary>Where records come from.</summary>
    public InventoryControlPlane ControlPlane { get; init; } = new();

    /// <summary>Where editors find what may stand in it; nothing here reads it.</summary>
    [JsonPropertyName(SchemaName)]
    public string? Schema { get; init; }

    /// <summary>The file that it was read from; empty where the nodes were named.</summary>
    [JsonIgnore]
    internal string Path { get; init; } = "";

    /// <summary>The transport to nodes that are not in it.</summary>
    [JsonIgnore]
    internal string DefaultTransport { get; set; } = Auto;

    /// <summary>A node that is not in it, where its name alone tells how to reach it.</summary>
    internal InventoryNode Unlisted(string name) => new() { Name = name, Transport = DefaultTransport };

    /// <summary>The same nodes by another transport; this machine stays this machine.</summary>
    internal Inventory Through(string transport) => this with
    {
        DefaultTransport = transport,
        Nodes = Array.ConvertAll(Nodes,
            node => node.Transport is OpenSsh or SshNet or Auto ? node with { Transport = transport } : node),
    };

    /// <summary>The node of a name; a host's full and short names are the same; null when it is not named.</summary>
    public InventoryNode? Find(string name) =>
        Array.Find(Nodes, node => node.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? Array.Find(Nodes, node => HostName.Same(node.Name, name));
}

/// <summary>One node of the inventory.</summary>
public sealed record InventoryNode
{
    /// <summary>Its name, as records and results call it.</summary>
    public string Name { get; init; } = "";
    /// <summary>Where ssh connects to; empty for the name.</summary>
    public string Address { get; init; } = "";
    /// <summary>Port of its sshd; null to leave it to ssh_config.</summary>
    public int? Port { get; init; }
    /// <summary>User; empty to leave it to ssh_config.</summary>
    public string User { get; init; } = "";
    /// <summary>Private key; empty to leave it to ssh_config.</summary>
    public string IdentityFile { get; init; } = "";
    /// <summary><c>compute</c>, <c>network</c>, <c>controller</c>.</summary>
    public string[] Roles { get; init; } = [];
    /// <summary><c>auto</c>, <c>ssh</c>, <c>sshnet</c> or <c>local</c>.</summary>
    // set, not init: generated JSON readers lose the defaults of init
    public string Transport { get; set; } = "auto";
    /// <summary>Whether commands that need root go through <c>sudo -n</c>.</summary>
    public bool Sudo { get; init; }
    /// <summary>Variables for the commands, such as OVS_RUNDIR.</summary>
    public Dictionary<string, string> Environment { get; init; } = [];
}

/// <summary>How ssh connects, whichever transport it is.</summary>
public sealed record InventorySsh
{
    /// <summary>ssh_config file; null for the user's.</summary>
    public string? ConfigFile { get; init; }
    /// <summary>known_hosts file; null for the user's.</summary>
    public string? KnownHostsFile { get; init; }
    /// <summary>True: only known host keys. False: unknown ones are taken and kept, changed ones still refused. Null:
    /// as ssh_config says.</summary>
    public bool? StrictHostKeyChecking { get; init; }
    /// <summary>Deadline for connecting.</summary>
    public int ConnectTimeoutSeconds { get; set; } = 10;
}

/// <summary>Where the control plane's records come from.</summary>
public sealed record InventoryControlPlane
{
    /// <summary><c>api</c>, <c>client</c>, <c>file</c> or <c>none</c>; empty to choose by what else is given.</summary>
    public string Source { get; init; } = "";
    /// <summary>Keystone's URL.</summary>
    public string? AuthUrl { get; init; }
    /// <summary>Name of a cloud in clouds.yaml.</summary>
    public string? Cloud { get; init; }
    /// <summary>The node with the client.</summary>
    public string? Node { get; init; }
    /// <summary>File on that node that sets the client's environment.</summary>
    public string? EnvironmentFile { get; init; }
    /// <summary>Folder with saved answers.</summary>
    public string? Path { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Inventory))]
internal sealed partial class InventoryJson : JsonSerializerContext;
